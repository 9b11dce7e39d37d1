import type { DeliveryFilter } from '../../schemas/control/deliveries'
import type { OrderFilter } from '../../schemas/control/orders'
import type { OrderRequest } from '../../schemas/order'
import type { Delivery, StoredOrder } from '../store/records'

/** Whether an order fits what a filter says; what it leaves out fits any. Ids are the order's or the provider's. */
export function orderFits(
  order: StoredOrder,
  { id, search, state, candidate, package: assessment, job }: OrderFilter,
): boolean {
  if ((id !== undefined && !isCalled(id, order)) || (state !== undefined && order.state !== state)) return false
  if (search !== undefined && !isFoundBy(search, order)) return false
  if (candidate === undefined && assessment === undefined && job === undefined) return true
  const { request, emails } = partsOf(order)
  const { email, ...facts } = candidate ?? {}
  return (
    (email === undefined || emails.has(email.toLowerCase())) &&
    holds(request.candidate, facts) &&
    holds(request.package, assessment) &&
    holds(request.job, job)
  )
}

const isCalled = (id: string, order: StoredOrder) => order.id === id || order.remoteId === id

/** What filters look at, of an order. */
interface OrderParts {
  request: OrderRequest
  emails: ReadonlySet<string | undefined>
  /** What a search looks through. */
  text: string
}

/** Characters that a search looks through, of each order: many may wait for what it finds. */
const mostOfText = 16 * 1024

let lastOrder: StoredOrder | undefined
let lastParts: OrderParts | undefined

/** The parts of `order`. Those of the last one are kept: an event is compared with what each of a thousand waits for. */
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

/** Looks at the words, so that "mia lind" finds Mia Lindqvist and a mark in between hides nothing. */
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

/** Whether a delivery fits what a filter says. */
export const deliveryFits = (delivery: Delivery, { orderId, event, status }: DeliveryFilter): boolean =>
  (orderId === undefined || delivery.orderId === orderId || delivery.remoteId === orderId) &&
  (event === undefined || delivery.event === event) &&
  (status === undefined || delivery.status === status)
