import type { ControlOrder } from '../../../schemas/control/orders'
import type { JournalEntry } from '../../../schemas/control/requests'
import { parsedJson } from '../../pure/json'
import { realNow } from '../../real-time'
import { CannotTell, type Evidence, NotAsExpected } from '../check'
import type { AccountControl } from '../../control/account-control'
import { once } from './once'
import { capital, type Exchange, inShort } from './post'
import type { Delivered, Receiver } from './receiver'

/** What the provider's client reports. */
export interface Results {
  /** Milliseconds that it may take to report. */
  withinMs: number
  /** Its attempts to report a result of that order, oldest first. */
  attemptsOf(order: ControlOrder): Promise<JournalEntry[]>
  /** Resolves with the attempts once `isEnough`, or after `ms`, by default the time to report. */
  waitFor(order: ControlOrder, isEnough: (attempts: JournalEntry[]) => boolean, ms?: number): Promise<JournalEntry[]>
  /** Resolves with the attempts once the last of them was a while ago. */
  waitUntilQuiet(order: ControlOrder): Promise<JournalEntry[]>
  /** What one delivery of a usual event leads to. */
  usual(): Promise<Reported>
  /** Resolves once every order that the provider accepted is reported, so that late reports disturb nothing. */
  settle(): Promise<void>
}

export interface Reported {
  order: ControlOrder
  /** The delivery. */
  exchange: Exchange
  attempts: JournalEntry[]
  /** Whether a final result was accepted. */
  isReported: boolean
}

const operation = 'results.update'
/** Milliseconds after which to look again, even if nothing was reported. */
const pause = 250
/** Milliseconds after which no more reports of an order are expected. */
const quiet = 2_500
/** The journal's own limit of a list. */
const most = 1_000

export interface ResultsTools {
  account: AccountControl
  receiver: Receiver
  withinMs: number
  /** The time of the sandbox's clock, in milliseconds since 1970. */
  now: () => number
  signal: AbortSignal
}

export function resultsOf({ account, receiver, withinMs, now, signal }: ResultsTools): Results {
  async function attemptsOf({ id, remoteId }: ControlOrder) {
    const { requests } = await account.requests.list({ operation, limit: most })
    return requests
      .filter(({ path }) => [id, remoteId].some((each) => path.includes(encodeURIComponent(each))))
      .reverse()
  }

  const waitFor: Results['waitFor'] = async (order, isEnough, ms = withinMs) => {
    const end = realNow() + ms
    for (;;) {
      signal.throwIfAborted()
      const count = (await account.requests.list({ operation, limit: 1 })).total
      const attempts = await attemptsOf(order)
      if (isEnough(attempts) || realNow() >= end) return attempts
      await nextReport(count, Math.min(end - realNow(), pause))
    }
  }

  /** Resolves once there are more reports than `count`, or after `ms`. */
  async function nextReport(count: number, ms: number) {
    const options = { count: count + 1, timeoutMs: Math.max(1, Math.ceil(ms)) }
    await account.requests.waitForMany({ operation }, options).catch(() => undefined)
  }

  async function usual(): Promise<Reported> {
    const { order, exchange } = await receiver.usual()
    const attempts = await waitFor(order, isReported)
    return { order, exchange, attempts, isReported: isReported(attempts) }
  }
  const waitUntilQuiet: Results['waitUntilQuiet'] = (order) =>
    waitFor(order, (attempts) => {
      const last = attempts.at(-1)
      return last !== undefined && now() - Date.parse(last.at) > quiet
    })
  const shared = once(usual)

  const settled = new Set<ControlOrder>()

  async function settle() {
    if (!(await shared()).isReported) return
    const open = receiver.accepted().filter((order) => !settled.has(order))
    await Promise.all(open.map((order) => waitFor(order, isReported)))
    // Those that it never reports are waited for once.
    for (const order of open) settled.add(order)
  }
  return { withinMs, attemptsOf, waitFor, waitUntilQuiet, usual: shared, settle }
}

/** Results that say that the test goes on. */
const unfinished = ['initiated', 'in_progress']

/** Whether a final result is among accepted attempts: a score, an address, or an outcome. */
export const isReported = (attempts: readonly JournalEntry[]): boolean =>
  attempts.some(({ status, request: { body } }) => status === 200 && isFinal(Object(parsedJson(String(body))) as Body))

type Body = Partial<Record<'result' | 'score' | 'result_url', Record<string, unknown> | null>>

function isFinal({ result, score, result_url: url }: Body): boolean {
  const outcome = result?.['value']
  if (typeof outcome === 'string') return !unfinished.includes(outcome)
  return Boolean(score ?? url)
}

/** What a delivery led to, as a report shows it: the answer to it, and the reports that followed. */
export function evidenceOfReports(receiver: Receiver, exchange: Exchange, attempts: readonly JournalEntry[]): Evidence {
  const calls = attempts.map(inWords)
  const received = [`${capital(inShort(exchange))}.`, ...(calls.length === 0 ? ['No result was reported.'] : calls)]
  return { ...receiver.evidenceOf(exchange), received: received.join('\n') }
}

/** A call of the provider's client. */
export function inWords({ at, method, path, status, request, message }: JournalEntry): string {
  const outcome = status === null ? 'connection broken' : String(status)
  return `${at} ${method} ${path}: ${outcome}${message === null ? '' : `, ${message}`}\n${String(request.body)}`
}

/** What a usual event leads to. Throws unless that is a result: otherwise, nothing can be said about others. */
export async function expectReports(results: Results): Promise<Reported> {
  const reported = await results.usual()
  if (!reported.isReported) throw new CannotTell('no result is reported: see result-reported')
  return reported
}

/** Throws unless a delivery leads to a result, if usual ones do. */
export async function expectAsUsual(
  { receiver, results }: { receiver: Receiver; results: Results },
  { order, exchange }: Delivered,
  otherwise: string,
): Promise<void> {
  if (!(await results.usual()).isReported) return
  const attempts = await results.waitFor(order, isReported)
  if (!isReported(attempts)) throw new NotAsExpected(otherwise, evidenceOfReports(receiver, exchange, attempts))
}
