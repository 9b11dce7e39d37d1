import type { IncomingHttpHeaders } from 'node:http'
import { send } from '../../deliveries/send'
import type { AllowedTarget } from '../../deliveries/target-policy'
import { parsedJson } from '../../pure/json'
import { version } from '../../version'
import { CannotTell, type Evidence, NotAsExpected } from '../check'
import type { Sent } from '../evidence'
import { type Auth, authorization } from './auth'
import { secretsOf } from './secrets'
import { shownExchange } from './shown'

/** A call to make. */
export interface Call {
  /** Default: GET. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  /** With its query. */
  path: string
  /** Default: the key. */
  auth?: Auth
  /** Default: that of the user. Null: none. */
  account?: string | null
  headers?: Readonly<Record<string, string>>
  body?: string
  /** What comes from the server and is not to be shown. */
  hidden?: readonly string[]
}

/** A call, and what came back. */
export interface Exchange {
  sent: Sent
  status: number
  headers: IncomingHttpHeaders
  /** Undefined if it is none. */
  json: unknown
  evidence: Evidence
}

/** The server, and how to call it. */
export interface Line {
  /** Where calls go. */
  target: AllowedTarget
  /** The address that is shown, without a slash at its end. */
  shownUrl: string
  key: string
  account: string
  /** Whether a body may be sent that the server could accept. */
  isWriting: boolean
  /** Awaited before each call. */
  pace: () => Promise<void>
  signal: AbortSignal
  /** Told about each request and its answer. */
  onExchange?: ((evidence: Evidence) => void) | undefined
}

/** Milliseconds to wait for an answer. */
const timeout = 30_000
/** Too many calls, or a provider that does not answer: another time, the answer is another one. */
const passing: readonly number[] = [429, 502, 503, 504]
/** Bytes that are read of an answer. */
const mostOfAnswer = 8 * 1024 * 1024

/**
 * Makes one call. Rejects with `NotAsExpected` when no answer comes, with `CannotTell` when the server is busy, and with
 * the reason of `signal` once it aborts.
 */
export async function makeCall(line: Line, call: Call): Promise<Exchange> {
  const { target, shownUrl, key, account, pace, signal, onExchange } = line
  const { method = 'GET', path, auth = 'key', headers = {}, body, hidden } = call
  refuseToWrite(line, method, body)
  const forAccount = call.account === undefined ? account : call.account
  const own = {
    ...authorization(auth, key),
    ...(forAccount !== null && { 'x-account-id': forAccount }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  }
  const sent = { method, url: shownUrl + path, headers: own, body: body ?? null }
  const show = (received: Parameters<typeof shownExchange>[1]) => {
    const evidence = shownExchange(
      sent,
      received,
      auth === 'key' && key.includes(':') ? 'bare' : auth,
      secretsOf(key, account, hidden),
    )
    onExchange?.(evidence)
    return evidence
  }
  await pace()
  signal.throwIfAborted()
  const url = new URL(target.url.href.replace(/\/$/, '') + path)
  const message = { method, headers: { ...transportHeaders(url, body), ...own }, body: body ?? '' }
  const answer = await send({ ...target, url }, message, timeout, signal, mostOfAnswer).catch((error: unknown) => {
    signal.throwIfAborted()
    const { message: why } = error as Error
    throw new NotAsExpected(`No answer arrived: ${why}.`, show({ error: why }))
  })
  if (answer.status === 403 && !['GET', 'OPTIONS'].includes(method)) throw new CannotTell('the key may only read')
  if (passing.includes(answer.status))
    throw new CannotTell(`the server answered ${String(answer.status)}, which says nothing about this: try again later`)
  const evidence = show({ status: answer.status, headers: answer.headers, body: answer.body })
  return { sent, status: answer.status, headers: answer.headers, json: parsedJson(answer.body), evidence }
}

const transportHeaders = (url: URL, body: string | undefined) => ({
  host: url.host,
  accept: 'application/json',
  'user-agent': `stackone-assessments-sandbox/${version}`,
  connection: 'close',
  ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
})

/** A defect in a probe must not place an order. */
function refuseToWrite({ isWriting }: Line, method: string, body: string | undefined): void {
  const isHarmless = ['GET', 'OPTIONS'].includes(method) || (body !== undefined && /^\{[^}]+$/.test(body))
  if (!isWriting && !isHarmless) throw new Error(`${method} could be accepted, and --write is not given`)
}
