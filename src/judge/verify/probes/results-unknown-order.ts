import { contract } from '../../check'
import { expectStatus } from '../expect'
import { patch, resultPath } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsUnknownOrder: Probe = {
  id: 'results-unknown-order',
  title: 'A result for an order that the account does not have is refused',
  why: 'A provider has to learn that an id is wrong.',
  expected: '404',
  source: contract('Errors', 'documented'),
  isWriting: true,
  async run({ call, unknownId }) {
    expectStatus(await call(patch(resultPath(unknownId), { summary: 'Verification' })), 404)
  },
}
