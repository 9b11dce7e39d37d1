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
  { store, ids, clock, deliveries }: Pick<Deps, 'store' | 'ids' | 'clock' | 'deliveries'>,
  {
    accountId,
    orderId,
    update,
    requestId,
  }: { accountId: string; orderId: string; update: ResultUpdate; requestId: string | null },
): Promise<StoredOrder> {
  const fresh = { id: ids.uuid(), remote_id: ids.uuid() }
  const isEmpty = Object.keys(update).length === 0
  const changed = await store.updateOrder(
    accountId,
    orderId,
    (order) => (isEmpty ? order : withResult(order, update, fresh, clock.now())),
    { events: isEmpty ? [] : ['resulted'], requestId },
  )
  if (changed === null) throw errors.unknownOrder(orderId)
  if (!isEmpty) await deliveries.resultRecorded(changed, requestId)
  return changed
}

/**
 * `order` with what `update` says of its result, recorded at `now` (milliseconds since 1970). A first result gets the
 * identifiers of `fresh`.
 */
export function withResult(
  order: StoredOrder,
  update: ResultUpdate,
  fresh: { id: string; remote_id: string },
  now: number,
): StoredOrder {
  const before = order.result === null ? fresh : (JSON.parse(order.result) as typeof fresh)
  // Both identifiers are the sandbox's to give, whatever a client sends beside the published properties.
  const { id, remote_id } = before
  const result = { ...(mergePatch(before, update) as ResultUpdate), id, remote_id }
  return { ...order, result: JSON.stringify(result), state: stateAfter(order, result), resultAt: now }
}

function stateAfter(order: StoredOrder, { result }: ResultUpdate): StoredOrder['state'] {
  if (result === undefined || result?.value === undefined) return result === null ? progressOf(order) : order.state
  return result.value ?? progressOf(order)
}

/** How far the candidate got, with no result. */
function progressOf({ openedAt, startedAt }: StoredOrder): StoredOrder['state'] {
  if (startedAt !== null) return 'in_progress'
  return openedAt === null ? 'ordered' : 'initiated'
}
