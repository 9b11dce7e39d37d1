import type { OrderRequest } from '../../schemas/order'
import type { ResultUpdate } from '../../schemas/result'
import type { Store } from '../store/orders'
import type { StoredOrder } from '../store/records'

/** The links to the results of these orders, as an application shows them; orders without a result have none. */
export async function resultLinks(store: Store, accountId: string, orderIds: readonly string[]) {
  const orders = await Promise.all(orderIds.map((id) => store.findOrder(accountId, id)))
  return orders.flatMap((order) => (order === null ? [] : linkOf(order)))
}

function linkOf({ request, result }: StoredOrder) {
  const { result_url: url, result: outcome } = JSON.parse(result ?? '{}') as ResultUpdate
  if (url == null) return []
  const { package: ordered } = JSON.parse(request) as OrderRequest
  const name = ordered?.name ?? ordered?.id ?? 'Assessment'
  return [{ label: outcome?.value == null ? name : `${name}: ${outcome.value.replace('_', ' ')}`, url }]
}
