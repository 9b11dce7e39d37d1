import { type Snapshot, SnapshotSchema, snapshotVersion } from '../../schemas/control/snapshot'
import { scheduleExpiry } from '../assessments/expire-order'
import { isoTime } from '../clock'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { violationsOf } from './check'
import { reset } from './reset'

/** All that the sandbox, or one account of it, holds. The journal is no part of it: it tells what came, not what is. */
export async function takeSnapshot(deps: Deps, account: string | null): Promise<Snapshot> {
  const orders = []
  for await (const order of deps.store.orders(account)) orders.push(order)
  return {
    format: 'stackone-assessments-sandbox',
    version: snapshotVersion,
    takenAt: isoTime(deps.clock.now()),
    account,
    orders: orders.reverse(),
    webhooks: [...(await deps.webhooks.export(account))],
    deliveries: await deps.deliveries.export(account),
    faults: await deps.faults.export(account),
  }
}

/**
 * Puts what `snapshot` holds in the place of what there is: of its account, or of everything. Throws `wrongSnapshot`
 * with what is wrong, and then nothing has changed.
 */
export async function loadSnapshot(deps: Deps, snapshot: unknown): Promise<void> {
  const { account, orders, webhooks, deliveries, faults } = checked(deps, snapshot)
  await reset(deps, account)
  for (const order of orders) {
    await deps.store.addOrder(order)
    scheduleExpiry(deps, order)
  }
  await deps.webhooks.import(account, webhooks)
  await deps.faults.import(faults)
  await deps.deliveries.import(deliveries)
}

function checked({ config }: Deps, snapshot: unknown): Snapshot {
  const { format, version } = (snapshot ?? {}) as Partial<Snapshot>
  if (format !== 'stackone-assessments-sandbox') throw errors.wrongSnapshot('it is not a snapshot of this sandbox')
  if (version !== snapshotVersion) {
    throw errors.wrongSnapshot(`it has version ${String(version)}, and this sandbox reads ${String(snapshotVersion)}`)
  }
  const found = violationsOf(SnapshotSchema, snapshot)
  if (found.length > 0) throw errors.wrongSnapshot(found.join('; '))
  const valid = snapshot as Snapshot
  const problem = inconsistency(valid, config.maxOrders)
  if (problem !== null) throw errors.wrongSnapshot(problem)
  return valid
}

/** What no schema can tell; null when all is well. */
function inconsistency({ account, orders, webhooks, deliveries }: Snapshot, maxOrders: number): string | null {
  if (orders.length > maxOrders) return `it has ${String(orders.length)} orders, and ${String(maxOrders)} are the most`
  const ids = orders.map(({ accountId, id }) => JSON.stringify([accountId, id]))
  if (new Set(ids).size < ids.length) return 'two of its orders have the same id'
  for (const unique of ['token', 'remoteId'] as const) {
    if (new Set(orders.map((order) => order[unique])).size < orders.length)
      return `two of its orders have the same ${unique}`
  }
  const broken = orders.find(({ request, result }) => !isObject(request) || (result !== null && !isObject(result)))
  if (broken !== undefined) return `the request or the result of order ${broken.id} is no JSON object`
  const strangers = [...orders, ...deliveries, ...webhooks].filter(({ accountId }) => accountId !== account)
  if (account !== null && strangers.length > 0) return `not all that it holds is of the account ${account}`
  return null
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
