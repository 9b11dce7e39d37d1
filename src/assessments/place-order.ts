import type { OrderRequest } from '../../schemas/order'
import type { Outcome } from '../../schemas/test-form'
import type { Deps } from '../deps'
import { errors } from '../errors'
import type { Ids } from '../ids'
import type { StoredOrder } from '../store/records'
import { isText, noText } from '../validation/text'
import { magicOutcome, type OutcomeDetails, resultOf } from './outcomes'
import { withResult } from './record-result'
import { isSameText } from './same-json'

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

export interface PlacedOrder {
  order: StoredOrder
  /** Whether the account had an order with the same `id` before: what becomes of such a one is assumed. */
  isRepeat: boolean
}

type PlaceDeps = Pick<Deps, 'store' | 'clock' | 'ids' | 'config'>

/**
 * Orders an assessment for a candidate, and finishes it at once when the candidate's e-mail asks for that. What becomes of
 * the `id` of an earlier order is assumed, since StackOne says nothing of repeats, and can be set: usually the same body
 * again is the same order. Throws `invalidBody`, `orderConflict`, `tooManyOrders`, and `SettingsChanged` when settings changed meanwhile.
 */
export async function placeOrder(
  { store, clock, ids, config }: PlaceDeps,
  { accountId, request, requestText, origin, requestId }: OrderToPlace,
): Promise<PlacedOrder> {
  if (request.id != null && !isText(request.id)) throw errors.invalidBody([`body/id ${noText}`])
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
  async function keep(order: StoredOrder) {
    const kept = await store.addOrder(order, { events, requestId })
    if (kept === null) throw errors.tooManyOrders(config.maxOrders)
    return kept
  }
  // Nothing was waited for until here: what is known of faults, the clock and webhooks is of one moment.
  let kept = await keep(order)
  const isRepeat = kept.token !== order.token
  if (isRepeat && config.repeatedOrders === 'new') kept = await keep({ ...order, id: ids.uuid() })
  const mayNotRepeat = config.repeatedOrders === 'conflict'
  if (kept.token !== order.token && (mayNotRepeat || !isSameText(kept.request, requestText)))
    throw errors.orderConflict(order.id, mayNotRepeat)
  return { order: kept, isRepeat }
}

/** `order` as a candidate leaves it who took the test at once. */
function finished(order: StoredOrder, [outcome, details]: [Outcome, OutcomeDetails], ids: Ids, now: number) {
  const taken = { ...order, openedAt: now, startedAt: now }
  return withResult(taken, resultOf(taken, outcome, details, now), { id: ids.uuid(), remote_id: ids.uuid() }, now)
}
