import type { Demo } from '../../schemas/control/orders'
import type { OrderKind } from '../../schemas/order-kinds'
import type { Outcome } from '../../schemas/test-form'
import { findOrder } from '../assessments/find-order'
import { type OutcomeDetails } from '../assessments/outcomes'
import { chooseOutcome, openTest, startTest } from '../assessments/take-assessment'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { offeredPackages } from '../provider/choose-package'
import { cancelOrder, createOrder, onOffer } from './orders'

/** How far the tests are, one after the other. Most real ones are over. */
const progress = [
  'passed',
  'failed',
  'ordered',
  'passed',
  'started',
  'completed',
  'opened',
  'passed',
  'expired',
  'failed',
  'withdrawn',
  'cancelled',
] as const satisfies readonly (Outcome | 'ordered' | 'opened' | 'started' | 'withdrawn')[]

const rounds = 5
const count = rounds * progress.length

/**
 * Orders sixty tests of an account's candidates, every sixth a background check, and brings each as far as its turn in
 * `progress` says. Webhooks hear of them as of any others, and a packages endpoint is asked once. Throws
 * `tooManyOrders` before the first if not all fit, and as `createOrder`.
 */
export async function createDemo(
  deps: Deps,
  { accountId, origin, requestId }: { accountId: string; origin: string; requestId: string | null },
): Promise<Demo> {
  const { ats, config, store } = deps
  if ((await store.count(null)) + count > config.maxOrders) throw errors.tooManyOrders(config.maxOrders)
  const applications = await ats.all(accountId, 'applications')
  const offered = await eachKind(async (kind) => {
    const question = { accountId, jobId: null, requestId }
    return offeredPackages(deps, { kind, question, usual: await onOffer[kind](deps, accountId) })
  })
  for (const [i, to] of Array.from({ length: rounds }, () => progress)
    .flat()
    .entries()) {
    const kind = i % 6 === 5 ? 'background_check' : 'assessment'
    const application = applications[i % applications.length]
    const chosen = offered[kind][i % offered[kind].length]
    const given = application === undefined ? {} : { application: { id: application.id } }
    const order = await createOrder(deps, { kind, accountId, given, chosen, origin, requestId })
    await bring(order.id, to, i)
  }
  return { created: count }

  async function bring(id: string, to: (typeof progress)[number], i: number): Promise<void> {
    const { token } = await findOrder(store, accountId, id)
    if (to === 'ordered') return
    if (to === 'withdrawn') return void (await cancelOrder(deps, accountId, id, requestId))
    await openTest(deps, token)
    if (to === 'opened') return
    await startTest(deps, token)
    if (to !== 'started') await chooseOutcome(deps, token, to, detailsOf(to, i), requestId)
  }
}

const eachKind = async <T>(of: (kind: OrderKind) => Promise<T>): Promise<Record<OrderKind, T>> => ({
  assessment: await of('assessment'),
  background_check: await of('background_check'),
})

/** A score that fits the outcome. */
function detailsOf(outcome: Outcome, i: number): OutcomeDetails {
  if (outcome === 'passed') return { score: String(60 + ((i * 7) % 41)), summary: 'Clear and correct' }
  if (outcome === 'failed') return { score: String(15 + ((i * 11) % 44)), summary: 'Stopped at the third question' }
  return {}
}
