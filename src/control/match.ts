import type { DeliveryFilter } from '../../schemas/control/deliveries'
import type { OrderFilter } from '../../schemas/control/orders'
import type { OrderRequest } from '../../schemas/order'
import type { Delivery, StoredOrder } from '../store/records'

/** Whether an order matches a filter; omitted fields match anything. Ids may be the order's or the provider's. */
export function orderFits(
  order: StoredOrder,
  { id, search, kind, state, candidate, package: assessment, job, application }: OrderFilter,
): boolean {
  if ((id !== undefined && !isCalled(id, order)) || (state !== undefined && order.state !== state)) return false
  if (kind !== undefined && order.kind !== kind) return false
  if (search !== undefined && !isFoundBy(search, order)) return false
  if ([candidate, assessment, job, application].every((part) => part === undefined)) return true
  const { request, emails } = partsOf(order)
  const { email, ...facts } = candidate ?? {}
  return (
    (email === undefined || emails.has(email.toLowerCase())) &&
    holds(request.candidate, facts) &&
    holds(request.package, assessment) &&
    holds(request.job, job) &&
    holds(request.application, application)
  )
}

const isCalled = (id: string, order: StoredOrder) => order.id === id || order.remoteId === id

/** The parts of an order that filters check. */
interface OrderParts {
  request: OrderRequest
  emails: ReadonlySet<string | undefined>
  /** The text that `search` looks in. */
  text: string
}

/** Characters per order that a search covers: many calls may wait for its result. */
const mostOfText = 16 * 1024

let lastOrder: StoredOrder | undefined
let lastParts: OrderParts | undefined

/** The parts of `order`, cached for the latest one: an event is compared with up to a thousand waiting filters. */
function partsOf(order: StoredOrder): OrderParts {
  if (order !== lastOrder || lastParts === undefined) {
    lastParts = takeApart(order)
    lastOrder = order
  }
  return lastParts
}

function takeApart(order: StoredOrder): OrderParts {
  const request = JSON.parse(order.request) as OrderRequest
  const { candidate, package: assessment } = request
  const addresses = (candidate?.emails ?? []).map(({ value }) => value)
  const text = [
    order.id,
    order.remoteId,
    order.state,
    candidate?.first_name,
    candidate?.last_name,
    ...addresses,
    assessment?.id,
    assessment?.name,
  ]
  return {
    request,
    emails: new Set(addresses.map((address) => address?.toLowerCase())),
    text: text.join(' ').slice(0, mostOfText).toLowerCase(),
  }
}

/** Matches word by word, so that "mia lind" finds Mia Lindqvist whatever stands between the words. */
function isFoundBy(search: string, order: StoredOrder): boolean {
  const { text } = partsOf(order)
  const words = search.toLowerCase().split(/\s+/)
  return words.every((word) => text.includes(word))
}

function holds(actual: object | null | undefined, expected: object | undefined): boolean {
  const facts = actual as Record<string, unknown> | null | undefined
  return Object.entries(expected ?? {}).every(
    ([name, value]) => facts?.[name] === value || (name === 'id' && facts?.['remote_id'] === value),
  )
}

/** Whether a delivery matches a filter. */
export const deliveryFits = (
  delivery: Pick<Delivery, 'orderId' | 'remoteId' | 'event' | 'status'>,
  { orderId, event, status }: DeliveryFilter,
): boolean =>
  (orderId === undefined || delivery.orderId === orderId || delivery.remoteId === orderId) &&
  (event === undefined || delivery.event === event) &&
  (status === undefined || delivery.status === status)
