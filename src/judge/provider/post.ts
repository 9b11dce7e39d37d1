import { lookup } from 'node:dns/promises'
import { inWords, send } from '../../deliveries/send'
import { type AllowedTarget, checkTarget } from '../../deliveries/target-policy'
import { realNow } from '../../real-time'
import { type Evidence, NotAsExpected } from '../check'
import { evidenceOf, type Received, type Secret, type Sent } from '../evidence'

/** Milliseconds after which nobody waits for an answer any more. */
const patience = 10_000
/** Bytes that are read of an answer. */
const mostOfAnswer = 1024 * 1024

/** A request to the provider, and what came of it. */
export interface Exchange {
  sent: Sent
  received: Received
  /** Milliseconds until the answer, or until there was none. */
  ms: number
}

/**
 * Posts JSON as StackOne does: with `headers`, and with nothing that tells the sandbox from it. Does not reject because of
 * the provider: the exchange says what happened.
 */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Exchange> {
  const sent = { method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, body }
  const begin = realNow()
  const received = await receive(sent, signal)
  signal.throwIfAborted()
  return { sent, received, ms: realNow() - begin }
}

async function receive(
  { method, url, headers, body }: Sent & { body: string },
  signal: AbortSignal,
): Promise<Received> {
  const { host } = new URL(url)
  try {
    const target = await targetOf(url)
    const own = { host, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }
    return await send(target, { method, headers: { ...headers, ...own }, body }, patience, signal, mostOfAnswer)
  } catch (error) {
    return { error: inWords(error as Error, new URL(url)) }
  }
}

/** Where a request to `url` goes: an address that the user gave is allowed. Rejects as `checkTarget` does. */
export const targetOf = (url: string): Promise<AllowedTarget> =>
  checkTarget(url, [new URL(url).hostname], (name) => lookup(name, { all: true }))

/** The status of the answer; 0 when there was none. */
export const statusOf = ({ received }: Exchange): number => ('error' in received ? 0 : received.status)

export const isAccepted = (exchange: Exchange): boolean => statusOf(exchange) >= 200 && statusOf(exchange) < 300

/** What came back, as the rest of a sentence. */
export const inShort = ({ received }: Exchange): string =>
  'error' in received ? `there was no answer: ${received.error}` : `the answer was ${String(received.status)}`

/** Throws unless the provider refused the request, as a caller's mistake: 4xx, or one of `statuses`. */
export function expectRefusal(exchange: Exchange, evidence: Evidence, statuses: readonly number[] = []): void {
  const status = statusOf(exchange)
  const isRefused = statuses.length === 0 ? status >= 400 && status < 500 : statuses.includes(status)
  if (!isRefused) throw new NotAsExpected(`It was not refused: ${inShort(exchange)}`, evidence)
}

/** An exchange as a report shows it. */
export const shown = ({ sent, received }: Exchange, secrets: readonly Secret[] = []): Evidence =>
  evidenceOf(sent, received, secrets)

/** Milliseconds within which StackOne is taken to give up on an answer. */
const timeLimit = 5_000

/** Throws when the answer took too long, or never came. */
export function expectInTime(exchange: Exchange, evidence: Evidence): void {
  if ('error' in exchange.received) throw new NotAsExpected(capital(inShort(exchange)), evidence)
  if (exchange.ms > timeLimit)
    throw new NotAsExpected(`The answer took ${(exchange.ms / 1_000).toFixed(1)} s`, evidence)
}

/** The beginning of a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
