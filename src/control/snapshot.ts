import { snapshotVersion } from '../../schemas/control/snapshot'
import { isoTime } from '../clock'
import type { Deps } from '../deps'
import { untilSettled } from '../store/settings-changed'
import type { WholeSnapshot } from './left-out'
import { reset } from './reset'
import { checkedSnapshot } from './snapshot-check'

/**
 * All that the sandbox, or one account of it, holds. The journal is no part of it: it tells what came, not what is. Of
 * what changes meanwhile in a shared store it may have the one part and not the other, but it can be loaded.
 */
export async function takeSnapshot(deps: Deps, account: string | null): Promise<WholeSnapshot> {
  // Before the orders: a delivery is never there without its order, unless that is taken away.
  const deliveries = await deps.deliveries.export(account)
  const orders = []
  for await (const order of deps.store.orders(account)) orders.push(order)
  const remoteIds = new Set(orders.map(({ remoteId }) => remoteId))
  return {
    format: 'stackone-assessments-sandbox',
    version: snapshotVersion,
    takenAt: isoTime(deps.clock.now()),
    account,
    orders: orders.reverse(),
    webhooks: [...(await deps.webhooks.export(account))],
    deliveries: deliveries.filter(({ remoteId }) => remoteIds.has(remoteId)),
    faults: await deps.faults.export(account),
  }
}

/**
 * Puts what `snapshot` holds in the place of what there is: of its account, or of everything. Throws `wrongSnapshot`
 * with what is wrong, and then nothing has changed.
 */
export async function loadSnapshot(deps: Deps, snapshot: unknown): Promise<void> {
  const { account, orders, webhooks, deliveries, faults } = await checkedSnapshot(deps, snapshot)
  await reset(deps, account)
  // A seed gives the same identifiers again, and some of them are in use now.
  deps.ids.setApartFrom([
    ...orders.map(({ token, result }) => `${token} ${result ?? ''}`),
    ...webhooks.map(({ id }) => id),
  ])
  for (const order of orders) {
    await untilSettled(() => deps.store.addOrder(order))
    deps.expiries.schedule(order)
  }
  await deps.webhooks.import(account, webhooks)
  await deps.faults.import(faults)
  await deps.deliveries.import(deliveries)
  deps.changes.emit('reset', account)
}
