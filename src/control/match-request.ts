import { unescape } from 'node:querystring'
import type { RequestFilter, Verification } from '../../schemas/control/requests'
import { breathe } from '../clock'
import { pathOf } from '../request-path'
import { withoutSecrets } from '../secret-names'
import type { Recorded } from '../store/journal'
import type { StoredOrder } from '../store/store'
import { showHeader, showRequest } from './requests'

/** Something that is not as a filter says. */
interface Difference {
  /** In words. */
  text: string
  /** How many values of the filter it is about: who sent no body at all is not nearer than who got two names wrong. */
  weight: number
}

/** How a request compares to a filter. */
export interface Comparison {
  differences: readonly Difference[]
  /** Whether it cannot be told, since the journal no longer keeps the body that the filter asks about. */
  isUndecided: boolean
}

/** A filter, and the order that its `orderId` names where there is one: the journal may name it in either way. */
export interface ExactFilter extends RequestFilter {
  order?: Pick<StoredOrder, 'accountId' | 'id' | 'remoteId'>
}

/** How `recorded`, as it was received, compares to what `filter` says. */
export function compareRequest(recorded: Recorded, filter: ExactFilter): Comparison {
  const { headers, body, path, warned, order, orderId, ...facts } = filter
  const { operation, method, status } = recorded
  const actual = { operation, method, status }
  const differences: Difference[] = []
  if (orderId !== undefined && !isAbout(recorded, order ?? orderId))
    differences.push(differing('orderId', recorded.orderId, orderId))
  for (const [name, value] of Object.entries(facts) as [keyof typeof actual, string | number][]) {
    compare(name, actual[name], name === 'method' ? String(value).toUpperCase() : value, differences)
  }
  if (warned !== undefined) compare('warned', recorded.warnings.length > 0, warned, differences)
  if (path !== undefined) {
    const received = path.includes('?') ? recorded.url : pathOf(recorded.url)
    if (received !== path) differences.push(differing('path', withoutSecrets(received), path))
  }
  for (const [name, value] of Object.entries(headers ?? {})) {
    compareHeader(name, recorded.requestHeaders[name.toLowerCase()], value, differences)
  }
  if (body === undefined) return { differences, isUndecided: false }
  if (recorded.requestBody !== null) {
    comparePart('body', parsed(recorded.requestBody), body, differences)
    return { differences, isUndecided: false }
  }
  const isUndecided = differences.length === 0
  differences.push({ text: 'body is no longer kept', weight: weightOf(body) })
  return { differences, isUndecided }
}

function isAbout(recorded: Recorded, order: NonNullable<ExactFilter['order']> | string): boolean {
  const named = recorded.orderId ?? namedOrder(recorded)
  if (typeof order === 'string') return named === order
  return recorded.accountId === order.accountId && (named === order.id || named === order.remoteId)
}

/**
 * The order that a call names which was stopped before anybody looked for the order, by a fault or since its body was
 * wrong: it counts among those that a client sent about that order.
 */
function namedOrder({ operation, url, requestBody }: Recorded): unknown {
  if (operation === 'orders.create') {
    const body = parsed(String(requestBody))
    return isObject(body) ? body['id'] : undefined
  }
  const [, id] = /\/orders\/([^/?]+)/.exec(url) ?? []
  return operation === null || id === undefined ? undefined : unescape(id)
}

/** Whether `recorded` fits `filter`; one for which that cannot be told does not. */
export const requestFits = (recorded: Recorded, filter: ExactFilter): boolean =>
  compareRequest(recorded, filter).differences.length === 0

/** How many of `requests` fit `filter`, and which comes nearest when none does. */
export async function matchRequests(requests: readonly Recorded[], filter: ExactFilter): Promise<Verification> {
  let matched = 0
  let undecided = 0
  let nearest: { recorded: Recorded; differences: readonly Difference[]; distance: number } | undefined
  for (const recorded of requests) {
    const { differences, isUndecided } = compareRequest(recorded, filter)
    const distance = differences.reduce((sum, { weight }) => sum + weight, 0)
    if (isUndecided) undecided++
    else if (distance === 0) matched++
    else if (nearest === undefined || distance < nearest.distance) nearest = { recorded, differences, distance }
    // Parsing a large body takes a while.
    if ((recorded.requestBody?.length ?? 0) > largeBody) await breathe()
  }
  return {
    matched,
    ...(undecided > 0 && { undecided }),
    nearest:
      matched > 0 || nearest === undefined
        ? null
        : { request: showRequest(nearest.recorded), differences: nearest.differences.map(({ text }) => text) },
  }
}

/** Characters from which on others get their turn before the next body is parsed. */
const largeBody = 100_000

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return text
  }
}

/** Compares what was received, and shows what is no secret. */
function compareHeader(
  name: string,
  actual: Recorded['requestHeaders'][string],
  expected: string,
  found: Difference[],
) {
  if (actual !== undefined && String(actual) === expected) return
  const shownValue = actual === undefined ? undefined : showHeader(name.toLowerCase(), String(actual))
  found.push(differing(`header ${name}`, shownValue, expected))
}

/** Of objects the properties that `expected` names are compared, of lists all entries. */
function comparePart(path: string, actual: unknown, expected: unknown, found: Difference[]): void {
  if (!isObject(expected) || !isObject(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    compare(path, actual, expected, found)
    return
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length) {
    const text = `${path} has ${String(actual.length)} entries, not ${String(expected.length)}`
    found.push({ text, weight: weightOf(expected) })
    return
  }
  for (const [name, value] of Object.entries(expected)) {
    const inner = Array.isArray(expected) ? `${path}[${name}]` : `${path}.${name}`
    comparePart(inner, Object.hasOwn(actual, name) ? actual[name] : undefined, value, found)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function compare(what: string, actual: unknown, expected: unknown, found: Difference[]) {
  if (actual !== expected) found.push(differing(what, actual, expected))
}

const differing = (what: string, actual: unknown, expected: unknown): Difference => ({
  text: `${what} is ${actual === undefined ? 'missing' : shown(actual)}, not ${shown(expected)}`,
  weight: weightOf(expected),
})

const weightOf = (expected: unknown): number =>
  isObject(expected) ? Object.values(expected).reduce<number>((sum, value) => sum + weightOf(value), 1) : 1

/** A value as a message shows it. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length <= 200 ? text : `${text.slice(0, 200)} …`
}
