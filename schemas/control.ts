import { type Static, Type } from '@sinclair/typebox'
import { OrderSchema } from './order'
import { ResultSchema, resultValues } from './result'

const Fact = (description: string, example: string) => Type.String({ description, examples: [example] })
const Moment = (description: string) =>
  Type.String({ format: 'date-time', description, examples: ['2026-11-23T10:10:00.000Z'] })
const OneOf = <const V extends readonly string[]>(values: V, description: string, example: V[number]) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: values, description, examples: [example] })
/** A value that is always there, and may be null. */
const OrNull = <T>(schema: { type?: unknown; static?: T } & object, type: string) =>
  Type.Unsafe<T | null>({ ...schema, type: [type, 'null'] })

/** Where an order stands: ordered, until the candidate or a result says more. */
export const orderStates = ['ordered', ...resultValues] as const

/** What a delivery tells: StackOne's events to webhooks, or a result to the order's `results_update_url`. */
export const deliveryEvents = ['ats_assessments.created', 'ats_assessments.updated', 'results_callback'] as const

/**
 * Pending until the receiver takes it (delivered), refuses it or was tried five times (failed), or when
 * `SANDBOX_CALLBACK_TARGETS` forbids it (blocked).
 */
export const deliveryStatuses = ['pending', 'delivered', 'failed', 'blocked'] as const

/** The account that a call of the control API is about. */
export const AccountQuerySchema = Type.Object(
  { account: Type.Optional(Fact('The account that it is about; x-account-id does as well', 'acme')) },
  { additionalProperties: false },
)

/** An order as the control API shows it: what it came with, and what became of it. */
export const ControlOrderSchema = Type.Object(
  {
    id: Fact('Identifier of the order', 'order-2041'),
    remoteId: Fact("The provider's identifier of the order", 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11'),
    account: Fact('The account that the order belongs to', 'acme'),
    testUrl: Fact('Where the candidate takes the test', 'http://127.0.0.1:4600/tests/mC9xT0pQk3vW5yZ7aB1dEg'),
    state: OneOf(orderStates, 'Where it stands', 'in_progress'),
    orderedAt: Moment('When it was ordered'),
    openedAt: OrNull(Moment('When the candidate first opened the test'), 'string'),
    startedAt: OrNull(Moment('When the candidate started the test'), 'string'),
    resultAt: OrNull(Moment('When something was last recorded of the result'), 'string'),
    order: OrderSchema,
    result: OrNull(ResultSchema, 'object'),
  },
  { description: 'An order, and what became of it' },
)

export type ControlOrder = Static<typeof ControlOrderSchema>

/** One try to deliver. */
export const AttemptSchema = Type.Object(
  {
    at: Moment('When'),
    url: Fact('Where to', 'http://127.0.0.1:3000/stackone'),
    status: OrNull(Type.Number({ description: "The receiver's answer", examples: [503] }), 'number'),
    ms: Type.Number({ description: 'How long it took, in milliseconds', examples: [12] }),
    error: OrNull(Fact('What went wrong, in words', 'answered 503: try later'), 'string'),
    nextAttemptAt: OrNull(Moment('When the next attempt is due'), 'string'),
  },
  { description: 'One try to deliver' },
)

/** A message to a receiver, and what became of it. */
export const ControlDeliverySchema = Type.Object(
  {
    id: Fact('Identifier of the delivery', '6f1c2a40-3a4f-4b6e-9a55-6c1f0d9be7d2'),
    account: Fact('The account whose order it is about', 'acme'),
    orderId: Fact('The order that it is about', 'order-2041'),
    event: OneOf(deliveryEvents, 'What it tells', 'ats_assessments.updated'),
    webhookId: OrNull(Fact('The webhook that it is for', '0f6c7a56-6d6c-4d8a-9a3e-2b7f0f3f9c11'), 'string'),
    method: Fact('HTTP method', 'POST'),
    url: Fact('Where it goes', 'http://127.0.0.1:3000/stackone'),
    status: OneOf(deliveryStatuses, 'What became of it', 'pending'),
    createdAt: Moment('When it was queued'),
    nextAttemptAt: OrNull(Moment('When the next attempt is due; null when none is'), 'string'),
    attempts: Type.Array(AttemptSchema, { description: 'What was tried, oldest first', examples: [[]] }),
  },
  { description: 'A delivery' },
)

export type ControlDelivery = Static<typeof ControlDeliverySchema>

export const DeliveryQuerySchema = Type.Object(
  {
    ...AccountQuerySchema.properties,
    orderId: Type.Optional(Fact('Only those about this order', 'order-2041')),
    status: Type.Optional(OneOf(deliveryStatuses, 'Only those of this status', 'failed')),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'The most to list', examples: [20] }),
    ),
  },
  { additionalProperties: false },
)

export const DeliveryListSchema = Type.Object(
  {
    deliveries: Type.Array(ControlDeliverySchema, { description: 'Newest first', examples: [[]] }),
    dropped: Type.Number({ description: 'Finished deliveries that are no longer kept', examples: [0] }),
  },
  { description: 'Deliveries' },
)

/** A webhook to add. */
export const WebhookToAddSchema = Type.Object(
  {
    url: Type.String({
      description: 'Where events go: http:// or https://',
      examples: ['http://127.0.0.1:3000/stackone'],
    }),
    secret: Type.Optional(
      Type.String({ minLength: 1, description: 'What they are signed with; default: sandbox', examples: ['sandbox'] }),
    ),
  },
  { additionalProperties: false, description: 'A webhook to add' },
)

export const ControlWebhookSchema = Type.Object(
  {
    id: Fact('Identifier of the webhook', '0f6c7a56-6d6c-4d8a-9a3e-2b7f0f3f9c11'),
    account: OrNull(Fact('The account whose events it gets; null: those of all', 'acme'), 'string'),
    url: Fact('Where events go', 'http://127.0.0.1:3000/stackone'),
    disabled: OrNull(Fact('Why it gets none any more', 'it answered 410 at 2026-11-23T10:10:00.000Z'), 'string'),
  },
  { description: 'A webhook; its secret is never shown' },
)

export type ControlWebhook = Static<typeof ControlWebhookSchema>

export const WebhookListSchema = Type.Object(
  {
    webhooks: Type.Array(ControlWebhookSchema, {
      description: 'In the order in which they were added',
      examples: [[]],
    }),
  },
  { description: 'Webhooks' },
)
