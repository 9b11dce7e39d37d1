import { isDeepStrictEqual } from 'node:util'
import type { OrderRequest } from '../../schemas/order'
import type { Deps } from '../deps'
import { errors } from '../errors'
import type { StoredOrder } from '../store/store'

export interface OrderToPlace {
  accountId: string
  request: OrderRequest
  /** `request` as it was received. */
  requestText: string
  /** What the order's `test_url` starts with. */
  origin: string
}

/**
 * Orders an assessment for a candidate. The same `id` and body again is the same order, not a second one (assumed:
 * StackOne says nothing of repeats). Throws `orderConflict` for the same `id` with another body, and `tooManyOrders`.
 */
export async function placeOrder(
  { store, clock, ids, config }: Pick<Deps, 'store' | 'clock' | 'ids' | 'config'>,
  { accountId, request, requestText, origin }: OrderToPlace,
): Promise<StoredOrder> {
  const order: StoredOrder = {
    accountId,
    id: request.id ?? ids.uuid(),
    remoteId: ids.uuid(),
    token: ids.token(),
    origin,
    orderedAt: clock.now(),
    state: 'ordered',
    result: null,
    request: requestText,
  }
  const kept = await store.addOrder(order)
  if (kept === null) throw errors.tooManyOrders(config.maxOrders)
  const isRepeat = kept.token !== order.token
  if (isRepeat && !isSameRequest(kept, order, request)) throw errors.orderConflict(order.id)
  return kept
}

/** Whether the order of the properties and the white space is all that differs. */
const isSameRequest = (kept: StoredOrder, repeated: StoredOrder, request: OrderRequest) =>
  kept.request === repeated.request || isDeepStrictEqual(JSON.parse(kept.request), request)
