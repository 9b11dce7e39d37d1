import { createHash } from 'node:crypto'
import type { deliveryEvents, deliveryStatuses } from '../../schemas/control/deliveries'
import type { Operation, Warning } from '../../schemas/control/requests'
import type { WebhookEvent, WebhookStyle } from '../../schemas/events'
import type { OrderKind } from '../../schemas/order-kinds'
import type { ResultUpdate, ResultValue } from '../../schemas/result'

export type DeliveryEvent = (typeof deliveryEvents)[number]

export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** What a delivery is about. Its body is made from this, its receiver and the order alone. */
export interface DeliveryFacts {
  readonly accountId: string
  /** Null if it is not about an order. */
  readonly orderId: string | null
  /** The provider's identifier of the order, or the id of what it is about instead: nothing else shares it. */
  readonly remoteId: string
  /** Its number among the deliveries about the same, from 1. */
  readonly number: number
  readonly event: DeliveryEvent
  /** When the event happened, in milliseconds since 1970. */
  readonly at: number
  /** The result at that time, as JSON text; null: there was none. */
  readonly result: string | null
  /** The request that caused it; null: none. */
  readonly requestId: string | null
  /** What is sent, as JSON text; null: it is made from the order. */
  readonly payload: string | null
}

/** The receiver's idempotency key: the same for each attempt. Made on demand: there may be a million deliveries. */
export const deliveryId = ({ remoteId, number }: Pick<DeliveryFacts, 'remoteId' | 'number'>): string =>
  `${remoteId}.${String(number)}`

/** Where a delivery goes. */
export interface Receiver {
  readonly method: string
  readonly url: string
  /** The key that signs the body; null: unsigned. */
  readonly secret: string | null
  /** The webhook's id; null for a `results_update_url`. */
  readonly webhookId: string | null
  /** The server that is called: scheme, host and port of `url`. */
  readonly origin: string
  readonly style: WebhookStyle
}

/** The receiver of events that no webhook subscribes to. */
export const nobody: Receiver = {
  method: 'POST',
  url: '',
  secret: null,
  webhookId: null,
  origin: '',
  style: 'native',
}

/** Something that happened to a record or to an account, of which webhooks hear. */
export interface Happening {
  readonly accountId: string
  readonly event: WebhookEvent
  readonly recordId: string
  readonly remoteId: string | null
  /** What the payload holds of it. */
  readonly data: object
  /** The request that caused it; null: none. */
  readonly requestId: string | null
}

/** What deliveries about it are numbered by, of one account alone: accounts may have records with the same id. */
export const subjectOf = ({
  accountId,
  event,
  recordId,
}: Pick<Happening, 'accountId' | 'event' | 'recordId'>): string =>
  subjectFor(accountId, event.slice(0, event.indexOf('.')), recordId)

/** The `remoteId` of deliveries about something other than an order: safe in a path, whatever the ids are. */
export const subjectFor = (accountId: string, what: string, id = ''): string =>
  `${what}-${createHash('sha256')
    .update(JSON.stringify([accountId, what, id]))
    .digest('base64url')
    .slice(0, 22)}`

/** A request or an answer as it was sent. Secrets in its headers are masked. */
export interface HttpMessage {
  readonly headers: Readonly<Record<string, string>>
  /** As text, at most 64 Ki characters. */
  readonly body: string
  readonly isCut: boolean
}

/** What an attempt sent, and what came back; null: nothing. */
export interface Exchange {
  readonly request: HttpMessage | null
  readonly response: HttpMessage | null
}

/** One attempt to deliver. Times are in milliseconds since 1970. */
export interface Attempt {
  readonly at: number
  readonly url: string
  /** The receiver's answer; null when there was none. */
  readonly status: number | null
  /** How long it took, in milliseconds. */
  readonly ms: number
  /** Why it failed; null if it did not. */
  readonly error: string | null
  /** When the next attempt is due; null: none. */
  readonly nextAttemptAt: number | null
}

/** A message to a receiver, with its status. */
export interface Delivery extends DeliveryFacts {
  readonly receiver: Receiver
  readonly status: DeliveryStatus
  readonly nextAttemptAt: number | null
  readonly attempts: readonly Attempt[]
}

/** Headers as Node and Fastify give them. */
export type Headers = Readonly<Record<string, string | number | string[] | undefined>>

/** A request and its answer, as the journal keeps them. */
export interface Recorded {
  /** Number of the request, from 1. */
  readonly id: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** Milliseconds until it was answered. */
  readonly ms: number
  /** Empty when it was not HTTP. */
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
  /** The id of the fault that applied. */
  readonly fault: string | null
  /** What was accepted although it looks like a mistake. */
  readonly warnings: readonly Warning[]
}

/** An endpoint subscribed to events. */
export interface Webhook {
  readonly id: string
  /** The account whose events it gets; null: those of every account. */
  readonly accountId: string | null
  readonly url: string
  readonly secret: string
  /** The events that it subscribes to. */
  readonly events: readonly WebhookEvent[]
  readonly style: WebhookStyle
  /** Why it no longer gets events; null while it does. */
  readonly disabled: string | null
}

/** The state of an order: `ordered`, then the value of its result. */
export type OrderState = 'ordered' | ResultValue

/** An order as it is stored. */
export interface StoredOrder {
  readonly kind: OrderKind
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
  /** When its result last changed. */
  readonly resultAt: number | null
  readonly state: OrderState
  /** The body that ordered it, as received: half the memory of the parsed value, and without loss. */
  readonly request: string
  /** Its result so far, as JSON text; null: none yet. */
  readonly result: string | null
}

const open: readonly OrderState[] = ['ordered', 'initiated', 'in_progress']

/** Whether the test of an order has ended. */
export const isFinished = ({ state }: Pick<StoredOrder, 'state'>): boolean => !open.includes(state)

/** Whether the recruiter has cancelled an order, rather than a result that says so. */
export const isCancelled = ({ state, result }: Pick<StoredOrder, 'state' | 'result'>): boolean =>
  state === 'cancelled' && (JSON.parse(result ?? '{}') as ResultUpdate).result?.value !== 'cancelled'

/** The bytes of an order that count towards a store's limit: its request and its result, in UTF-8. */
export const bytesOf = ({ request, result }: Pick<StoredOrder, 'request' | 'result'>): number =>
  Buffer.byteLength(request) + (result === null ? 0 : Buffer.byteLength(result))
