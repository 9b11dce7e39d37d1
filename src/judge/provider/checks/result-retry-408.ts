import { type Check, contract } from '../../check'
import type { WebhookContext } from '../context'
import { retried } from '../retried'

export const resultRetry408: Check<WebhookContext> = {
  id: 'result-retry-408',
  title: 'A report that is answered 408 is repeated after Retry-After',
  why: 'StackOne answers 408 when an ATS takes too long.',
  expected: 'the same report, a second later or more',
  source: contract('Errors', 'documented'),
  async run(context) {
    return retried(context, { fault: { status: 408, retryAfter: 1 }, afterMs: 1_000 })
  },
}
