import type { ResultUpdate } from '../../schemas/result'
import type { Deps } from '../deps'
import { errors } from '../errors'
import type { StoredOrder } from '../store/store'
import { mergePatch } from './merge-patch'

/**
 * Records what is known of an order's result. What `update` leaves out stays, null clears, and the order's state
 * follows `result.value` (contract: Operations; how updates merge is assumed). Throws `unknownOrder`.
 */
export async function recordResult(
  { store, ids }: Pick<Deps, 'store' | 'ids'>,
  { accountId, orderId, update }: { accountId: string; orderId: string; update: ResultUpdate },
): Promise<StoredOrder> {
  const fresh = { id: ids.uuid(), remote_id: ids.uuid() }
  const changed = await store.updateOrder(accountId, orderId, (order) => {
    if (Object.keys(update).length === 0) return order
    const before = order.result === null ? fresh : (JSON.parse(order.result) as typeof fresh)
    // The provider's identifier is the sandbox's to give, whatever a client sends beside the published properties.
    const result = { ...(mergePatch(before, update) as ResultUpdate), remote_id: before.remote_id }
    return { ...order, result: JSON.stringify(result), state: stateAfter(order, result) }
  })
  if (changed === null) throw errors.unknownOrder(orderId)
  return changed
}

function stateAfter({ state }: StoredOrder, { result }: ResultUpdate): StoredOrder['state'] {
  if (result === undefined || result?.value === undefined) return result === null ? 'ordered' : state
  return result.value ?? 'ordered'
}
