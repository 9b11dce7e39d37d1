import type { OrderFilter } from '../../schemas/control/orders'
import type { DeliveryFilter } from '../../schemas/control/deliveries'
import type { OrderRequest } from '../../schemas/order'
import type { Delivery } from '../callbacks/delivery'
import type { StoredOrder } from '../store/store'

/** Whether an order fits what a filter says; what it leaves out fits any. Ids are the order's or the provider's. */
export function orderFits(
  order: StoredOrder,
  { id, search, state, candidate, package: assessment, job }: OrderFilter,
): boolean {
  if ((id !== undefined && !isCalled(id, order)) || (state !== undefined && order.state !== state)) return false
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

const isCalled = (id: string, order: StoredOrder) => order.id === id || order.remoteId === id

/** Looks at the words, so that "mia lind" finds Mia Lindqvist and a mark in between hides nothing. */
function isFoundBy(search: string, order: StoredOrder): boolean {
  const { candidate, package: assessment } = JSON.parse(order.request) as OrderRequest
  const text = [
    order.id,
    order.remoteId,
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
