import { type Check, contract } from '../../check'
import type { WebhookContext } from '../context'
import { retried } from '../retried'

export const resultRetry429: Check<WebhookContext> = {
  id: 'result-retry-429',
  title: 'A report that is answered 429 is repeated after Retry-After',
  why: 'StackOne limits calls to 1000 a minute, and passes on the limits of an ATS.',
  expected: 'the same report, two seconds later or more',
  source: contract('Errors', 'documented'),
  async run(context) {
    return retried(context, { fault: { status: 429, retryAfter: 2 }, afterMs: 2_000 })
  },
}
