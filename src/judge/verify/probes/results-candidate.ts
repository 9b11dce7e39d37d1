import { contract } from '../../check'
import { at, expectStatus, expectThat } from '../expect'
import { candidate } from '../shared/bodies'
import { readResult, report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsCandidate: Probe = {
  id: 'results-candidate',
  title: 'The candidate of a result is that of the order',
  why: 'Providers need not name the candidate again.',
  expected: 'the candidate of the order',
  source: contract('Results', 'assumed'),
  isWriting: true,
  async run(context) {
    expectStatus(await report(context, { summary: 'Verification' }), 200)
    const exchange = await readResult(context)
    const isSo = at(exchange.json, 'data', 'candidate', 'id') === candidate.id
    expectThat(isSo, exchange, 'It is another candidate, or none.')
  },
}
