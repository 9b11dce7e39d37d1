import { contract } from '../../check'
import { expectStatus } from '../expect'
import { report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsUnknownValue: Probe = {
  id: 'results-unknown-value',
  title: 'A value that is not among the eight is refused',
  why: 'A provider that sends a value of its own needs to know.',
  expected: '400',
  source: contract('Results', 'documented'),
  isWriting: true,
  async run(context) {
    expectStatus(await report(context, { result: { value: 'verify_unknown' } }), 400)
  },
}
