import type { Logger } from 'pino'
import type { ControlledClock } from '../clock'
import type { Changes } from '../store/changes'
import type { Attempt, Delivery, DeliveryStatus, StoredOrder } from '../store/records'
import type { Webhooks } from '../store/webhooks'
import type { AttemptDeps } from './attempt'

/** Finished deliveries that are kept to be looked at; pending ones are always kept. */
export const mostFinished = 10_000

/** Sends events and results outward. Nobody waits for a delivery: what returns has only been queued. */
export interface Deliveries {
  /** Tells the account's webhooks of an order, which the request `requestId` placed. */
  orderCreated(order: StoredOrder, requestId: string | null): Promise<void>
  /** Tells the account's webhooks, and the order's `results_update_url`, of what is known of its result. */
  resultRecorded(order: StoredOrder, requestId: string | null): Promise<void>
  /** Those of an account, or with null all, newest first. */
  list(accountId: string | null): AsyncIterable<Delivery>
  /** How many finished ones are no longer kept. */
  dropped(): Promise<number>
  /** How many are kept in each state. */
  tally(): Promise<Record<DeliveryStatus, number>>
  /** Sends a delivery once more, now, with another five attempts. Throws `unknownDelivery`. */
  replay(id: string): Promise<Delivery>
  /** Breaks off what is under way, and forgets the deliveries of an account, or with null all. */
  reset(accountId: string | null): Promise<void>
  /** Those of an account, or with null all, oldest first. */
  export(accountId: string | null): AsyncIterable<ExportedDelivery>
  /** Goes on with deliveries that were exported. */
  import(deliveries: readonly ExportedDelivery[]): Promise<void>
}

/** Without the request that caused it, which says nothing to another sandbox. */
export interface ExportedDelivery extends Omit<Delivery, 'attempts' | 'requestId'> {
  attempts: Attempt[]
  /** Attempts of earlier rounds, before a replay. */
  earlier: number
}

/** Attempts of earlier rounds that are still told when a delivery is replayed: that may be done without end. */
export const mostAttempts = 50

export interface DeliveriesDeps extends AttemptDeps {
  clock: ControlledClock
  webhooks: Webhooks
  logger: Logger
  changes: Changes
  /** HTTP method of a results callback. */
  callbackMethod: string
}
