import { type Snapshot, snapshotVersion } from '../../schemas/control/snapshot'
import { breatheInTime } from '../breathe'
import { isoTime } from '../date-time'
import type { Deps } from '../deps'
import { openDelivery, openWebhook } from './left-out'
import { openAccount } from './left-out-endpoints'

/** The parts of the sandbox that a snapshot contains. */
export type HeldParts = 'clock' | 'store' | 'webhooks' | 'deliveries' | 'faults' | 'records' | 'accounts' | 'ats'

/**
 * The state of the sandbox, or of one account. It excludes the journal, which is history. It may contain only some of
 * the concurrent changes, but it always loads. With `isOpen` anyone may read it: secrets are left out and marked as
 * such.
 */
export async function takeSnapshot(
  deps: Pick<Deps, HeldParts>,
  account: string | null,
  isOpen = false,
): Promise<Snapshot> {
  const { lists, ...head } = await partsOf(deps, account, isOpen)
  return {
    ...head,
    orders: await allOf(lists.orders),
    webhooks: await allOf(lists.webhooks),
    deliveries: await allOf(lists.deliveries),
    faults: await allOf(lists.faults),
    records: await allOf(lists.records),
    accounts: await allOf(lists.accounts),
  }
}

/** The same as JSON text, in chunks: all orders together may exceed the maximum length of a string. */
export async function snapshotText(
  deps: Pick<Deps, HeldParts>,
  account: string | null,
  isOpen = false,
): Promise<AsyncIterable<string>> {
  const { lists, ...head } = await partsOf(deps, account, isOpen)
  return inChunks(textOf(head, lists))
}

async function partsOf(
  { clock, store, webhooks, deliveries, faults, records, accounts, ats }: Pick<Deps, HeldParts>,
  account: string | null,
  isOpen: boolean,
) {
  // Read first, so that an unavailable store is reported before anything is written.
  const [hooks, keptFaults, settings, basis] = await Promise.all([
    webhooks.export(account),
    faults.export(account),
    accounts.export(account),
    ats.basis(account ?? ''),
  ])
  const remoteIds = new Set<string>()

  async function* orders() {
    for await (const order of store.orders(account, 'oldest')) {
      remoteIds.add(order.remoteId)
      yield order
    }
  }
  /** Runs after the orders, and only yields deliveries about those, and those about no order. */
  async function* ofThoseOrders() {
    for await (const delivery of deliveries.export(account))
      if (delivery.orderId === null || remoteIds.has(delivery.remoteId))
        yield isOpen ? openDelivery(delivery) : delivery
  }
  /** Without the basis that the head has. */
  async function* keptRecords() {
    for await (const record of records.export(account))
      if (record.kind !== 'ats_basis' || (account === null && record.accountId !== '')) yield record
  }
  return {
    format: 'stackone-assessments-sandbox' as const,
    version: snapshotVersion,
    takenAt: isoTime(clock.now()),
    account,
    ats: basis,
    lists: {
      orders: orders(),
      webhooks: isOpen ? hooks.map(openWebhook) : hooks,
      deliveries: ofThoseOrders(),
      faults: keptFaults,
      records: keptRecords(),
      accounts: isOpen ? settings.map(openAccount) : settings,
    },
  }
}

async function allOf<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) {
    await breatheInTime()
    all.push(item)
  }
  return all
}

async function* textOf(head: object, lists: Record<string, AsyncIterable<object> | Iterable<object>>) {
  yield JSON.stringify(head).slice(0, -1)
  for (const [name, items] of Object.entries(lists)) {
    yield `,${JSON.stringify(name)}:[`
    let between = ''
    for await (const item of items) {
      await breatheInTime()
      yield between + JSON.stringify(item)
      between = ','
    }
    yield ']'
  }
  yield '}'
}

/** Characters per chunk. */
const chunk = 64 * 1024

async function* inChunks(texts: AsyncIterable<string>) {
  let text = ''
  for await (const part of texts) {
    text += part
    if (text.length < chunk) continue
    yield text
    text = ''
  }
  yield text
}
