import type { LocalClock } from '../clock'
import type { MemoryDeliveries } from '../deliveries/memory/deliveries'
import type { Ids } from '../ids'
import type { MemoryRecords } from '../store/memory/account-records'
import type { MemoryAccounts } from '../store/memory/account-settings'
import type { MemoryFaults } from '../store/memory/faults'
import type { MemoryStore } from '../store/memory/orders'
import type { MemoryWebhooks } from '../store/memory/webhooks'

/** The parts of a state in memory that a file keeps. */
export interface KeptState {
  readonly clock: LocalClock
  readonly ids: Ids
  readonly store: MemoryStore
  readonly deliveries: MemoryDeliveries
  readonly webhooks: MemoryWebhooks
  readonly faults: MemoryFaults
  readonly accounts: MemoryAccounts
  readonly records: MemoryRecords
  /** The instant that invented data leads up to. */
  readonly since: () => number
  readonly restoreSince: (instant: number) => void
}
