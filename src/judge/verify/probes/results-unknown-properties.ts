import { contract } from '../../check'
import { expectStatus } from '../expect'
import { report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsUnknownProperties: Probe = {
  id: 'results-unknown-properties',
  title: 'Unknown properties are accepted',
  why: 'Nothing forbids them, and clients send some.',
  expected: '200 for a result with an unknown property beside known ones',
  source: contract('Operations', 'documented'),
  isWriting: true,
  async run(context) {
    expectStatus(await report(context, { summary: 'Verification', verify_unknown: true }), 200)
  },
}
