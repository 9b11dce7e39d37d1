import { contract } from '../../check'
import { expectStatus } from '../expect'
import { report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsDate: Probe = {
  id: 'results-date',
  title: 'A date without a time is refused in a result',
  why: 'The published form is a date-time.',
  expected: '400 for 2026-01-31 as start_date',
  source: contract('Results', 'assumed'),
  isWriting: true,
  async run(context) {
    expectStatus(await report(context, { start_date: '2026-01-31' }), 400)
  },
}
