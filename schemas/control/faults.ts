import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { Choice, Fact } from './builders'
import { operations } from './requests'

/** Ways to break an answer. */
export const brokenAnswers = ['none', 'reset', 'reset-in-body', 'truncated-json', 'not-json'] as const

const Milliseconds = (description: string, example: number) =>
  Type.Integer({ minimum: 0, maximum: 3_600_000, description, examples: [example] })

/** A fault: which calls it applies to, and what it does to them. */
export const FaultToAddSchema = Type.Object(
  {
    on: Type.Optional(Choice([...operations, '*'], 'Operation it applies to; default: any', 'orders.create')),
    status: Type.Optional(
      Type.Integer({
        minimum: 400,
        maximum: 599,
        description: 'Answer with this error instead of the operation',
        examples: [429],
      }),
    ),
    message: Type.Optional(Fact('Message of that error', 'Too many requests')),
    errorCode: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Its errorCode; defaults to the usual one of the status',
        examples: ['TooManyRequestsError'],
      }),
    ),
    retryAfter: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 86_400, description: 'Its Retry-After, in seconds', examples: [1] }),
    ),
    answer: Type.Optional(
      Choice(
        brokenAnswers,
        'How to break the answer: send none (none), break the connection before it (reset) or in the middle of its body (reset-in-body), send half of the JSON (truncated-json) or an HTML page (not-json). With the last three, the operation is carried out first',
        'reset',
      ),
    ),
    delayMs: Type.Optional(
      Milliseconds("Wait this long before the answer, in milliseconds of the sandbox's clock", 200),
    ),
    delayToMs: Type.Optional(Milliseconds('With delayMs: a random time between the two', 800)),
    times: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description: 'How often to apply; default: once, or until removed with `every` or `after`',
        examples: [2],
      }),
    ),
    always: Type.Optional(Type.Boolean({ description: 'Apply until removed', examples: [true] })),
    every: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Apply only to every k-th call', examples: [3] }),
    ),
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000,
        description: 'Number of calls to skip first',
        examples: [5],
      }),
    ),
  },
  { additionalProperties: false, description: 'A fault to add', examples: [{ on: 'orders.create', status: 429 }] },
)

export type FaultToAdd = Static<typeof FaultToAddSchema>

export const FaultSchema = Type.Object(
  {
    id: Fact('Identifier of the fault', 'fault-1'),
    account: OrNull(Fact('The account whose calls it applies to; null for all accounts', 'acme')),
    fault: FaultToAddSchema,
    seen: Type.Integer({ description: 'Calls that matched it', examples: [3] }),
    struck: Type.Integer({ description: 'Calls that it was applied to', examples: [1] }),
    isEndless: Type.Boolean({ description: 'Whether it applies until removed', examples: [false] }),
    isSpent: Type.Boolean({ description: 'Whether it is used up', examples: [true] }),
  },
  { description: 'A fault' },
)

export type Fault = Static<typeof FaultSchema>

export const FaultListSchema = Type.Object(
  { faults: Type.Array(FaultSchema, { description: 'In the order in which they apply', examples: [[]] }) },
  { description: 'Faults' },
)

export type FaultList = Static<typeof FaultListSchema>
