import type { BackgroundCheckOrderRequest } from '../../schemas/background-checks/order'
import type { ControlOrder, OutcomeToSet } from '../../schemas/control/orders'
import type { OrderRequest } from '../../schemas/order'
import type { OrderKind } from '../../schemas/order-kinds'
import { asOrder, findOrder, testUrl } from '../assessments/find-order'
import { findPackage } from '../assessments/find-package'
import { type OrderToPlace, placeOrder } from '../assessments/place-order'
import { asResult } from '../assessments/read-result'
import { chooseOutcome } from '../assessments/take-assessment'
import { checkPackages } from '../background-checks/packages'
import { isoTime } from '../date-time'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { isFinished, type StoredOrder } from '../store/records'
import { untilSettled } from '../store/settings-changed'

/**
 * Creates an order as if a recruiter had clicked in the ATS. Parts missing from `given` get sample data; a package on
 * offer is completed by its id. The order's `test_url` starts with `origin`. Throws the same errors as `placeOrder`.
 */
export async function createOrder(
  deps: Parameters<typeof placeOrder>[0] & OfferDeps,
  {
    kind,
    accountId,
    given,
    origin,
    requestId,
  }: Omit<OrderToPlace, 'request' | 'requestText'> & { given: OrderRequest | BackgroundCheckOrderRequest },
): Promise<ControlOrder> {
  const packages = await onOffer[kind](deps, accountId)
  const usual = { package: { id: packages[0]?.id ?? null }, ...invented(deps, kind) }
  // Drops undefined values, as HTTP would.
  const request = { ...usual, ...(JSON.parse(JSON.stringify(given)) as OrderRequest) }
  if (request.package?.id != null) {
    const found = packageById(packages, request.package.id)
    request.package = { ...found, ...request.package, id: found.id }
  }
  const order = { kind, accountId, request, requestText: JSON.stringify(request), origin, requestId }
  return showOrder((await untilSettled(() => placeOrder(deps, order))).order)
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
      if (isFinished(order)) throw errors.testFinished(order.kind)
      return { ...order, state: 'cancelled' }
    },
    { events: ['cancelled'], requestId },
  )
  if (cancelled === null) throw errors.unknownOrder(id)
  return showOrder(cancelled)
}

type OfferDeps = Pick<Deps, 'catalogue' | 'records'>

/** A package of either kind. */
interface Offered {
  id: string
  updated_at?: string | null | undefined
}

/** The packages that an account can order. */
const onOffer: Readonly<
  Record<OrderKind, (deps: OfferDeps, accountId: string) => readonly Offered[] | Promise<readonly Offered[]>>
> = {
  assessment: ({ catalogue }) => catalogue,
  background_check: checkPackages,
}

const packageById = (packages: readonly Offered[], id: string): Omit<Offered, 'updated_at'> => {
  const { updated_at, ...found } = findPackage(packages, id) ?? { id }
  return found
}

const statuses = {
  assessment: { value: 'assessment', source_value: 'Assessment' },
  background_check: { value: 'background_check', source_value: 'Background check' },
} as const

/** A sample application, always the same except for its ids and its status. */
function invented({ ids }: Pick<Deps, 'ids'>, kind: OrderKind): OrderRequest {
  const made = (prefix: string) => ({ id: `${prefix}_${ids.token()}`, remote_id: `ats-${prefix}-${ids.token()}` })
  return {
    candidate: {
      ...made('cand'),
      first_name: 'Noa',
      last_name: 'Berglund',
      emails: [{ type: 'personal', value: 'noa.berglund@example.com' }],
      profile_url: 'https://ats.example.com/candidates/noa-berglund',
    },
    job: { ...made('job'), title: 'Back-end engineer', hiring_team: [] },
    application: { ...made('app'), application_status: statuses[kind] },
    requester: {
      user_id: 'usr_recruiter',
      first_name: 'Ilan',
      last_name: 'Okafor',
      email: 'ilan.okafor@example.com',
      role: 'Recruiter',
    },
  }
}

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
