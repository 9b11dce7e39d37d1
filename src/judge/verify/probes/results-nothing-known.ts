import { contract } from '../../check'
import { expectStatus } from '../expect'
import { report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsNothingKnown: Probe = {
  id: 'results-nothing-known',
  title: 'A report without any known property is accepted',
  why: 'A provider that misspells all of them gets no error.',
  expected: '200',
  source: contract('Results', 'assumed'),
  isWriting: true,
  async run(context) {
    expectStatus(await report(context, { verify_unknown: true }), 200)
  },
}
