import { announce } from '../assessments/announce'
import { deliveryBody } from '../assessments/delivery-body'
import { expireOrder } from '../assessments/expire-order'
import { breatheInTime } from '../breathe'
import { createClock, type LocalClock } from '../clock'
import type { Config } from '../config'
import { untilLoaded } from '../control/snapshot'
import { memoryDeliveries } from '../deliveries/memory/deliveries'
import { outgoing } from '../deliveries/outgoing'
import type { State, StateDeps } from '../deps'
import { type Ids, randomIds, seededIds } from '../ids'
import type { Changes } from '../store/changes'
import type { KeptState } from '../state-file/kept-state'
import { memoryRecords } from '../store/memory/account-records'
import { memoryAccounts } from '../store/memory/account-settings'
import { localChanges } from '../store/memory/changes'
import { memoryExpiries } from '../store/memory/expiries'
import { memoryFaults } from '../store/memory/faults'
import { memoryJournal } from '../store/memory/journal'
import { memoryStore } from '../store/memory/orders'
import { memoryRateLimits } from '../store/memory/rate-limits'
import { memoryWebhooks } from '../store/memory/webhooks'
import { type Happening, isFinished } from '../store/records'

/** The parts that tests may replace, and that others are built with. */
export interface MemoryParts {
  clock?: LocalClock
  changes?: Changes
  ids?: Ids
}

/** The state of a sandbox in the memory of this process. It ends with the process, unless a file keeps it. */
export function memoryState(
  config: Config,
  { logger, metrics, resolve, timeout }: StateDeps,
  {
    clock = createClock(config.clock),
    changes = localChanges(),
    ids = config.seed === null ? randomIds : seededIds(config.seed),
  }: MemoryParts = {},
): State & KeptState & { limitRestored: () => Promise<void> } {
  const webhooks = memoryWebhooks(ids, config.webhooks)
  const store = memoryStore(config.maxOrders, changes, config.maxOrderBytes, {
    send: (order, news) => {
      const { callbackMethod } = config
      deliveries.begin(outgoing(order, news, { webhooks: webhooks.current(), callbackMethod, at: clock.now() }))
    },
    limit: (order) => {
      expiries.schedule(order)
    },
  })
  const expiries = memoryExpiries(clock, config.expireAfter, {
    loaded: () => untilLoaded({ store }),
    expire: (token) => expireOrder({ clock, store, ids }, token),
  })
  const deliveries = memoryDeliveries({
    clock,
    webhooks,
    logger,
    changes,
    resolve,
    timeout,
    targets: config.callbackTargets,
    body: (delivery) => deliveryBody(store, delivery),
    tried: (verdict) => metrics?.attempt(verdict),
  })
  const send = (news: Happening) => {
    deliveries.begin(announce(news, { webhooks: webhooks.current(), at: clock.now() }))
  }
  const records = memoryRecords(send)
  const accounts = memoryAccounts(send)
  let since = clock.now()
  const faults = memoryFaults()
  const journal = memoryJournal(config.journalSize, changes)
  const rateLimits = memoryRateLimits()
  let token: string | undefined
  return {
    /** Starts the time limits of restored orders. */
    async limitRestored() {
      if (config.expireAfter === null) return
      for (const order of store.each()) {
        await breatheInTime()
        if (!isFinished(order)) expiries.schedule(order)
      }
    },
    clock,
    ids,
    store,
    webhooks,
    deliveries,
    journal,
    faults,
    rateLimits,
    changes,
    accounts,
    records,
    since: () => since,
    restoreSince(instant) {
      since = instant
    },
    async reset(accountId) {
      // Cancels what is scheduled first, so that none of it runs on the new state.
      expiries.reset(accountId)
      if (accountId === null) {
        rateLimits.reset()
        clock.reset()
        // Before the webhooks, which get new ids.
        ids.reset()
      }
      for (const part of [deliveries, faults, journal, webhooks, accounts, records, store]) part.reset(accountId)
    },
    agreeOnToken: async (made) => (token ??= made),
    whyNotReady: async () => null,
    async close() {
      expiries.reset(null)
      deliveries.reset(null)
    },
  }
}
