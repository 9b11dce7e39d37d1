import { type LiveOrder, mostLive } from '../../schemas/control/live'
import type { OrderRequest } from '../../schemas/order'
import { isoTime } from '../date-time'
import type { Deps } from '../deps'
import { orderSummary } from '../pure/order-summary'
import type { Delivery, Recorded, StoredOrder } from '../store/records'
import type { Account } from './control'
import { showDelivery } from './deliveries'
import { isPageLoad } from './page-load'
import { showInList } from './requests'
import { showWebhook } from './webhooks'

/** Maximum accounts in a message: the latest ones. */
const mostAccounts = 100

/** What viewers are shown: the newest of everything, or what changed. */
export interface Shown {
  orders: readonly StoredOrder[]
  requests: readonly Recorded[]
  deliveries: readonly Delivery[]
}

/** The newest of everything. */
export async function allOf(
  { store, journal, deliveries }: Pick<Deps, 'store' | 'journal' | 'deliveries'>,
  account: Account,
): Promise<Shown> {
  const orders = await firstOf(store.orders(account))
  const [requests, sent] = await Promise.all([journal.list(account), firstOf(deliveries.list(account))])
  return { orders, requests: requests.slice(0, mostLive), deliveries: sent }
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const first: T[] = []
  for await (const item of items) if (first.push(item) === mostLive) break
  return first
}

/** In the form of `Live`. */
export const shown = ({ orders, requests, deliveries }: Shown, isOpen: boolean) => ({
  orders: orders.map(showOrder),
  requests: requests.map((each) => ({ ...showInList(each), isPageLoad: isPageLoad(each) })),
  deliveries: deliveries.map((each) => showDelivery(each, isOpen)),
})

/** What every message contains: settings and totals. */
export async function settingsOf(
  {
    store,
    journal,
    deliveries,
    faults,
    webhooks,
    clock,
    access,
    whyNotReady,
  }: Pick<Deps, 'store' | 'journal' | 'deliveries' | 'faults' | 'webhooks' | 'clock' | 'access' | 'whyNotReady'>,
  account: Account,
) {
  const [listed, hooks, accounts, orderCount, droppedRequests, droppedDeliveries, problem] = await Promise.all([
    faults.list(account),
    webhooks.list(account ?? undefined),
    store.accounts(mostAccounts),
    store.count(account),
    journal.dropped(),
    deliveries.dropped(),
    whyNotReady(),
  ])
  return {
    faults: listed,
    webhooks: hooks.map((each) => showWebhook(each, access.isOpen)),
    clock: { now: isoTime(clock.now()), isFrozen: clock.isFrozen },
    accounts,
    orderCount,
    droppedRequests,
    droppedDeliveries,
    problem,
  }
}

function showOrder(order: StoredOrder): LiveOrder {
  return {
    id: order.id,
    account: order.accountId,
    state: order.state,
    orderedAt: isoTime(order.orderedAt),
    resultAt: order.resultAt === null ? null : isoTime(order.resultAt),
    ...orderSummary(JSON.parse(order.request) as OrderRequest),
  }
}
