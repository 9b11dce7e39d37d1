import type { Logger } from 'pino'
import type { ControlledClock } from '../clock'
import type { Changes } from '../store/changes'
import type { Attempt, Delivery, DeliveryStatus, Exchange } from '../store/records'
import type { Webhooks } from '../store/webhooks'
import type { AttemptDeps, AttemptResult } from './attempt'
import type { Outgoing } from './outgoing'

/** No delivery with any status. */
export const noDeliveries = (): Record<DeliveryStatus, number> => ({
  pending: 0,
  delivered: 0,
  failed: 0,
  blocked: 0,
  'not-subscribed': 0,
})

/** Deliveries under way and finished. The store starts one in the same step as the change that it reports. */
export interface Deliveries {
  /** The deliveries of an account, or with null all deliveries, newest first. */
  list(accountId: string | null): AsyncIterable<Delivery>
  /** How many finished ones are no longer kept. */
  dropped(): Promise<number>
  /** How many are kept with each status. */
  tally(): Promise<Record<DeliveryStatus, number>>
  /** The delivery with that id. Throws `unknownDelivery`. */
  find(id: string): Promise<Delivery>
  /** What its latest attempts sent and received, oldest first, as far as that is kept. */
  exchanges(id: string): Promise<readonly Exchange[]>
  /**
   * For each of these pending deliveries the one that has to end first: earlier, about the same order, to the same
   * receiver; null if there is none.
   */
  waitFor(ids: readonly string[]): Promise<(string | null)[]>
  /** Keeps a call that was made, from `at` on (milliseconds since 1970), as a delivery that has ended. */
  keep(outgoing: Outgoing, result: AttemptResult, at: number): Promise<Delivery>
  /** Sends a delivery again, now, with another five attempts. Throws `unknownDelivery` and `notReplayable`. */
  replay(id: string): Promise<Delivery>
  /** The deliveries of an account, or with null all deliveries, oldest first. */
  export(accountId: string | null): AsyncIterable<ExportedDelivery>
  /** Continues exported deliveries. */
  import(deliveries: readonly ExportedDelivery[]): Promise<void>
}

/** Without the request that caused it, which means nothing to another sandbox. */
export interface ExportedDelivery extends Omit<Delivery, 'attempts' | 'requestId'> {
  attempts: Attempt[]
  /** How many of the attempts were made before the last replay. */
  earlier: number
}

/** Earlier attempts that a replay keeps: a delivery may be replayed any number of times. */
export const mostAttempts = 50

export interface DeliveriesDeps extends AttemptDeps {
  clock: ControlledClock
  webhooks: Webhooks
  logger: Logger
  changes: Changes
}
