import type { Logger } from 'pino'
import type { Clock } from '../clock'
import { isoTime } from '../date-time'
import { deliveryHeader } from '../http/delivery-header'
import {
  type Attempt,
  type Delivery,
  type DeliveryFacts,
  deliveryId,
  type DeliveryStatus,
  type Receiver,
} from '../store/records'
import type { Webhooks } from '../store/webhooks'
import { retryAfterMs } from './retry-after'
import { isWorthRetrying, nextAttemptAt } from './retry-policy'
import { type Answer, inWords, send } from './send'
import { signatureOf } from './signature'
import { BlockedTarget, type CallbackTargets, checkTarget, type Resolve } from './target-policy'

/** Milliseconds of real time in which a receiver has to answer. StackOne publishes no limit, so this is assumed. */
export const timeToAnswer = 15_000

export interface AttemptDeps {
  clock: Clock
  resolve: Resolve
  targets: CallbackTargets
  /** Milliseconds of real time in which a receiver has to answer. */
  timeout: number
  /** The body of a delivery as JSON text; null when its order no longer exists. */
  body: (facts: DeliveryFacts) => Promise<string | null>
  /** Called with the verdict on each attempt. */
  tried: (verdict: Verdict) => void
}

export type Verdict = 'delivered' | 'retry' | 'failed' | 'blocked'

export interface AttemptResult {
  verdict: Verdict
  /** The receiver's answer; null when there was none. */
  status: number | null
  /** Why it failed, in the sandbox's own words; null if it did not. */
  error: string | null
  /** The beginning of an error answer's body. It is the receiver's: shown, but never logged. */
  said: string
  /** Milliseconds that the receiver asked to wait; null: it did not ask. */
  retryAfter: number | null
}

/**
 * Makes one attempt to deliver. Never throws, whatever the receiver does. One aborted before the answer does not count.
 */
export async function attempt(
  facts: DeliveryFacts,
  receiver: Receiver,
  deps: AttemptDeps,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const result = await tryOnce(facts, receiver, deps, signal)
  if (!signal.aborted || result.status !== null) deps.tried(result.verdict)
  return result
}

async function tryOnce(
  facts: DeliveryFacts,
  receiver: Receiver,
  { clock, resolve, targets, timeout, body }: AttemptDeps,
  signal: AbortSignal,
): Promise<AttemptResult> {
  try {
    const target = await checkTarget(receiver.url, targets, resolve)
    const text = await body(facts)
    if (text === null) return unanswered('failed', 'the order no longer exists')
    const headers: Record<string, string> = { [deliveryHeader]: deliveryId(facts) }
    if (receiver.secret !== null) headers['x-stackone-signature'] = signatureOf(text, receiver.secret)
    return judge(await send(target, { method: receiver.method, headers, body: text }, timeout, signal), clock.now())
  } catch (error) {
    if (error instanceof BlockedTarget) return unanswered('blocked', error.message)
    return unanswered('retry', inWords(error as Error, new URL(receiver.url)))
  }
}

/** The result of an attempt that no receiver answered. */
export const unanswered = (verdict: Verdict, error: string): AttemptResult => ({
  verdict,
  status: null,
  error,
  said: '',
  retryAfter: null,
})

function judge({ status, headers, excerpt }: Answer, now: number): AttemptResult {
  if (status >= 200 && status < 300) return { verdict: 'delivered', status, error: null, said: '', retryAfter: null }
  const isRedirect = status >= 300 && status < 400
  return {
    verdict: isWorthRetrying(status) ? 'retry' : 'failed',
    status,
    error: `answered ${String(status)}${isRedirect ? ': redirects are not followed' : ''}`,
    said: isRedirect ? '' : excerpt,
    retryAfter: retryAfterMs(headers, now),
  }
}

/** A delivery to attempt. */
type Attempted = Delivery & {
  /** How many of the attempts were made before the last replay. */
  readonly earlier: number
}

/**
 * Makes one attempt to send `delivery`, unless its webhook was removed or disabled. A webhook that answers 410 is
 * disabled. Rejects when the webhooks cannot be read.
 */
export async function attemptDelivery(
  delivery: Attempted,
  deps: AttemptDeps & { webhooks: Webhooks },
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { clock, webhooks } = deps
  const { webhookId } = delivery.receiver
  // A replay is sent all the same.
  const gone = webhookId === null || delivery.earlier > 0 ? null : await whyNoMore(webhooks, webhookId)
  if (gone !== null) return unanswered('failed', gone)
  const result = await attempt(delivery, delivery.receiver, deps, signal)
  if (webhookId !== null && result.status === 410) {
    await webhooks.disable(webhookId, `it answered 410 at ${isoTime(clock.now())}; remove it and add it again`)
  }
  return result
}

/** Why a webhook no longer gets events; null while it does. */
async function whyNoMore(webhooks: Webhooks, webhookId: string): Promise<string | null> {
  const webhook = await webhooks.find(webhookId)
  if (webhook === null) return 'the webhook was removed'
  return webhook.disabled === null ? null : `the webhook is disabled: ${webhook.disabled}`
}

/** The record of an attempt that began at `at` and ended at `now`, and the status of `delivery` after it. */
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

/** One line per attempt, a warning if it failed. Of the receiver's answer it holds only the status. */
export function logAttempt(
  logger: Logger,
  delivery: Delivery,
  { error }: AttemptResult,
  { status, ms, nextAttemptAt }: Attempt,
) {
  logger[error === null ? 'info' : 'warn'](
    {
      delivery: deliveryId(delivery),
      event: delivery.event,
      request: delivery.requestId ?? undefined,
      to: delivery.receiver.origin,
      outcome: delivery.status,
      status: status ?? undefined,
      ms,
      account: delivery.accountId,
      order: delivery.orderId,
      error: error ?? undefined,
      next: nextAttemptAt === null ? undefined : isoTime(nextAttemptAt),
    },
    'delivery',
  )
}
