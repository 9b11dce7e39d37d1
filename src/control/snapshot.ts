import type { Snapshot } from '../../schemas/control/snapshot'
import type { Deps, State } from '../deps'
import { checkedSnapshot } from './snapshot-check'

/** What a snapshot is loaded into. */
export type SnapshotDeps = State & Pick<Deps, 'config'>

/**
 * Puts what `snapshot` holds, a value or the bytes of a JSON text, in the place of what there is: of its account, or of
 * everything. Throws `wrongSnapshot` with what is wrong, and then nothing has changed. One after the other: what stands
 * against one may be in another.
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

/** Resolves when no snapshot is being loaded: a reset, or the expiry of an order, in the middle would miss what comes after it. */
export const untilLoaded = async ({ store }: Pick<Deps, 'store'>): Promise<unknown> => lastLoads.get(store)

const lastLoads = new WeakMap<Deps['store'], Promise<unknown>>()

async function loadNow(deps: SnapshotDeps, snapshot: unknown) {
  const { account, orders, webhooks, deliveries, faults } = await checkedSnapshot(deps, snapshot)
  const putOrders = await deps.store.prepare(orders)
  await reset(deps, account)
  // A seed gives the same identifiers again, and some of them are in use now.
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

/** Puts an account, or with null everything, back to how it was at the start, and tells who looks on. */
export async function reset(deps: Pick<State, 'reset' | 'changes'>, account: string | null): Promise<void> {
  await deps.reset(account)
  deps.changes.emit('reset', account)
}
