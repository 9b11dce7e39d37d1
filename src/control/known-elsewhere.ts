import type { ListedDelivery } from '../../schemas/control/deliveries'
import type { OrderRequest } from '../../schemas/order'
import type { Deps } from '../deps'
import { orderSummary } from '../pure/order-summary'
import { type Delivery, deliveryId } from '../store/records'

type Known = Pick<ListedDelivery, 'candidate' | 'waitsFor'>

/** The name of the candidate of an order; null if it has none, or there is no such order. */
export async function candidateOf(store: Deps['store'], remoteId: string): Promise<string | null> {
  const order = await store.findOrderByRemoteId(remoteId)
  return order === null ? null : orderSummary(JSON.parse(order.request) as OrderRequest).candidate
}

/** What lists show of deliveries beside the deliveries themselves: the candidate, and what each of them waits for. */
export async function knownElsewhere(
  { deliveries, store }: Pick<Deps, 'deliveries' | 'store'>,
  some: readonly Delivery[],
): Promise<(delivery: Delivery) => Known> {
  const orders = [...new Set(some.map(({ remoteId }) => remoteId))]
  const pending = some.filter(({ status }) => status === 'pending').map(deliveryId)
  const [names, ahead] = await Promise.all([
    Promise.all(orders.map((remoteId) => candidateOf(store, remoteId))),
    deliveries.waitFor(pending),
  ])
  const nameOf = new Map(orders.map((remoteId, i) => [remoteId, names[i]]))
  const aheadOf = new Map(pending.map((id, i) => [id, ahead[i]]))
  return (delivery) => ({
    candidate: nameOf.get(delivery.remoteId) ?? null,
    waitsFor: aheadOf.get(deliveryId(delivery)) ?? null,
  })
}
