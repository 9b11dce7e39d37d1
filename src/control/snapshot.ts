import type { Snapshot } from '../../schemas/control/snapshot'
import type { Deps, State } from '../deps'
import { checkedSnapshot } from './snapshot-check'

/** The parts of the sandbox that a snapshot replaces. */
export type SnapshotDeps = State & Pick<Deps, 'config'>

/**
 * Replaces the state of the snapshot's account, or of everything, with `snapshot`: a value, or the bytes of a JSON
 * text. Throws `wrongSnapshot` without changing anything. Loads run one after the other, since each may conflict with
 * the one before.
 */
export async function loadSnapshot(deps: SnapshotDeps, snapshot: unknown): Promise<void> {
  const before = lastLoads.get(deps.store) ?? Promise.resolve()
  const load = before.then(() => loadNow(deps, snapshot))
  lastLoads.set(
    deps.store,
    load.catch(() => undefined),
  )
  await load
}

/** Resolves once no snapshot is being loaded: a reset or an expiry during a load would miss what is loaded later. */
export async function untilLoaded({ store }: Pick<Deps, 'store'>): Promise<void> {
  for (let last; last !== lastLoads.get(store);) {
    last = lastLoads.get(store)
    await last
  }
}

const lastLoads = new WeakMap<Deps['store'], Promise<unknown>>()

async function loadNow(deps: SnapshotDeps, snapshot: unknown) {
  const { account, orders, webhooks, deliveries, faults } = await checkedSnapshot(deps, snapshot)
  const putOrders = await deps.store.prepare(orders)
  await reset(deps, account)
  // The same seed draws the same ids again, and some of them are in use now.
  deps.ids.setApartFrom(drawn(orders, webhooks))
  await putOrders()
  await deps.webhooks.import(account, webhooks)
  await deps.faults.import(faults)
  await deps.deliveries.import(deliveries)
  deps.changes.emit('reset', account)
}

function* drawn(orders: Snapshot['orders'], webhooks: Snapshot['webhooks']) {
  for (const { token, result } of orders) yield `${token} ${result ?? ''}`
  for (const { id } of webhooks) yield id
}

/** Resets an account, or with null everything, to its initial state, and notifies viewers. */
export async function reset(deps: Pick<State, 'reset' | 'changes'>, account: string | null): Promise<void> {
  await deps.reset(account)
  deps.changes.emit('reset', account)
}
