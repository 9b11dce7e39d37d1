import type { Clock } from '../clock'
import { type DeliveryFacts, deliveryId, type Receiver } from './delivery'
import { deliveryHeader } from '../http/delivery-header'
import { retryAfterMs } from './retry-after'
import { isWorthRetrying } from './retry-policy'
import { type Answer, inWords, send } from './send'
import { signatureOf } from './signature'
import { BlockedTarget, type CallbackTargets, checkTarget, type Resolve } from './target-policy'

/** Milliseconds of real time that a receiver has to answer. StackOne publishes no limit, so this is assumed. */
export const timeToAnswer = 15_000

export interface AttemptDeps {
  clock: Clock
  resolve: Resolve
  targets: CallbackTargets
  /** Milliseconds of real time that a receiver has to answer. */
  timeout: number
  /** The JSON text that a delivery sends; null when its order is gone. */
  body: (facts: DeliveryFacts) => Promise<string | null>
  /** Is told how each attempt ended. */
  tried: (verdict: Verdict) => void
}

export type Verdict = 'delivered' | 'retry' | 'failed' | 'blocked'

export interface AttemptResult {
  verdict: Verdict
  /** The receiver's answer; null when there was none. */
  status: number | null
  /** What went wrong, in the sandbox's own words; null when nothing did. */
  error: string | null
  /** How the body of a refusing answer begins, which belongs to the receiver: it is shown, but never logged. */
  said: string
  /** Milliseconds that the receiver asked to wait; null: it did not ask. */
  retryAfter: number | null
}

/** Tries once to deliver. Never throws, whatever the receiver does. One that `signal` broke off is no attempt. */
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
    if (text === null) return unanswered('failed', 'the order is gone')
    const headers: Record<string, string> = { [deliveryHeader]: deliveryId(facts) }
    if (receiver.secret !== null) headers['x-stackone-signature'] = signatureOf(text, receiver.secret)
    return judge(await send(target, { method: receiver.method, headers, body: text }, timeout, signal), clock.now())
  } catch (error) {
    if (error instanceof BlockedTarget) return unanswered('blocked', error.message)
    return unanswered('retry', inWords(error as Error, new URL(receiver.url)))
  }
}

/** What became of an attempt that no receiver answered. */
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
