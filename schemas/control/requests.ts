import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { AccountQuerySchema, Choice, Fact, Limit, Moment, Next, pageFacts } from './builders'

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

/** Characters of a body that lists show. */
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
        description: 'Whether the body was longer, or is no longer kept',
        examples: [false],
      }),
    },
    { description, examples: [{ headers: {}, body: null, isCut: false }] },
  )

/** Something that was accepted, but looks like a mistake. */
export const WarningSchema = Type.Object(
  {
    path: Fact('Where it is: the property or the query parameter itself', 'body/candidate/firstName'),
    message: Fact(
      'What looks wrong, in a sentence',
      'body/candidate/firstName is not a property that StackOne knows, so it is ignored; did you mean first_name?',
    ),
  },
  { additionalProperties: false, description: 'Something that was accepted, but looks like a mistake' },
)

export type Warning = Static<typeof WarningSchema>

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
    warnings: Type.Array(WarningSchema, { description: 'What was accepted, but looks like a mistake', examples: [[]] }),
  },
  { description: 'A request and its answer' },
)

export type JournalEntry = Static<typeof JournalEntrySchema>

const undecided = Type.Optional(
  Type.Integer({
    description: 'How many more may fit: the journal no longer keeps their bodies. Missing when there are none',
    examples: [1],
  }),
)

const filter = {
  operation: Type.Optional(Choice(operations, 'Only this operation', 'orders.create')),
  method: Type.Optional(Fact('Only this method, in any case', 'POST')),
  status: Type.Optional(
    Type.Integer({ minimum: 100, maximum: 599, description: 'Only answers of this status', examples: [400] }),
  ),
  orderId: Type.Optional(Fact('Only those about the order of this id or remote id', 'order-2041')),
  warned: Type.Optional(
    Type.Boolean({ description: 'Only those with warnings, or only those without', examples: [true] }),
  ),
}

/** Which requests; what is left out fits any. */
export const RequestFilterSchema = Type.Object(
  {
    ...filter,
    path: Type.Optional(
      Fact('Only this path; its query is compared where this has one', '/unified/ats/assessments/orders'),
    ),
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
  { ...AccountQuerySchema.properties, ...filter, limit: Limit, next: Next },
  { additionalProperties: false },
)

export const RequestParamsSchema = Type.Object({
  id: Type.Integer({ minimum: 1, description: 'Number of the request', examples: [17] }),
})

export const RequestListSchema = Type.Object(
  {
    requests: Type.Array(JournalEntrySchema, { description: 'Newest first', examples: [[]] }),
    undecided,
    ...pageFacts,
    dropped: Type.Integer({ description: 'Requests that are no longer kept', examples: [0] }),
  },
  { description: 'Requests' },
)

export type RequestList = Static<typeof RequestListSchema>

/** How many requests fit a filter, and what came nearest when none did. */
export const VerificationSchema = Type.Object(
  {
    matched: Type.Integer({ description: 'How many requests fit', examples: [0] }),
    undecided,
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
  { description: 'How many requests fit, and which came nearest' },
)

export type Verification = Static<typeof VerificationSchema>

const Count = (description: string, example: number) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, description, examples: [example] }))

const expectation = {
  count: Count('Exactly as many', 1),
  atLeast: Count('As many or more; default: 1, unless another is given', 1),
  atMost: Count('As many or fewer', 1),
}

/** How many requests are to fit a filter. */
export const VerifySchema = Type.Object(
  { filter: Type.Optional(RequestFilterSchema), ...expectation },
  {
    additionalProperties: false,
    description: 'Which requests are expected, and how many',
    examples: [{ filter: { operation: 'orders.create' }, count: 1 }],
  },
)

export type Expectation = Pick<Static<typeof VerifySchema>, keyof typeof expectation>

export const MatchSchema = Type.Object(
  { filter: Type.Optional(RequestFilterSchema) },
  {
    additionalProperties: false,
    description: 'Which requests to compare with',
    examples: [{ filter: { operation: 'orders.create' } }],
  },
)

/** Requests that may be refused or warned of: all that fit, or with `warning` that warning of them alone. */
export const AllowedSchema = Type.Object(
  {
    ...RequestFilterSchema.properties,
    warning: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Only their warning of this path; without it the whole request is allowed',
        examples: ['body/candidate/nickname'],
      }),
    ),
  },
  { additionalProperties: false, description: 'Requests that are expected to be so', examples: [{ status: 409 }] },
)

export type Allowed = Static<typeof AllowedSchema>

export const VerifyCleanSchema = Type.Object(
  {
    allow: Type.Optional(
      Type.Array(AllowedSchema, {
        maxItems: 1000,
        description: 'What is expected to be refused or warned of; default: nothing',
        examples: [[{ status: 409 }]],
      }),
    ),
    atLeast: Count('So many requests, or more, have to be there; default: 1', 1),
  },
  { additionalProperties: false, description: 'What may be refused or warned of', examples: [{ allow: [] }] },
)

/** What may be refused or warned of, and how many requests there have to be. */
export interface CleanOptions {
  /** What is expected to be refused or warned of. Default: nothing. */
  allow?: readonly Allowed[] | undefined
  /** So many requests, or more, have to be there: none may mean that it is the wrong account. Default: 1. */
  atLeast?: number | undefined
}

/** What was found clean. */
export const CleanSchema = Type.Object(
  { checked: Type.Integer({ description: 'How many requests there were', examples: [12] }) },
  { description: 'Nothing was refused or warned of, but for what is allowed' },
)

export type Clean = Static<typeof CleanSchema>
