import type { Logger } from 'pino'
import type { ControlledClock } from '../clock'
import type { Changes } from '../store/changes'
import type { Attempt, Delivery, DeliveryStatus } from '../store/records'
import type { Webhooks } from '../store/webhooks'
import type { AttemptDeps } from './attempt'

/** Finished deliveries that are kept to be looked at; pending ones are always kept. */
export const mostFinished = 10_000

/** What was sent outward, or is being sent. What begins a delivery is the store, with what happened to an order. */
export interface Deliveries {
  /** Those of an account, or with null all, newest first. */
  list(accountId: string | null): AsyncIterable<Delivery>
  /** How many finished ones are no longer kept. */
  dropped(): Promise<number>
  /** How many are kept in each state. */
  tally(): Promise<Record<DeliveryStatus, number>>
  /** Sends a delivery once more, now, with another five attempts. Throws `unknownDelivery`. */
  replay(id: string): Promise<Delivery>
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
}
