import { type AtsBasis, saltOf } from '../ats/base'
import type { Deps, State } from '../deps'
import { idsDrawnFor } from '../store/drawn-ids'
import { wholeDelivery, wholeOrder, wholeWebhook } from '../store/older'
import { checkedSnapshot } from './snapshot-check'

/** The parts of the sandbox that a snapshot replaces. */
export type SnapshotDeps = State & Pick<Deps, 'config'>

/**
 * Replaces the state of the snapshot's account, or of everything, with `snapshot`: a value, or the bytes of a JSON
 * text. Throws `wrongSnapshot` without changing anything. Loads run one after the other, since each may conflict with
 * the one before.
 */
export const loadSnapshot = (deps: SnapshotDeps, snapshot: unknown): Promise<void> =>
  betweenLoads(deps, () => loadNow(deps, snapshot))

/** Calls `work` once the snapshots that are being loaded are, and before later ones: it would see half of one. */
export function betweenLoads<T>({ store }: Pick<Deps, 'store'>, work: () => T | Promise<T>): Promise<T> {
  const turn = (lastTurns.get(store) ?? Promise.resolve()).then(work)
  lastTurns.set(
    store,
    turn.catch(() => undefined),
  )
  return turn
}

/** Resolves once no snapshot is being loaded: a reset or an expiry during a load would miss what is loaded later. */
export const untilLoaded = async ({ store }: Pick<Deps, 'store'>): Promise<unknown> => lastTurns.get(store)

const lastTurns = new WeakMap<Deps['store'], Promise<unknown>>()

async function loadNow(deps: SnapshotDeps, snapshot: unknown) {
  const whole = await checkedSnapshot(deps, snapshot)
  const { account, orders: older, webhooks: olderWebhooks, deliveries, faults, records, accounts, ats } = whole
  const orders = older.map(wholeOrder)
  const webhooks = olderWebhooks.map(wholeWebhook)
  const putOrders = await deps.store.prepare(orders)
  await reset(deps, account)
  // The same seed draws the same ids again, and some of them are in use now.
  deps.ids.setApartFrom(idsDrawnFor(orders, webhooks))
  await putOrders()
  await deps.webhooks.import(account, webhooks)
  if (ats !== undefined && !isOwnBasis(deps, ats)) records.push(basisRecord(account, ats))
  await deps.records.import(records)
  await deps.accounts.import(accounts)
  await deps.faults.import(faults)
  await deps.deliveries.import(deliveries.map(wholeDelivery))
  deps.changes.emit('reset', account)
}

/** Whether the ATS of this sandbox is invented from the same. */
const isOwnBasis = ({ config, since }: SnapshotDeps, ats: AtsBasis) =>
  ats.salt === saltOf(config.seed) && ats.since === since()

const basisRecord = (account: string | null, ats: AtsBasis) => ({
  accountId: account ?? '',
  kind: 'ats_basis' as const,
  id: '',
  value: JSON.stringify(ats),
})

/** Resets an account, or with null everything, to its initial state, and notifies viewers. */
export async function reset(deps: Pick<State, 'reset' | 'changes'>, account: string | null): Promise<void> {
  await deps.reset(account)
  deps.changes.emit('reset', account)
}
