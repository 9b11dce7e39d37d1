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
  const resultId = ids.uuid()
  const remoteId = ids.uuid()
  const changed = await store.updateOrder(accountId, orderId, (order) => {
    const before = order.result === null ? { id: resultId, remote_id: remoteId } : (JSON.parse(order.result) as object)
    const result = mergePatch({ ...before }, update) as ResultUpdate
    const value = result.result?.value
    return { ...order, result: JSON.stringify(result), state: value === undefined ? order.state : (value ?? 'ordered') }
  })
  if (changed === null) throw errors.unknownOrder(orderId)
  return changed
}
