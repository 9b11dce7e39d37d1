import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { webhookEvents } from '../events'
import { Choice, Fact, Limit, Moment, Next, pageFacts, timeFilter } from './builders'

/**
 * What a delivery is about: StackOne's events for webhooks, a result for the order's `results_update_url`, or a question
 * to the packages endpoint.
 */
export const deliveryEvents = [...webhookEvents, 'results_callback', 'packages_request'] as const

/**
 * Pending until the receiver accepts it (delivered), refuses it or five attempts fail (failed). Blocked if
 * `SANDBOX_CALLBACK_TARGETS` forbids it; not-subscribed if the account has webhooks, but none for the event.
 */
export const deliveryStatuses = ['pending', 'delivered', 'failed', 'blocked', 'not-subscribed'] as const

/** A delivery attempt. */
export const AttemptSchema = Type.Object(
  {
    at: Moment('When'),
    url: Fact('Address that was called', 'http://127.0.0.1:3000/stackone'),
    status: OrNull(Type.Number({ description: "The receiver's answer", examples: [503] })),
    ms: Type.Number({ description: 'Duration in milliseconds', examples: [12] }),
    error: OrNull(Fact('What went wrong, in words', 'answered 503: try later')),
    nextAttemptAt: OrNull(Moment('When the next attempt is due')),
  },
  { description: 'A delivery attempt' },
)

/** A message to a receiver, with its attempts. */
export const ControlDeliverySchema = Type.Object(
  {
    id: Fact('Identifier of the delivery', '6f1c2a40-3a4f-4b6e-9a55-6c1f0d9be7d2'),
    account: Fact('Account that the delivery is about', 'acme'),
    orderId: OrNull(Fact('Order that the delivery is about; null if it is about none', 'order-2041')),
    event: Choice(deliveryEvents, 'Event that it reports', 'ats_assessments.updated'),
    webhookId: OrNull(Fact('Webhook that receives it', '0f6c7a56-6d6c-4d8a-9a3e-2b7f0f3f9c11')),
    method: Fact('HTTP method', 'POST'),
    url: Fact(
      'Address that receives it; empty if no webhook subscribes to the event',
      'http://127.0.0.1:3000/stackone',
    ),
    status: Choice(deliveryStatuses, 'Status', 'pending'),
    reason: OrNull(
      Fact(
        'Why nothing is sent; null for any other delivery',
        'no webhook of acme subscribes to ats_applications.updated: add it to the events of one',
      ),
    ),
    createdAt: Moment('When it was queued'),
    nextAttemptAt: OrNull(Moment('When the next attempt is due; null if none is')),
    attempts: Type.Array(AttemptSchema, { description: 'Attempts, oldest first', examples: [[]] }),
  },
  { description: 'A delivery' },
)

export type ControlDelivery = Static<typeof ControlDeliverySchema>

/** A delivery as a list shows it, with what is known from elsewhere. */
export const ListedDeliverySchema = Type.Object(
  {
    ...ControlDeliverySchema.properties,
    candidate: OrNull(Fact('Name of the candidate of its order; null if there is none', 'Mia Lindqvist')),
    waitsFor: OrNull(
      Fact(
        'Earlier delivery about the same order to the same receiver that has to end first; null if it waits for none',
        'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11.1',
      ),
    ),
  },
  { description: 'A delivery, with its candidate and what it waits for' },
)

export type ListedDelivery = Static<typeof ListedDeliverySchema>

/** A request or an answer. */
export const HttpMessage = (description: string) =>
  Type.Object(
    {
      headers: Type.Record(Type.String(), Type.String(), {
        description: 'Headers; credentials are masked',
        examples: [{ 'content-type': 'application/json' }],
      }),
      body: Fact('Body as text, at most 65,536 characters', '{}'),
      isCut: Type.Boolean({ description: 'Whether the body is truncated', examples: [false] }),
    },
    { description, examples: [{ headers: {}, body: '{}', isCut: false }] },
  )

/** An attempt, with what was sent and what came back. */
export const AttemptDetailSchema = Type.Object(
  {
    ...AttemptSchema.properties,
    request: OrNull(HttpMessage('The request as it was sent; null if none was, or it is no longer kept')),
    response: OrNull(HttpMessage('The answer as it was received; null if there was none, or it is no longer kept')),
  },
  { description: 'A delivery attempt, with its request and its answer' },
)

/** A delivery with the requests and answers of its attempts. */
export const DeliveryDetailSchema = Type.Object(
  {
    ...ListedDeliverySchema.properties,
    attempts: Type.Array(AttemptDetailSchema, { description: 'Attempts, oldest first', examples: [[]] }),
  },
  { description: 'A delivery, with what each attempt sent and received' },
)

export type DeliveryDetail = Static<typeof DeliveryDetailSchema>

/** A filter for deliveries. Missing properties match any. */
export const DeliveryFilterSchema = Type.Object(
  {
    orderId: Type.Optional(Fact('Only those about the order with this id or remote id', 'order-2041')),
    event: Type.Optional(Choice(deliveryEvents, 'Only those that report this event', 'ats_assessments.updated')),
    status: Type.Optional(Choice(deliveryStatuses, 'Only those with this status', 'failed')),
    ...timeFilter('queued'),
  },
  { additionalProperties: false, description: 'Filter for deliveries', examples: [{ status: 'failed' }] },
)

export type DeliveryFilter = Static<typeof DeliveryFilterSchema>

/** A filter that also searches. */
export const DeliverySearchSchema = Type.Object(
  {
    ...DeliveryFilterSchema.properties,
    search: Type.Optional(
      Fact(
        'Words that all occur in the candidate, the event, the address, the account or the ids; case is ignored',
        'mia created',
      ),
    ),
  },
  { additionalProperties: false, description: 'Filter for deliveries', examples: [{ status: 'failed' }] },
)

export type DeliverySearch = Static<typeof DeliverySearchSchema>

export const DeliveryQuerySchema = Type.Object(
  { ...DeliverySearchSchema.properties, limit: Limit, next: Next },
  { additionalProperties: false },
)

/** Which deliveries to replay. */
export const ReplaySchema = Type.Object(
  { filter: Type.Optional(DeliverySearchSchema) },
  { additionalProperties: false, description: 'Which deliveries to replay; without a filter, all' },
)

export const ReplayedSchema = Type.Object(
  {
    replayed: Type.Integer({
      description:
        'How many were queued again: those that match, unless they have no receiver or are being sent anyway',
      examples: [3],
    }),
  },
  { description: 'What was replayed' },
)

export type Replayed = Static<typeof ReplayedSchema>

export const DeliveryListSchema = Type.Object(
  {
    deliveries: Type.Array(ListedDeliverySchema, { description: 'Newest first', examples: [[]] }),
    ...pageFacts,
    dropped: Type.Number({ description: 'Number of finished deliveries that are no longer kept', examples: [0] }),
  },
  { description: 'Deliveries' },
)

export type DeliveryList = Static<typeof DeliveryListSchema>
