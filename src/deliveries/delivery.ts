import type { deliveryEvents, deliveryStatuses } from '../../schemas/control/deliveries'

export type DeliveryEvent = (typeof deliveryEvents)[number]
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** What a delivery is about; its body is made of this and the order alone. */
export interface DeliveryFacts {
  readonly accountId: string
  readonly orderId: string
  /** The provider's identifier of the order, which no other order ever has. */
  readonly remoteId: string
  /** Counts the deliveries about the order, from 1. */
  readonly number: number
  readonly event: DeliveryEvent
  /** When it happened, in milliseconds since 1970. */
  readonly at: number
  /** The JSON text of the result as it was then; null when there was none. */
  readonly result: string | null
  /** The request that caused it; null when none did. */
  readonly requestId: string | null
}

/** Identifies a delivery, and is the same at each attempt. Made when it is asked for: most deliveries of a receiver that is down never are. */
export const deliveryId = ({ remoteId, number }: Pick<DeliveryFacts, 'remoteId' | 'number'>): string =>
  `${remoteId}.${String(number)}`

/** Where a delivery goes. */
export interface Receiver {
  readonly method: string
  readonly url: string
  /** What its body is signed with; null: it is not. */
  readonly secret: string | null
  /** The webhook that it is; null for a `results_update_url`. */
  readonly webhookId: string | null
  /** The address up to its path: who is called. */
  readonly origin: string
}

/** One try to deliver. Times are in milliseconds since 1970. */
export interface Attempt {
  readonly at: number
  readonly url: string
  /** The receiver's answer; null when there was none. */
  readonly status: number | null
  /** How long it took, in milliseconds. */
  readonly ms: number
  /** What went wrong, in words; null when nothing did. */
  readonly error: string | null
  /** When the next attempt is due; null when none is. */
  readonly nextAttemptAt: number | null
}

/** A message to a receiver, and what became of it. */
export interface Delivery extends DeliveryFacts {
  readonly receiver: Receiver
  readonly status: DeliveryStatus
  readonly nextAttemptAt: number | null
  readonly attempts: readonly Attempt[]
}
