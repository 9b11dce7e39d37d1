import type { TSchema } from '@sinclair/typebox'
import type { Snapshot } from '../../schemas/control/snapshot'
import { orderBodies } from '../../schemas/order-bodies'
import { ResultSchema } from '../../schemas/result'
import { breatheInTime } from '../breathe'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { isDeeperThan, isObject, maxDepth, parsedJson } from '../pure/json'
import { mostFaults } from '../store/faults'
import { bytesOf, deliveryId } from '../store/records'
import { mostWebhooks } from '../store/webhooks'
import { violationsOf } from '../validation/check'
import { isText, noText } from '../validation/text'
import { contradictionIn } from './faults'
import { withItsSecrets, type WholeSnapshot } from './left-out'
import { readSnapshot } from './read-snapshot'
import { wrongReceiver } from './snapshot-receivers'
import { wrongRecord } from './snapshot-records'

type CheckDeps = Pick<Deps, 'store' | 'webhooks' | 'deliveries' | 'config' | 'accounts' | 'records'>

/** The snapshot in `given`, with its omitted secrets restored. Throws `wrongSnapshot` if it cannot be loaded. */
export async function checkedSnapshot(deps: CheckDeps, given: unknown): Promise<WholeSnapshot> {
  const snapshot = await readSnapshot(given)
  const problem =
    (await inconsistency(snapshot)) ??
    (await wrongReceiver(snapshot)) ??
    (await wrongRecord(snapshot)) ??
    (await conflict(deps, snapshot))
  if (problem !== null) throw errors.wrongSnapshot(problem)
  const whole = await withItsSecrets(deps, snapshot)
  if (typeof whole === 'string') throw errors.wrongSnapshot(whole)
  return whole
}

/** The first problem that a schema cannot detect; null if there is none. */
async function inconsistency({ account, orders, webhooks, deliveries, faults }: Snapshot): Promise<string | null> {
  if (await hasRepeats(orders, ({ accountId, id }) => JSON.stringify([accountId, id]))) {
    return 'two of its orders have the same id'
  }
  for (const unique of ['token', 'remoteId'] as const) {
    if (await hasRepeats(orders, (order) => order[unique])) return `two of its orders have the same ${unique}`
  }
  const unreadable = orders.find(
    ({ accountId, id, token, remoteId }) => !isText([accountId, id, token, remoteId].join(' ')),
  )
  if (unreadable !== undefined) return `the ids of order ${JSON.stringify(unreadable.id)} ${noText}`
  if (await hasRepeats(webhooks, ({ id }) => id)) return 'two of its webhooks have the same id'
  if (await hasRepeats(deliveries, deliveryId)) return 'two of its deliveries have the same number'
  const byRemoteId = new Map<string, (typeof orders)[number]>()
  for (const order of orders) {
    await breatheInTime()
    const { kind = 'assessment', id, request, result } = order
    const problem = whyUnreadable(orderBodies[kind], request)
    if (problem !== null) return `the request of order ${id} is invalid: ${problem}`
    const inResult = result === null ? null : whyUnreadable(ResultSchema, result)
    if (inResult !== null) return `the result of order ${id} is invalid: ${inResult}`
    byRemoteId.set(order.remoteId, order)
  }
  for (const [i, { result, remoteId, accountId, orderId, payload = null }] of deliveries.entries()) {
    await breatheInTime()
    const path = `body/deliveries/${String(i)}`
    if ((orderId === null) !== (payload !== null)) return `${path} has neither an order nor a payload, or both`
    if (payload !== null) {
      if (!isObject(parsedJson(payload))) return `the payload in ${path} is not a JSON object`
      if (byRemoteId.has(remoteId)) return `${path} has a payload, but the remoteId of an order`
      continue
    }
    const problem = result === null ? null : whyUnreadable(ResultSchema, result)
    if (problem !== null) return `the result of a delivery about order ${String(orderId)} is invalid: ${problem}`
    const order = byRemoteId.get(remoteId)
    if (order?.accountId !== accountId || order.id !== orderId)
      return `it has a delivery about order ${String(orderId)}, but not that order`
  }
  for (const [i, { fault }] of faults.entries()) {
    const problem = contradictionIn(fault, `body/faults/${String(i)}/fault`)
    if (problem !== null) return problem
  }
  for (const part of [orders, deliveries, webhooks, faults])
    for (const { accountId } of part) {
      await breatheInTime()
      if (account !== null && accountId !== account)
        return `some of its entries do not belong to the account ${account}`
    }
  return tooMany('webhooks', webhooks, mostWebhooks) ?? tooMany('faults', faults, mostFaults)
}

/** Why the JSON text of a body could not be shown or sent, although it was accepted once; null if it can. */
function whyUnreadable(schema: TSchema, text: string): string | null {
  const value = parsedJson(text)
  const [problem] = violationsOf(schema, value)
  return problem ?? (isDeeperThan(maxDepth, value) ? `body is nested deeper than ${String(maxDepth)} levels` : null)
}

function tooMany(
  what: string,
  all: readonly { accountId: string | null }[],
  { ofAccount, inAll }: typeof mostFaults,
): string | null {
  const counts = new Map<string | null, number>()
  for (const { accountId } of all) counts.set(accountId, (counts.get(accountId) ?? 0) + 1)
  if (all.length <= inAll && Math.max(0, ...counts.values()) <= ofAccount) return null
  return `it has over ${String(ofAccount)} ${what} for an account, or over ${String(inAll)} in total`
}

/** Why the snapshot conflicts with the data of other accounts, or with the limits; null if it does not. */
async function conflict({ store, webhooks, config }: CheckDeps, snapshot: Snapshot): Promise<string | null> {
  const { account, orders } = snapshot
  const ids = new Set([
    ...orders.flatMap(({ token, remoteId }) => [token, remoteId]),
    ...snapshot.webhooks.map(({ id }) => id),
  ])
  let count = orders.length
  let bytes = orders.reduce((sum, order) => sum + bytesOf(order), 0)
  if (account !== null) {
    for await (const order of store.orders(null)) {
      await breatheInTime()
      const { accountId, id, token, remoteId } = order
      if (accountId === account) continue
      count++
      bytes += bytesOf(order)
      if (ids.has(token) || ids.has(remoteId))
        return `order ${id} of the account ${accountId} has the token of one of its orders`
    }
    const others = (await webhooks.export(null)).filter(({ accountId }) => accountId !== account)
    if (others.some(({ id }) => ids.has(id))) return 'a webhook outside its account has the id of one of its webhooks'
  }
  if (bytes > config.maxOrderBytes) {
    const most = `the maximum is ${String(config.maxOrderBytes)}`
    return `the orders would take ${String(bytes)} bytes, and ${most}: raise SANDBOX_MAX_ORDER_BYTES`
  }
  if (count <= config.maxOrders) return null
  return `there would be ${String(count)} orders, and the maximum is ${String(config.maxOrders)}: raise SANDBOX_MAX_ORDERS`
}

async function hasRepeats<T>(all: readonly T[], key: (one: T) => string): Promise<boolean> {
  const seen = new Set<string>()
  for (const one of all) {
    await breatheInTime()
    seen.add(key(one))
  }
  return seen.size < all.length
}
