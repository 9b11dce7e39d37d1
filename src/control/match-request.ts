import { unescape } from 'node:querystring'
import type { RequestFilter } from '../../schemas/control/requests'
import type { Verification } from '../../schemas/control/verification'
import { breatheInTime } from '../breathe'
import { isoTime } from '../date-time'
import { pathOf } from '../http/request-path'
import { withoutSecrets } from '../http/secret-names'
import { shownHeader } from '../http/shown-headers'
import { isObject, parsedJson } from '../pure/json'
import type { Recorded, StoredOrder } from '../store/records'
import { isPageLoad } from './page-load'
import { showRequest } from './requests'
import { isFoundBy } from './search-requests'
import { isWithin, type TimeRange } from './time-range'

/** One way in which a request differs from a filter. */
interface Difference {
  /** Lazy: most differences are never shown. */
  text: () => string
  /** How many values of the filter differ: a missing body must not look nearer than one with two wrong names. */
  weight: number
}

/** How a request compares to a filter. */
export interface Comparison {
  differences: readonly Difference[]
  /** Whether the match is unknown because the journal no longer keeps the body that the filter checks. */
  isUndecided: boolean
}

/**
 * A filter with its moments read and, if it exists, the order that its `orderId` names: the journal may use either of
 * its ids.
 */
export interface ExactFilter extends Omit<RequestFilter, 'after' | 'before'> {
  order?: Pick<StoredOrder, 'accountId' | 'id' | 'remoteId'>
  time?: TimeRange
}

/** Compares `recorded`, unmasked as it was received, with `filter`. */
export function compareRequest(recorded: Recorded, filter: ExactFilter): Comparison {
  const differences = [...differencesOf(recorded, filter)]
  return { differences, isUndecided: isUndecided(recorded, filter) }
}

/** Whether the match is unknown because the journal no longer keeps the body that the filter checks. */
export const isUndecided = (recorded: Recorded, { body, ...rest }: ExactFilter): boolean =>
  body !== undefined && recorded.requestBody === null && requestFits(recorded, rest)

/** Lazy: often the first difference is enough. */
function* differencesOf(recorded: Recorded, filter: ExactFilter): Generator<Difference> {
  const { headers, body, path, warned, refused, pageLoad, search, time, order, orderId, ...facts } = filter
  const { operation, method, status } = recorded
  const actual = { operation, method, status }
  if (orderId !== undefined && !isAbout(recorded, order ?? orderId))
    yield differing('orderId', recorded.orderId, orderId)
  for (const [name, value] of Object.entries(facts) as [keyof typeof actual, string | number][]) {
    yield* compare(name, actual[name], name === 'method' ? String(value).toUpperCase() : value)
  }
  if (warned !== undefined) yield* compare('warned', recorded.warnings.length > 0, warned)
  if (refused !== undefined) yield* compare('refused', status === null || status >= 400, refused)
  if (pageLoad !== undefined) yield* compare('pageLoad', isPageLoad(recorded), pageLoad)
  if (time !== undefined && !isWithin(recorded.at, time)) yield differingInTime(recorded.at, time)
  if (search !== undefined && !isFoundBy(search, recorded))
    yield { text: () => `search: ${shown(search)} does not occur in it`, weight: 1 }
  if (path !== undefined) {
    const received = path.includes('?') ? recorded.url : pathOf(recorded.url)
    if (received !== path) yield differing('path', withoutSecrets(received), path)
  }
  for (const [name, value] of Object.entries(headers ?? {})) {
    yield* compareHeader(name, recorded.requestHeaders[name.toLowerCase()], value)
  }
  if (body === undefined) return
  if (recorded.requestBody !== null) yield* comparePart('body', bodyOf(recorded), body)
  else yield* compare('body', 'no longer kept', body)
}

function isAbout(recorded: Recorded, order: NonNullable<ExactFilter['order']> | string): boolean {
  const named = recorded.orderId ?? namedOrder(recorded)
  if (typeof order === 'string') return named === order
  return recorded.accountId === order.accountId && (named === order.id || named === order.remoteId)
}

