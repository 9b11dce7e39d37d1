import { parsedJson } from '../../pure/json'
import { NotAsExpected } from '../check'
import { type ClientRequest, type ClientRun, counted, howItEnded, isContent, orderCalls } from './client-run'
import { evidenceOfRun } from './run-evidence'
import type { Compared } from './scenario'

/** A failure of a run, with what it sent. */
export const notAsExpected = (run: ClientRun, why: string): NotAsExpected => new NotAsExpected(why, evidenceOfRun(run))

export function expectEnd(run: ClientRun): void {
  if (run.ended === null)
    throw notAsExpected(
      run,
      `It did not end within ${String(run.withinMs / 1_000)} s, and was stopped. End with an error instead of waiting or retrying without a limit.`,
    )
}

export function expectNoMoreOrders({ run, baseline }: Compared): void {
  if (run.orders > baseline.orders)
    throw notAsExpected(
      run,
      `It placed ${counted(run.orders, 'order')} instead of ${String(baseline.orders)}: a candidate would get a second test. Give each order an id, and send the same id and body when you try again.`,
    )
}

/** That it ended well, and every order was placed once. */
export function expectSuccess({ run, baseline }: Compared): void {
  expectNoMoreOrders({ run, baseline })
  if (run.orders < baseline.orders)
    throw notAsExpected(
      run,
      `It placed only ${String(run.orders)} of ${counted(baseline.orders, 'order')}, and ended with ${howItEnded(run)}. Send the rest again; if that fails, end with an error.`,
    )
  if (!isContent(run))
    throw notAsExpected(
      run,
      `It ended with ${howItEnded(run)}, although every order was placed in the end. Its output may say why.`,
    )
}

/** The call that went wrong. */
export function struckCall(run: ClientRun): ClientRequest {
  const struck = run.requests.find(({ fault }) => fault !== null)
  if (struck === undefined)
    throw notAsExpected(run, 'It placed orders when nothing went wrong, but none of its calls met the fault this time.')
  return struck
}

/** The call that sends the order of `struck` again; undefined if there is none. */
export function retryOf(struck: ClientRequest, { run, baseline }: Compared): ClientRequest | undefined {
  const calls = orderCalls(run)
  if (calls.length <= orderCalls(baseline).length) return undefined
  const later = calls.slice(calls.findIndex(({ id }) => id === struck.id) + 1)
  const isSame = (of: (call: ClientRequest) => unknown) => later.find((call) => of(call) === of(struck))
  const again = isSame(({ request }) => request.body) ?? (idOf(struck) === null ? undefined : isSame(idOf))
  // Of several orders that are sent at the same time, the one that is sent again is the last.
  return again ?? later.at(orderCalls(baseline).length === 1 ? 0 : -1)
}

/** The id of the order that a call sends; null if it has none. */
const idOf = ({ request: { body } }: ClientRequest) =>
  (Object(parsedJson(String(body))) as { id?: string | null }).id ?? null

/** That it doesn't send over and over again what was refused. */
export function expectNoRepeats({ run, baseline }: Compared): void {
  const most = mostAlike(baseline) * triesOfRefused
  if (run.requests.length > baseline.requests.length * triesOfRefused || mostAlike(run) > most)
    throw notAsExpected(
      run,
      `It sent ${counted(run.requests.length, 'request')}, although the first refusal was final. Don't retry a 4xx other than 408 and 429: the same call is refused again.`,
    )
}

/** One more is no storm. */
const triesOfRefused = 2

/** How often it sent the request that it sent most. Bodies that were refused unread can't be compared. */
function mostAlike({ requests }: ClientRun): number {
  const counts = new Map<string, number>()
  for (const { method, path, request } of requests) {
    if (request.body === null) continue
    const text = `${method} ${path} ${request.body}`
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return Math.max(0, ...counts.values())
}

/** That it doesn't claim success when nothing was ordered. */
export function expectFailure(run: ClientRun, status: number): void {
  if (isContent(run))
    throw notAsExpected(
      run,
      `It ended with exit code 0, although every order was refused with ${String(status)}. End with an error, so that somebody notices.`,
    )
}
