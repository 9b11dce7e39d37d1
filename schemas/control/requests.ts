import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { type Operation, operations } from '../operations'
import { Choice, Fact, Limit, Moment, mostOfSearch, Next, pageFacts, timeFilter } from './builders'

export { type Operation, operations }

/** Maximum characters of a body in lists. */
export const mostOfBody = 64 * 1024

const Message = (description: string) =>
  Type.Object(
    {
      headers: Type.Record(Type.String(), Type.String(), {
        description: 'Headers; credentials are masked',
        examples: [{ 'x-account-id': 'acme' }],
      }),
      body: OrNull(
        Fact(
          'Body as text; null when there was none. Lists show its first 65,536 characters, GET /_sandbox/requests/{id} shows all',
          '{}',
        ),
      ),
      isCut: Type.Boolean({
        description: 'Whether the body is truncated, or no longer kept',
        examples: [false],
      }),
    },
    { description, examples: [{ headers: {}, body: null, isCut: false }] },
  )

/** A likely mistake that was accepted. */
export const WarningSchema = Type.Object(
  {
    path: Fact('Path of the property or the query parameter', 'body/candidate/firstName'),
    message: Fact(
      'What looks wrong, in a sentence',
      'body/candidate/firstName is not a property that StackOne knows, so it is ignored; did you mean first_name?',
    ),
  },
  { additionalProperties: false, description: 'A likely mistake that was accepted' },
)

export type Warning = Static<typeof WarningSchema>

/** A request and its answer. */
export const JournalEntrySchema = Type.Object(
  {
    id: Type.Integer({ description: 'Number of the request, from 1', examples: [17] }),
    at: Moment('When it was answered'),
    ms: Type.Number({ description: 'Duration until the answer, in milliseconds', examples: [0.4] }),
    method: Fact('HTTP method; empty if it was not HTTP', 'POST'),
    path: Fact('Path and query', '/unified/ats/assessments/orders'),
    operation: OrNull(Choice(operations, 'The operation of the emulated API', 'orders.create')),
    account: OrNull(Fact('Account of the call', 'acme')),
    orderId: OrNull(Fact('Order that the call is about', 'order-2041')),
    status: OrNull(Type.Integer({ description: 'Status of the answer; null if there was none', examples: [200] })),
    request: Message('The request'),
    response: Message('The answer'),
    message: OrNull(Fact('Why it was refused', 'body/id must be string or null')),
    hint: OrNull(Fact('What to do about the refusal', 'Send the body as JSON text in UTF-8, uncompressed.')),
    fault: OrNull(Fact('The fault that applied to it', 'fault-1')),
    warnings: Type.Array(WarningSchema, { description: 'Likely mistakes that were accepted', examples: [[]] }),
  },
  { description: 'A request and its answer' },
)

export type JournalEntry = Static<typeof JournalEntrySchema>

/** Why a body or a query was refused, at one place. */
export const ViolationSchema = Type.Object(
  {
    path: Fact('Path of the property or the query parameter', 'body/candidate/emails'),
    message: Fact('What is wrong, in a sentence', 'body/candidate/emails must be array or null'),
    expected: OrNull(
      Fact('An example of a valid value, as JSON; null if there is none', '[{"value":"mia@example.com"}]'),
    ),
  },
  { additionalProperties: false, description: 'Why it was refused, at one place' },
)

export type Violation = Static<typeof ViolationSchema>

/** A request and its answer, with what only one request at a time shows. */
export const RequestDetailSchema = Type.Object(
  {
    ...JournalEntrySchema.properties,
    violations: Type.Array(ViolationSchema, {
      description: 'Where the request breaks the schema, if that is why it was refused',
      examples: [[]],
    }),
  },
  { description: 'A request and its answer, with the reasons for a refusal by place' },
)

export type RequestDetail = Static<typeof RequestDetailSchema>

/** Of a count in the journal. */
export const undecided = Type.Optional(
  Type.Integer({
    description: 'How many more may match: the journal no longer has their bodies. Missing if there are none',
    examples: [1],
  }),
)

const filter = {
  operation: Type.Optional(Choice(operations, 'Only this operation', 'orders.create')),
  method: Type.Optional(Fact('Only this method, in upper or lower case', 'POST')),
  status: Type.Optional(
    Type.Integer({ minimum: 100, maximum: 599, description: 'Only answers with this status', examples: [400] }),
  ),
  orderId: Type.Optional(Fact('Only those about the order with this id or remote id', 'order-2041')),
  warned: Type.Optional(
    Type.Boolean({ description: 'Only those with warnings, or only those without', examples: [true] }),
  ),
  refused: Type.Optional(
    Type.Boolean({
      description: 'Only those with a status of 400 or above, or without an answer; or only the others',
      examples: [true],
    }),
  ),
  pageLoad: Type.Optional(
    Type.Boolean({
      description: 'Only loads of the page behind a `test_url` and what its forms send, or only the calls of clients',
      examples: [false],
    }),
  ),
  search: Type.Optional(
    Type.String({
      maxLength: mostOfSearch,
      description:
        'Words that all occur in the method, the path, the operation, the account, the order id, the message, the hint or the warnings; case is ignored',
      examples: ['candidate must'],
    }),
  ),
  ...timeFilter('answered'),
}

/** A filter for requests. Missing properties match any. */
export const RequestFilterSchema = Type.Object(
  {
    ...filter,
    path: Type.Optional(
      Fact('Only this path; the query is compared only if given here', '/unified/ats/assessments/orders'),
    ),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Headers that it must have',
        examples: [{ prefer: 'heartbeat' }],
      }),
    ),
    body: Type.Optional(
      Type.Unknown({
        description: 'A part of its JSON body: in objects, only the named properties are compared',
        examples: [{ candidate: { first_name: 'Mia' } }],
      }),
    ),
  },
  { additionalProperties: false, description: 'Filter for requests', examples: [{ operation: 'orders.create' }] },
)

export type RequestFilter = Static<typeof RequestFilterSchema>

export const RequestQuerySchema = Type.Object({ ...filter, limit: Limit, next: Next }, { additionalProperties: false })

export type RequestQuery = Static<typeof RequestQuerySchema>

/** Which requests to list, by a filter that a query cannot express. */
export const RequestSearchSchema = Type.Object(
  { filter: Type.Optional(RequestFilterSchema), limit: Limit, next: Next },
  {
    additionalProperties: false,
    description: 'Which requests',
    examples: [{ filter: { body: { candidate: { first_name: 'Mia' } } }, limit: 20 }],
  },
)

export const RequestParamsSchema = Type.Object({
  id: Type.Integer({ minimum: 1, description: 'Number of the request', examples: [17] }),
})

export const RequestListSchema = Type.Object(
  {
    requests: Type.Array(JournalEntrySchema, { description: 'Newest first', examples: [[]] }),
    undecided,
    ...pageFacts,
    dropped: Type.Integer({ description: 'Number of requests that are no longer kept', examples: [0] }),
  },
  { description: 'Requests' },
)

export type RequestList = Static<typeof RequestListSchema>

export const ReportSchema = Type.String({
  description: 'The journal as one HTML page, oldest request first',
  examples: ['<!doctype html>…'],
})
