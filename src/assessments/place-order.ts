import type { OrderRequest } from '../../schemas/order'
import type { OrderKind } from '../../schemas/order-kinds'
import type { Outcome } from '../../schemas/test-form'
import type { Deps } from '../deps'
import { errors } from '../errors'
import type { Ids } from '../ids'
import { jsonDifferences } from '../pure/json-differences'
import type { StoredOrder } from '../store/records'
import { isText, noText } from '../validation/text'
import { magicOutcome, type OutcomeDetails, resultOf } from './outcomes'
import { withResult } from './record-result'
import { isSameText } from './same-json'

export interface OrderToPlace {
  kind: OrderKind
  accountId: string
  request: OrderRequest
  /** `request` as it was received. */
  requestText: string
  /** Origin of the order's `test_url`. */
  origin: string
  /** Id of the request that places the order; null if none does. */
  requestId: string | null
}

export interface PlacedOrder {
  order: StoredOrder
  /** Whether the account already had an order with the same `id`. */
  isRepeat: boolean
}

type PlaceDeps = Pick<Deps, 'store' | 'clock' | 'ids' | 'config'>

/**
 * Orders an assessment or a background check for a candidate, and finishes it immediately if the candidate's e-mail address requests that.
 * How StackOne treats a repeated `id` is undocumented, so it is assumed and configurable: by default a repeat with the
 * same body is the same order. Throws `invalidBody`, `orderConflict`, `tooManyOrders`, and `SettingsChanged` when
 * settings changed meanwhile.
 */
export async function placeOrder(
  { store, clock, ids, config }: PlaceDeps,
  { kind, accountId, request, requestText, origin, requestId }: OrderToPlace,
): Promise<PlacedOrder> {
  if (request.id != null && !isText(request.id)) throw errors.invalidBody([`body/id ${noText}`])
  const now = clock.now()
  const fresh: StoredOrder = {
    kind,
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
  // Nothing is awaited before this, so that faults, clock and webhooks are read at one moment.
  let kept = await keep(order)
  const isRepeat = kept.token !== order.token
  if (isRepeat && config.repeatedOrders === 'new') kept = await keep({ ...order, id: ids.uuid() })
  const mayNotRepeat = config.repeatedOrders === 'conflict'
  if (kept.token !== order.token && (mayNotRepeat || kept.kind !== kind || !isSameText(kept.request, requestText)))
    throw errors.orderConflict(order.id, mayNotRepeat, differing(kept.request, requestText))
  return { order: kept, isRepeat }
}

/** The places where the body of a repeat differs: more than a hint names. */
const differing = (first: string, repeat: string): string[] =>
  jsonDifferences(JSON.parse(first), JSON.parse(repeat), 10).map(({ path }) => path)

/** `order` after its candidate took the test immediately. */
function finished(order: StoredOrder, [outcome, details]: [Outcome, OutcomeDetails], ids: Ids, now: number) {
  const taken = { ...order, openedAt: now, startedAt: now }
  return withResult(taken, resultOf(taken, outcome, details, now), { id: ids.uuid(), remote_id: ids.uuid() }, now)
}
