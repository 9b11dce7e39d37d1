import { type Check, contract } from '../../check'
import type { WebhookContext } from '../context'
import { retried } from '../retried'

export const resultRetryConnection: Check<WebhookContext> = {
  id: 'result-retry-connection',
  title: 'A report whose connection breaks is repeated',
  why: 'Nobody knows whether it arrived. Reports merge, so a second one does no harm.',
  expected: 'the same report once more',
  source: contract('Errors', 'observed'),
  async run(context) {
    return retried(context, { fault: { answer: 'reset' }, afterMs: 0 })
  },
}
