import type { OrderFilter } from '../../schemas/control/orders'
import type { DeliveryFilter } from '../../schemas/control/deliveries'
import type { JournalEntry, RequestFilter } from '../../schemas/control/requests'
import type { OrderRequest } from '../../schemas/order'
import type { Delivery } from '../callbacks/delivery'
import { pathOf } from '../request-path'
import type { StoredOrder } from '../store/store'

/** Whether an order fits what a filter says; what it leaves out fits any. */
export function orderFits(
  order: StoredOrder,
  { id, search, state, candidate, package: assessment, job }: OrderFilter,
): boolean {
  if ((id !== undefined && order.id !== id) || (state !== undefined && order.state !== state)) return false
  if (search !== undefined && !isFoundBy(search, order)) return false
  if (candidate === undefined && assessment === undefined && job === undefined) return true
  const request = JSON.parse(order.request) as OrderRequest
  const { email, ...facts } = candidate ?? {}
  const emails = (request.candidate?.emails ?? []).map(({ value }) => value?.toLowerCase())
  return (
    (email === undefined || emails.includes(email.toLowerCase())) &&
    holds(request.candidate, facts) &&
    holds(request.package, assessment) &&
    holds(request.job, job)
  )
}

/** Looks at the words, so that "mia lind" finds Mia Lindqvist and a mark in between hides nothing. */
function isFoundBy(search: string, order: StoredOrder): boolean {
  const { candidate, package: assessment } = JSON.parse(order.request) as OrderRequest
  const text = [
    order.id,
    order.state,
    candidate?.first_name,
    candidate?.last_name,
    ...(candidate?.emails ?? []).map(({ value }) => value),
    assessment?.id,
    assessment?.name,
  ]
    .join(' ')
    .toLowerCase()
  const words = search.toLowerCase().split(/\s+/)
  return words.every((word) => text.includes(word))
}

const holds = (actual: object | null | undefined, expected: object | undefined) =>
  Object.entries(expected ?? {}).every(([name, value]) => (actual as Record<string, unknown> | null)?.[name] === value)

/** Whether a delivery fits what a filter says. */
export const deliveryFits = (delivery: Delivery, { orderId, event, status }: DeliveryFilter): boolean =>
  (orderId === undefined || delivery.orderId === orderId) &&
  (event === undefined || delivery.event === event) &&
  (status === undefined || delivery.status === status)

/** Something that is not as a filter says. */
export interface Difference {
  /** In words. */
  text: string
  /** How many values of the filter it is about: who sent no body at all is not nearer than who got two names wrong. */
  weight: number
}

/** How `entry` differs from what `filter` says; empty when it fits. */
export function requestDifferences(
  entry: JournalEntry,
  { headers, body, path, ...facts }: RequestFilter,
): Difference[] {
  const found: Difference[] = []
  for (const [name, value] of Object.entries(facts)) {
    compare(name, entry[name as keyof typeof facts], value, found)
  }
  if (path !== undefined) compare('path', pathOf(entry.path), path, found)
  for (const [name, value] of Object.entries(headers ?? {})) {
    compare(`header ${name}`, entry.request.headers[name.toLowerCase()], value, found)
  }
  if (body !== undefined) comparePart('body', parsed(entry.request.body), body, found)
  return found
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return text
  }
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
  if (actual === expected) return
  const is = actual === undefined ? 'missing' : shown(actual)
  found.push({ text: `${what} is ${is}, not ${shown(expected)}`, weight: weightOf(expected) })
}

const weightOf = (expected: unknown): number =>
  isObject(expected) ? Object.values(expected).reduce<number>((sum, value) => sum + weightOf(value), 1) : 1

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length <= 200 ? text : `${text.slice(0, 200)} …`
}
