import { type Check, contract } from '../../check'
import type { WebhookContext } from '../context'
import { retried } from '../retried'

export const resultRetry502: Check<WebhookContext> = {
  id: 'result-retry-502',
  title: 'A report that is answered 502 is repeated',
  why: 'StackOne answers 502 when an ATS fails for a moment. A result that is not repeated is lost.',
  expected: 'the same report once more',
  source: contract('Errors', 'documented'),
  async run(context) {
    return retried(context, { fault: { status: 502 }, afterMs: 0 })
  },
}
