import type { Logger } from 'pino'
import type { Clock } from '../clock'
import { isoTime } from '../date-time'
import { deliveryHeader } from '../http/delivery-header'
import { shownHeaders } from '../http/shown-headers'
import {
  type Attempt,
  type Delivery,
  type DeliveryFacts,
  deliveryId,
  type DeliveryStatus,
  type Exchange,
  type HttpMessage,
  type Receiver,
  type Webhook,
} from '../store/records'
import type { Webhooks } from '../store/webhooks'
import { retryAfterMs } from './retry-after'
import { isWorthRetrying, nextAttemptAt } from './retry-policy'
import { type Answer, headersFor, inWords, send } from './send'
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
  body: (delivery: Sendable) => Promise<string | null>
  /** Called with the verdict on each attempt. */
  tried: (verdict: Verdict) => void
}

/** What the body of a delivery is made from. */
export type Sendable = DeliveryFacts & { readonly receiver: Receiver }

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
  exchange: Exchange
}

/** Characters of an error answer that are kept with the attempt. */
const mostOfExcerpt = 300
/** Characters of a request that are kept. */
const mostOfRequest = 64 * 1024

/**
 * Makes one attempt to deliver. Never throws, whatever the receiver does. One aborted before the answer does not count.
 */
async function attempt(
  delivery: Sendable,
  secret: string | null,
  deps: AttemptDeps,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const result = await tryOnce(delivery, secret, deps, signal)
  if (!signal.aborted || result.status !== null) deps.tried(result.verdict)
  return result
}

async function tryOnce(
  delivery: Sendable,
  secret: string | null,
  { resolve, targets, timeout, body, clock }: AttemptDeps,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { method, url } = delivery.receiver
  let sent: HttpMessage | null = null
  try {
    const target = await checkTarget(url, targets, resolve)
    const text = await body(delivery)
    if (text === null) return unanswered('failed', 'the order no longer exists')
    const headers = headersFor(target.url, text, {
      [deliveryHeader]: deliveryId(delivery),
      ...(secret !== null && { 'x-stackone-signature': signatureOf(text, secret) }),
    })
    sent = messageOf(headers, text)
    const answer = await send(target, { method, headers, body: text }, timeout, signal)
    return judge(answer, sent, clock.now())
  } catch (error) {
    if (error instanceof BlockedTarget) return unanswered('blocked', error.message)
    return unanswered('retry', inWords(error as Error, new URL(url)), sent)
  }
}

/**
 * The first `most` characters of a text, copied: V8 makes a slice a reference to the whole text, so the slice of a large
 * answer would keep all of it in memory. A character that is cut in half becomes U+FFFD.
 */
const beginningOf = (text: string, most: number) =>
  text.length > most ? Buffer.from(text.slice(0, most)).toString() : text

/** A message as it is kept. */
export const messageOf = (headers: Parameters<typeof shownHeaders>[0], body: string, isCut = false): HttpMessage => ({
  headers: shownHeaders(headers),
  body: beginningOf(body, mostOfRequest),
  isCut: isCut || body.length > mostOfRequest,
})

/** The result of an attempt that no receiver answered. */
export const unanswered = (verdict: Verdict, error: string, request: HttpMessage | null = null): AttemptResult => ({
  verdict,
  status: null,
  error,
  said: '',
  retryAfter: null,
  exchange: { request, response: null },
})

function judge({ status, headers, body, isCut }: Answer, request: HttpMessage, now: number): AttemptResult {
  const exchange = { request, response: messageOf(headers, body, isCut) }
  if (status >= 200 && status < 300)
    return { verdict: 'delivered', status, error: null, said: '', retryAfter: null, exchange }
  const isRedirect = status >= 300 && status < 400
  return {
    verdict: isWorthRetrying(status) ? 'retry' : 'failed',
    status,
    error: `answered ${String(status)}${isRedirect ? ': redirects are not followed' : ''}`,
    said: isRedirect ? '' : beginningOf(body, mostOfExcerpt),
    retryAfter: retryAfterMs(headers, now),
    exchange,
  }
}

/** A delivery to attempt. */
type Attempted = Delivery & {
  /** How many of the attempts were made before the last replay. */
  readonly earlier: number
}

/**
 * Makes one attempt to send `delivery`, unless its webhook was removed or disabled. Signs with the secret that the webhook
 * has now, which may be newer than the delivery. A webhook that answers 410 is disabled. Rejects when the webhooks cannot
 * be read.
 */
export async function attemptDelivery(
  delivery: Attempted,
  deps: AttemptDeps & { webhooks: Webhooks },
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { clock, webhooks } = deps
  const { webhookId, secret } = delivery.receiver
  const webhook = webhookId === null ? null : await webhooks.find(webhookId)
  // A replay is sent all the same.
  const gone = webhookId === null || delivery.earlier > 0 ? null : whyNoMore(webhook)
  if (gone !== null) return unanswered('failed', gone)
  const result = await attempt(delivery, webhook?.secret ?? secret, deps, signal)
  if (webhookId !== null && result.status === 410) {
    await webhooks.disable(webhookId, `it answered 410 at ${isoTime(clock.now())}; remove it and add it again`)
  }
  return result
}

/** Why a webhook no longer gets events; null while it does. */
function whyNoMore(webhook: Webhook | null): string | null {
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
      order: delivery.orderId ?? undefined,
      error: error ?? undefined,
      next: nextAttemptAt === null ? undefined : isoTime(nextAttemptAt),
    },
    'delivery',
  )
}
