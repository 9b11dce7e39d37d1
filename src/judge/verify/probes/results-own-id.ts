import { contract } from '../../check'
import { at, expectStatus, expectThat } from '../expect'
import { readResult, report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsOwnId: Probe = {
  id: 'results-own-id',
  title: 'Clients do not choose the id of a result',
  why: 'The body of "update result" no longer has an id.',
  expected: 'an id that is not the one that was sent',
  source: contract('Results', 'documented'),
  isWriting: true,
  async run(context) {
    expectStatus(await report(context, { id: 'verify-result', summary: 'Verification' }), 200)
    const exchange = await readResult(context)
    expectThat(at(exchange.json, 'data', 'id') !== 'verify-result', exchange, 'The result has the id that was sent.')
  },
}
