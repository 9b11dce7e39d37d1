import { type Check, contract } from '../../check'
import type { WebhookContext } from '../context'
import { retried } from '../retried'

export const resultRetry502: Check<WebhookContext> = {
  id: 'result-retry-502',
  title: 'A report that is answered 502 is repeated',
  why: 'An ATS that fails for a moment answers so through StackOne. A result that is not repeated is lost.',
  expected: 'the same report once more',
  source: contract('Errors', 'documented'),
  async run(context) {
    return retried(context, { fault: { status: 502 }, afterMs: 0 })
  },
}
