import { OrderRequestSchema } from '../../schemas/order'
import { type Snapshot, SnapshotSchema, snapshotVersion } from '../../schemas/control/snapshot'
import { deliveryId } from '../callbacks/delivery'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { violationsOf } from './check'
import { withItsSecrets, type WholeSnapshot } from './left-out'
import { wrongReceiver } from './snapshot-receivers'

/** `snapshot` with what was left out of it, if it can be loaded. Throws `wrongSnapshot` with the reason if not. */
export async function checkedSnapshot(deps: Deps, snapshot: unknown): Promise<WholeSnapshot> {
  const { format, version } = (snapshot ?? {}) as Partial<Snapshot>
  if (format !== 'stackone-assessments-sandbox') throw errors.wrongSnapshot('it is not a snapshot of this sandbox')
  if (version !== snapshotVersion) {
    throw errors.wrongSnapshot(`it has version ${String(version)}, and this sandbox reads ${String(snapshotVersion)}`)
  }
  const found = violationsOf(SnapshotSchema, snapshot)
  if (found.length > 0) throw errors.wrongSnapshot(found.join('; '))
  const valid = snapshot as Snapshot
  const problem = inconsistency(valid) ?? wrongReceiver(valid) ?? (await conflict(deps, valid))
  if (problem !== null) throw errors.wrongSnapshot(problem)
  const whole = await withItsSecrets(deps, valid)
  if (typeof whole === 'string') throw errors.wrongSnapshot(whole)
  return whole
}

/** What no schema can tell; null when all is well. */
function inconsistency({ account, orders, webhooks, deliveries, faults }: Snapshot): string | null {
  if (hasRepeats(orders, ({ accountId, id }) => JSON.stringify([accountId, id]))) {
    return 'two of its orders have the same id'
  }
  for (const unique of ['token', 'remoteId'] as const) {
    if (hasRepeats(orders, (order) => order[unique])) return `two of its orders have the same ${unique}`
  }
  if (hasRepeats(webhooks, ({ id }) => id)) return 'two of its webhooks have the same id'
  if (hasRepeats(deliveries, deliveryId)) return 'two of its deliveries have the same number'
  for (const { id, request, result } of orders) {
    const [problem] = violationsOf(OrderRequestSchema, valueOf(request))
    if (problem !== undefined) return `the request of order ${id} is none: ${problem}`
    if (result !== null && !isObject(valueOf(result))) return `the result of order ${id} is no JSON object`
  }
  for (const { result, orderId } of deliveries) {
    if (result !== null && !isObject(valueOf(result)))
      return `a delivery about order ${orderId} has no JSON object as result`
  }
  const byRemoteId = new Map(orders.map((order) => [order.remoteId, order]))
  const lost = deliveries.find(({ remoteId, accountId, orderId }) => {
    const order = byRemoteId.get(remoteId)
    return order?.accountId !== accountId || order.id !== orderId
  })
  if (lost !== undefined) return `it has a delivery about order ${lost.orderId}, but not that order`
  const strangers = [...orders, ...deliveries, ...webhooks, ...faults].filter(({ accountId }) => accountId !== account)
  if (account !== null && strangers.length > 0) return `not all that it holds is of the account ${account}`
  return null
}

/** What stands against adding it to what other accounts have; null when nothing does. */
async function conflict({ store, webhooks, config }: Deps, snapshot: Snapshot): Promise<string | null> {
  const { account, orders } = snapshot
  const ids = new Set([
    ...orders.flatMap(({ token, remoteId }) => [token, remoteId]),
    ...snapshot.webhooks.map(({ id }) => id),
  ])
  let count = orders.length
  if (account !== null) {
    for await (const { accountId, id, token, remoteId } of store.orders(null)) {
      if (accountId === account) continue
      count++
      if (ids.has(token) || ids.has(remoteId))
        return `order ${id} of the account ${accountId} has the token of one of its orders`
    }
    const others = (await webhooks.export(null)).filter(({ accountId }) => accountId !== account)
    if (others.some(({ id }) => ids.has(id)))
      return 'a webhook that is not of its account has the id of one of its webhooks'
  }
  if (count <= config.maxOrders) return null
  return `there would be ${String(count)} orders, and ${String(config.maxOrders)} are the most: raise SANDBOX_MAX_ORDERS`
}

const hasRepeats = <T>(all: readonly T[], key: (one: T) => string) => new Set(all.map(key)).size < all.length

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What `json` stands for; undefined when it is none. */
function valueOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
