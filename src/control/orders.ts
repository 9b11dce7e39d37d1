import type { BackgroundCheckOrderRequest } from '../../schemas/background-checks/order'
import type { ControlOrder, OutcomeToSet } from '../../schemas/control/orders'
import type { OrderRequest } from '../../schemas/order'
import type { OrderKind } from '../../schemas/order-kinds'
import { hasRule } from '../accounts/providers'
import { asOrder, findOrder, testUrl } from '../assessments/find-order'
import { type OrderToPlace, placeOrder } from '../assessments/place-order'
import { asResult } from '../assessments/read-result'
import { chooseOutcome } from '../assessments/take-assessment'
import { orderParts } from '../ats/order-parts'
import { checkPackages } from '../background-checks/packages'
import { isoTime } from '../date-time'
import { type Deps, knownAccounts } from '../deps'
import { errors } from '../errors'
import { holdsPart } from '../pure/json'
import { choosePackage, type Offered, type OrderedPackage } from '../provider/choose-package'
import { isCancelled, isFinished, type StoredOrder } from '../store/records'
import { untilSettled } from '../store/settings-changed'

type CreateDeps = Parameters<typeof placeOrder>[0] &
  Parameters<typeof choosePackage>[0] &
  OfferDeps &
  Pick<Deps, 'ats' | 'accounts' | 'config'>

/**
 * Creates an order as if a recruiter had clicked in the ATS: about an application of the account's ATS, unless `given`
 * says otherwise. Parts that are given become records of that ATS. The order's `test_url` starts with `origin`. Throws
 * the same errors as `placeOrder`, `choosePackage` and a change of the ATS.
 */
export async function createOrder(
  deps: CreateDeps,
  {
    kind,
    accountId,
    given,
    chosen,
    origin,
    requestId,
  }: Omit<OrderToPlace, 'request' | 'requestText'> & {
    given: OrderRequest | BackgroundCheckOrderRequest
    /** The package, if it is chosen already; null: none. */
    chosen?: OrderedPackage | undefined
  },
): Promise<ControlOrder> {
  const { ats, ids, clock, store, config } = deps
  // Drops undefined values, as HTTP would.
  const asked = JSON.parse(JSON.stringify(given)) as OrderRequest
  const earlier = asked.id == null ? null : await store.findOrder(accountId, asked.id)
  if (earlier !== null && config.repeatedOrders !== 'new') {
    const mayRepeat = config.repeatedOrders === 'same'
    if (mayRepeat && earlier.kind === kind && isAsOrdered(asked, earlier)) return showOrder(earlier)
    throw errors.orderConflict(earlier.id, !mayRepeat)
  }
  // Before anything is kept for it.
  if ((await store.count(null)) >= config.maxOrders) throw errors.tooManyOrders(config.maxOrders)

  const hasHiringTeam = !hasRule(accountId, knownAccounts(deps), 'no hiring team')
  const about = { ats, ids, now: clock.now(), hasHiringTeam, status: statuses[kind] }
  const { parts, keep } = await orderParts(about, accountId, asked)
  const question = { accountId, jobId: parts.job?.id ?? null, requestId }
  const choose = async () =>
    choosePackage(deps, asked.package, { kind, question, usual: await onOffer[kind](deps, accountId) })
  const ordered = chosen === undefined ? await choose() : chosen
  const request = {
    ...asked,
    id: (earlier === null ? asked.id : null) ?? ids.uuid(),
    package: ordered,
    ...parts,
  }
  // Before webhooks hear of the order: they lead to these records.
  const applicationId = await keep()
  const order = { kind, accountId, request, requestText: JSON.stringify(request), origin, requestId }
  const placed = await untilSettled(() => placeOrder(deps, order))
  if (applicationId !== null) await ats.noteOrder(accountId, applicationId, placed.order.id)
  return showOrder(placed.order)
}

/** Whether `asked` has each part of an earlier order. Parts that are left out are drawn, and differ from order to order. */
function isAsOrdered(asked: OrderRequest, { request }: StoredOrder): boolean {
  const earlier = JSON.parse(request) as object
  return Object.keys(earlier).every((part) => part in asked) && holdsPart(earlier, asked)
}

/** Completes the test of an order, with `passed` by default. Throws `unknownOrder` and `testFinished`. */
export async function completeOrder(
  deps: Parameters<typeof chooseOutcome>[0],
  accountId: string,
  id: string,
  { result = 'passed', score, summary }: OutcomeToSet,
  requestId: string | null,
): Promise<ControlOrder> {
  const { token } = await findOrder(deps.store, accountId, id)
  const details = { ...(score !== undefined && { score: String(score) }), ...(summary !== undefined && { summary }) }
  await chooseOutcome(deps, token, result, details, requestId)
  return showOrder(await findOrder(deps.store, accountId, id))
}

/**
 * Cancels an order, as a recruiter would in the ATS: it can't be taken any more, and webhooks hear that it is deleted.
 * Assumed. Throws `unknownOrder` and `testFinished`.
 */
export async function cancelOrder(
  { store }: Pick<Deps, 'store'>,
  accountId: string,
  id: string,
  requestId: string | null,
): Promise<ControlOrder> {
  const found = await findOrder(store, accountId, id)
  const cancelled = await store.updateOrder(
    accountId,
    found.id,
    (order) => {
      if (isCancelled(order)) throw errors.orderCancelled(order.id)
      if (isFinished(order)) throw errors.testFinished(order.kind)
      return { ...order, state: 'cancelled' }
    },
    { events: ['cancelled'], requestId },
  )
  if (cancelled === null) throw errors.unknownOrder(id)
  return showOrder(cancelled)
}

type OfferDeps = Pick<Deps, 'catalogue' | 'records'>

/** The packages that an account can order where no packages endpoint is asked. */
export const onOffer: Readonly<
  Record<OrderKind, (deps: OfferDeps, accountId: string) => readonly Offered[] | Promise<readonly Offered[]>>
> = {
  assessment: ({ catalogue }) => catalogue,
  background_check: checkPackages,
}

const statuses = {
  assessment: { value: 'assessment', source_value: 'Assessment' },
  background_check: { value: 'background_check', source_value: 'Background check' },
} as const

const timeOrNull = (instant: number | null) => (instant === null ? null : isoTime(instant))

/** `order` as the control API shows it. */
export const showOrder = (order: StoredOrder): ControlOrder => ({
  kind: order.kind,
  id: order.id,
  remoteId: order.remoteId,
  account: order.accountId,
  testUrl: testUrl(order),
  state: order.state,
  orderedAt: isoTime(order.orderedAt),
  openedAt: timeOrNull(order.openedAt),
  startedAt: timeOrNull(order.startedAt),
  resultAt: timeOrNull(order.resultAt),
  order: asOrder(order),
  result: order.result === null ? null : asResult(order.request, order.result),
})
