import { type Static, Type } from '@sinclair/typebox'
import { AccountQuerySchema, Choice, Fact, Limit, Moment, OrNull } from './shared'

/** The operations of the emulated API, as faults and the journal call them. */
export const operations = [
  'orders.create',
  'orders.get',
  'results.update',
  'results.get',
  'packages.list',
  'packages.get',
] as const

export type Operation = (typeof operations)[number]

const Message = (description: string) =>
  Type.Object(
    {
      headers: Type.Record(Type.String(), Type.String(), {
        description: 'Headers; credentials are masked',
        examples: [{ 'x-account-id': 'acme' }],
      }),
      body: OrNull(Fact('Body as text, at most its first 65,536 characters; null when there was none', '{}')),
    },
    { description, examples: [{ headers: {}, body: null }] },
  )

/** A request that came in, and its answer. */
export const JournalEntrySchema = Type.Object(
  {
    id: Type.Integer({ description: 'Number of the request, from 1', examples: [17] }),
    at: Moment('When it came'),
    ms: Type.Number({ description: 'How long the answer took, in milliseconds', examples: [0.4] }),
    method: Fact('HTTP method; empty when it was no HTTP', 'POST'),
    path: Fact('Path and query', '/unified/ats/assessments/orders'),
    operation: OrNull(Choice(operations, 'The operation of the emulated API', 'orders.create')),
    account: OrNull(Fact('The account that it was made for', 'acme')),
    orderId: OrNull(Fact('The order that it was about', 'order-2041')),
    status: OrNull(Type.Integer({ description: 'Status of the answer; null when there was none', examples: [200] })),
    request: Message('The request'),
    response: Message('The answer'),
    message: OrNull(Fact('Why it was refused', 'body/id must be string or null')),
    hint: OrNull(Fact('What to do about the refusal', 'Send the body as JSON text in UTF-8, uncompressed.')),
    fault: OrNull(Fact('The fault that struck it', 'fault-1')),
  },
  { description: 'A request and its answer' },
)

export type JournalEntry = Static<typeof JournalEntrySchema>

const filter = {
  operation: Type.Optional(Choice(operations, 'Only this operation', 'orders.create')),
  method: Type.Optional(Fact('Only this method', 'POST')),
  status: Type.Optional(Type.Integer({ description: 'Only answers of this status', examples: [400] })),
  orderId: Type.Optional(Fact('Only those about this order', 'order-2041')),
}

/** Which requests; what is left out fits any. */
export const RequestFilterSchema = Type.Object(
  {
    ...filter,
    path: Type.Optional(Fact('Only this path, without its query', '/unified/ats/assessments/orders')),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Headers that it has to have',
        examples: [{ prefer: 'heartbeat' }],
      }),
    ),
    body: Type.Optional(
      Type.Unknown({
        description: 'A part of its JSON body: of objects the named properties alone are compared',
        examples: [{ candidate: { first_name: 'Mia' } }],
      }),
    ),
  },
  { additionalProperties: false, description: 'Which requests', examples: [{ operation: 'orders.create' }] },
)

export type RequestFilter = Static<typeof RequestFilterSchema>

export const RequestQuerySchema = Type.Object(
  { ...AccountQuerySchema.properties, ...filter, limit: Limit },
  { additionalProperties: false },
)

export const RequestParamsSchema = Type.Object({
  id: Type.Integer({ minimum: 1, description: 'Number of the request', examples: [17] }),
})

export const RequestListSchema = Type.Object(
  {
    requests: Type.Array(JournalEntrySchema, { description: 'Newest first', examples: [[]] }),
    dropped: Type.Integer({ description: 'Requests that are no longer kept', examples: [0] }),
  },
  { description: 'Requests' },
)

export type RequestList = Static<typeof RequestListSchema>

/** How many requests fit a filter, and what came nearest when none did. */
export const VerificationSchema = Type.Object(
  {
    matched: Type.Integer({ description: 'How many requests fit', examples: [0] }),
    nearest: OrNull(
      Type.Object(
        {
          request: JournalEntrySchema,
          differences: Type.Array(Type.String(), {
            description: 'How it differs',
            examples: [['body.candidate.first_name is "Mia", not "Mya"']],
          }),
        },
        { description: 'The request that comes nearest; null when some fit, or there is none', examples: [null] },
      ),
    ),
  },
  { description: 'Whether requests came as expected' },
)

export type Verification = Static<typeof VerificationSchema>