/**
 * The order named by a call that was stopped before the lookup, by a fault or an invalid body: it still counts as sent
 * about that order.
 */
function namedOrder(recorded: Recorded): unknown {
  const { operation, url } = recorded
  if (operation === 'orders.create') {
    const body = bodyOf(recorded)
    return isObject(body) ? body['id'] : undefined
  }
  const [, id] = /\/orders\/([^/?]+)/.exec(url) ?? []
  return operation === null || id === undefined ? undefined : unescape(id)
}

/** Whether `recorded` matches `filter`; false if that is unknown. */
export const requestFits = (recorded: Recorded, filter: ExactFilter): boolean =>
  differencesOf(recorded, filter).next().done === true

/** Counts the `requests` that match `filter`, and finds the nearest if none does. */
export async function matchRequests(requests: readonly Recorded[], filter: ExactFilter): Promise<Verification> {
  let matched = 0
  let undecided = 0
  let nearest: { recorded: Recorded; differences: readonly Difference[]; distance: number } | undefined
  for (const recorded of requests) {
    await breatheInTime()
    const { differences, isUndecided } = compareRequest(recorded, filter)
    const distance = differences.reduce((sum, { weight }) => sum + weight, 0)
    if (isUndecided) undecided++
    else if (distance === 0) matched++
    else if (nearest === undefined || distance < nearest.distance) nearest = { recorded, differences, distance }
  }
  return {
    matched,
    ...(undecided > 0 && { undecided }),
    nearest:
      matched > 0 || nearest === undefined
        ? null
        : { request: showRequest(nearest.recorded), differences: nearest.differences.map(({ text }) => text()) },
  }
}

let lastRequest: Recorded | undefined
let lastBody: unknown

/** The parsed body, cached for the latest request: it may be compared with many filters in a row. */
function bodyOf(recorded: Recorded): unknown {
  if (recorded !== lastRequest) {
    const text = String(recorded.requestBody)
    const parsed = text === '' ? null : parsedJson(text)
    lastBody = parsed === undefined ? text : parsed
    lastRequest = recorded
  }
  return lastBody
}

const differingInTime = (at: number, { from, to }: TimeRange): Difference => ({
  text: () => `at is ${isoTime(at)}, which is ${at < from ? `before ${isoTime(from)}` : `not before ${isoTime(to)}`}`,
  weight: 1,
})

/** Compares the real value, but shows it masked. */
function* compareHeader(name: string, actual: Recorded['requestHeaders'][string], expected: string) {
  if (actual !== undefined && String(actual) === expected) return
  const shownValue = actual === undefined ? undefined : shownHeader(name.toLowerCase(), String(actual))
  yield differing(`header ${name}`, shownValue, expected)
}

/** Compares objects by the properties in `expected` only, arrays by all entries. */
function* comparePart(path: string, actual: unknown, expected: unknown): Generator<Difference> {
  if (!isCompound(expected) || !isCompound(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    yield* compare(path, actual, expected)
    return
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length) {
    const text = `${path} has ${String(actual.length)} entries, not ${String(expected.length)}`
    yield { text: () => text, weight: weightOf(expected) }
    return
  }
  for (const [name, value] of Object.entries(expected)) {
    const inner = Array.isArray(expected) ? `${path}[${name}]` : `${path}.${name}`
    yield* comparePart(inner, Object.hasOwn(actual, name) ? actual[name] : undefined, value)
  }
}

const isCompound = (value: unknown): value is Record<string, unknown> => Array.isArray(value) || isObject(value)

function* compare(what: string, actual: unknown, expected: unknown) {
  if (actual !== expected) yield differing(what, actual, expected)
}

const differing = (what: string, actual: unknown, expected: unknown): Difference => ({
  text: () => `${what} is ${actual === undefined ? 'missing' : shown(actual)}, not ${shown(expected)}`,
  weight: weightOf(expected),
})

const weightOf = (expected: unknown): number =>
  isCompound(expected) ? Object.values(expected).reduce<number>((sum, value) => sum + weightOf(value), 1) : 1

/** A value as messages show it. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length <= 200 ? text : `${text.slice(0, 200)} …`
}
