import { isoTime } from '../clock'
import type { Webhooks } from '../store/webhooks'
import { attempt, type AttemptDeps, type AttemptResult, unanswered } from './attempt'
import { type Attempt, type Delivery, deliveryId, type DeliveryStatus } from './delivery'
import { nextAttemptAt } from './retry-policy'

/** A delivery that is to be attempted. */
type Attempted = Delivery & {
  /** Attempts of earlier rounds, before a replay. */
  readonly earlier: number
}

/**
 * Tries once to send `delivery`, unless it goes to a webhook that gets nothing any more; one that answers 410 gets nothing
 * from then on. Rejects when the webhooks can't be asked for.
 */
export async function attemptDelivery(
  delivery: Attempted,
  deps: AttemptDeps & { webhooks: Webhooks },
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { clock, webhooks } = deps
  const { webhookId } = delivery.receiver
  // What a person replays is sent all the same.
  const gone = webhookId === null || delivery.earlier > 0 ? null : await whyNoMore(webhooks, webhookId)
  if (gone !== null) return unanswered('failed', gone)
  const result = await attempt(delivery, delivery.receiver, deps, signal)
  if (webhookId !== null && result.status === 410) {
    await webhooks.disable(webhookId, `it answered 410 at ${isoTime(clock.now())}; remove it and add it again`)
  }
  return result
}

/** Why a webhook gets nothing any more; null while it does. */
async function whyNoMore(webhooks: Webhooks, webhookId: string): Promise<string | null> {
  const webhook = await webhooks.find(webhookId)
  if (webhook === null) return 'the webhook was removed'
  return webhook.disabled === null ? null : `the webhook is disabled: ${webhook.disabled}`
}

/** What is told of an attempt that began at `at` and has ended at `now`, and where `delivery` stands after it. */
export function outcomeOf(
  delivery: Attempted,
  { verdict, status, error, said, retryAfter }: AttemptResult,
  { at, now }: { at: number; now: number },
): { tried: Attempt; status: DeliveryStatus } {
  const attemptNumber = delivery.attempts.length - delivery.earlier + 1
  const next =
    verdict === 'retry' ? nextAttemptAt({ id: deliveryId(delivery), attempt: attemptNumber, retryAfter }, now) : null
  const ended = verdict === 'retry' ? 'failed' : verdict
  return {
    tried: {
      at,
      url: delivery.receiver.url,
      status,
      ms: now - at,
      error: said === '' ? error : `${String(error)}: ${said}`,
      nextAttemptAt: next,
    },
    status: next === null ? ended : 'pending',
  }
}
