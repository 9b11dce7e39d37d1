import type { deliveryEvents, deliveryStatuses } from '../../schemas/control/deliveries'
import type { Operation, Warning } from '../../schemas/control/requests'
import type { ResultValue } from '../../schemas/result'

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

/** The receiver's idempotency key: the same at each attempt. Made on demand, since a receiver that is down may have a million. */
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

/** Headers as Node and Fastify give them. */
export type Headers = Readonly<Record<string, string | number | string[] | undefined>>

/** A request and its answer, as they are kept. */
export interface Recorded {
  /** Number of the request, from 1. */
  readonly id: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** Milliseconds until it was answered. */
  readonly ms: number
  /** Empty when it was no HTTP. */
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly operation: Operation | null
  readonly accountId: string | null
  readonly orderId: string | null
  /** Null when there was no answer. */
  readonly status: number | null
  readonly requestHeaders: Headers
  /** Empty when there was none; null when the journal no longer keeps it. */
  readonly requestBody: string | null
  readonly responseHeaders: Headers
  readonly responseBody: string | null
  /** Why it was refused. */
  readonly message: string | null
  /** What to do about it. */
  readonly hint: string | null
  /** The fault that struck it. */
  readonly fault: string | null
  /** What was accepted, but looks like a mistake. */
  readonly warnings: readonly Warning[]
}

/** An endpoint that is subscribed to events. */
export interface Webhook {
  readonly id: string
  /** The account whose events it gets; null: those of every account. */
  readonly accountId: string | null
  readonly url: string
  readonly secret: string
  /** Why it gets no events any more; null while it does. */
  readonly disabled: string | null
}

/** Where an order stands: ordered, until a result says more. */
export type OrderState = 'ordered' | ResultValue

/** An order as it is kept. */
export interface StoredOrder {
  readonly accountId: string
  readonly id: string
  readonly remoteId: string
  /** The last part of its `test_url`. */
  readonly token: string
  /** The first part of its `test_url`: `http://127.0.0.1:4600`. */
  readonly origin: string
  /** Milliseconds since 1970. */
  readonly orderedAt: number
  /** When the candidate first opened the test, in milliseconds since 1970, as are the next two; null: not yet. */
  readonly openedAt: number | null
  readonly startedAt: number | null
  /** When something was last recorded of the result. */
  readonly resultAt: number | null
  readonly state: OrderState
  /** The JSON text that ordered it, as received: half the memory of the parsed value, and nothing of it is lost. */
  readonly request: string
  /** The JSON text of its result so far; null before there is any. */
  readonly result: string | null
}

const open: readonly OrderState[] = ['ordered', 'initiated', 'in_progress']

/** Whether the test of an order has come to an end. */
export const isFinished = ({ state }: Pick<StoredOrder, 'state'>): boolean => !open.includes(state)

/** What counts of an order towards the bytes that a store holds: what was ordered and what was reported, in UTF-8. */
export const bytesOf = ({ request, result }: Pick<StoredOrder, 'request' | 'result'>): number =>
  Buffer.byteLength(request) + (result === null ? 0 : Buffer.byteLength(result))
