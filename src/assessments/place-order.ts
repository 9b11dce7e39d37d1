import { isDeepStrictEqual } from 'node:util'
import type { OrderRequest } from '../../schemas/order'
import type { Outcome } from '../../schemas/test-form'
import type { Deps } from '../deps'
import { errors } from '../errors'
import type { Ids } from '../ids'
import type { StoredOrder } from '../store/store'
import { magicOutcome, type OutcomeDetails, resultOf } from './outcomes'
import { withResult } from './record-result'

export interface OrderToPlace {
  accountId: string
  request: OrderRequest
  /** `request` as it was received. */
  requestText: string
  /** What the order's `test_url` starts with. */
  origin: string
  /** The request that orders it; null when none does. */
  requestId: string | null
}

type PlaceDeps = Pick<Deps, 'store' | 'clock' | 'ids' | 'config' | 'deliveries' | 'expiries'>

/**
 * Orders an assessment for a candidate, and finishes it at once when the candidate's e-mail asks for that. The same `id`
 * and body again is the same order, not a second one (assumed: StackOne says nothing of repeats). Throws `orderConflict`
 * for the same `id` with another body, `tooManyOrders`, and `SettingsChanged` when it has to be made anew.
 */
export async function placeOrder(
  { store, clock, ids, config, deliveries, expiries }: PlaceDeps,
  { accountId, request, requestText, origin, requestId }: OrderToPlace,
): Promise<StoredOrder> {
  const now = clock.now()
  const fresh: StoredOrder = {
    accountId,
    id: request.id ?? ids.uuid(),
    remoteId: ids.uuid(),
    token: ids.token(),
    origin,
    orderedAt: now,
    openedAt: null,
    startedAt: null,
    resultAt: null,
    state: 'ordered',
    result: null,
    request: requestText,
  }
  const magic = magicOutcome(request.candidate)
  const order = magic === null ? fresh : finished(fresh, magic, ids, now)
  const events = magic === null ? (['created'] as const) : (['created', 'resulted'] as const)
  // Nothing was waited for until here: what is known of faults, the clock and webhooks is of one moment.
  const kept = await store.addOrder(order, { events, requestId })
  if (kept === null) throw errors.tooManyOrders(config.maxOrders)
  const isRepeat = kept.token !== order.token
  if (isRepeat && !isSameRequest(kept, order, request)) throw errors.orderConflict(order.id)
  if (!isRepeat) {
    await deliveries.orderCreated(kept, requestId)
    if (magic !== null) await deliveries.resultRecorded(kept, requestId)
    else expiries.schedule(kept)
  }
  return kept
}

/** `order` as a candidate leaves it who took the test at once. */
function finished(order: StoredOrder, [outcome, details]: [Outcome, OutcomeDetails], ids: Ids, now: number) {
  const taken = { ...order, openedAt: now, startedAt: now }
  return withResult(taken, resultOf(taken, outcome, details, now), { id: ids.uuid(), remote_id: ids.uuid() }, now)
}

/** Whether the order of the properties and the white space is all that differs. */
const isSameRequest = (kept: StoredOrder, repeated: StoredOrder, request: OrderRequest) =>
  kept.request === repeated.request || isDeepStrictEqual(JSON.parse(kept.request), request)
