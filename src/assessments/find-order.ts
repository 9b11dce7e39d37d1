import type { Order, OrderRequest } from '../../schemas/order'
import type { OrderKind } from '../../schemas/order-kinds'
import { errors } from '../errors'
import type { Store } from '../store/orders'
import type { StoredOrder } from '../store/records'

/**
 * The order of `accountId` with that id or remote id, of `kind` if given (docs/contract.md: Identifiers, Errors). Throws
 * `unknownOrder`.
 */
export async function findOrder(store: Store, accountId: string, id: string, kind?: OrderKind): Promise<StoredOrder> {
  const order = (await store.findOrder(accountId, id)) ?? (await store.findOrderByRemoteId(id))
  if (order?.accountId !== accountId || order.kind !== (kind ?? order.kind)) throw errors.unknownOrder(id)
  return order
}

/** `order` as the contract shows it: the request, with the order's own ids. */
export const asOrder = ({ id, remoteId, request }: StoredOrder): Order => ({
  ...(JSON.parse(request) as OrderRequest),
  id,
  remote_id: remoteId,
})

/** Where the candidate takes the test. The form of the address is assumed. */
export const testUrl = ({ origin, token }: Pick<StoredOrder, 'origin' | 'token'>): string => `${origin}/tests/${token}`
