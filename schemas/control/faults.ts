import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { Choice, Fact } from './builders'
import { operations } from './requests'

/** Ways to answer that are no proper answer. */
export const brokenAnswers = ['none', 'reset', 'reset-in-body', 'truncated-json', 'not-json'] as const

const Milliseconds = (description: string, example: number) =>
  Type.Integer({ minimum: 0, maximum: 3_600_000, description, examples: [example] })

/** What is to go wrong, and when. */
export const FaultToAddSchema = Type.Object(
  {
    on: Type.Optional(Choice([...operations, '*'], 'Which operation it strikes; default: any', 'orders.create')),
    status: Type.Optional(
      Type.Integer({ minimum: 400, maximum: 599, description: 'Answer this error, and do nothing', examples: [429] }),
    ),
    message: Type.Optional(Fact('The message of that error', 'Too many requests')),
    errorCode: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Its errorCode; default: the usual one of the status',
        examples: ['TooManyRequestsError'],
      }),
    ),
    retryAfter: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 86_400, description: 'Its Retry-After, in seconds', examples: [1] }),
    ),
    answer: Type.Optional(
      Choice(
        brokenAnswers,
        'Answer not at all (none), break the connection before the answer (reset) or in the middle of its body (reset-in-body), answer half the JSON (truncated-json) or no JSON (not-json). The last three happen after the operation was carried out',
        'reset',
      ),
    ),
    delayMs: Type.Optional(Milliseconds("Wait as long before the answer, in milliseconds of the sandbox's clock", 200)),
    delayToMs: Type.Optional(Milliseconds('With delayMs: a random time between the two', 800)),
    times: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description: 'Strike as often; default: once, or without end when `every` or `after` is given',
        examples: [2],
      }),
    ),
    always: Type.Optional(Type.Boolean({ description: 'Strike without end', examples: [true] })),
    every: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Strike only each k-th call', examples: [3] }),
    ),
    after: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Let so many calls pass first', examples: [5] }),
    ),
  },
  { additionalProperties: false, description: 'A fault to add', examples: [{ on: 'orders.create', status: 429 }] },
)

export type FaultToAdd = Static<typeof FaultToAddSchema>

export const FaultSchema = Type.Object(
  {
    id: Fact('Identifier of the fault', 'fault-1'),
    account: OrNull(Fact('The account whose calls it strikes; null: those of all', 'acme')),
    fault: FaultToAddSchema,
    seen: Type.Integer({ description: 'Calls that it could have struck', examples: [3] }),
    struck: Type.Integer({ description: 'Calls that it struck', examples: [1] }),
    isEndless: Type.Boolean({ description: 'Whether it strikes without end', examples: [false] }),
    isSpent: Type.Boolean({ description: 'Whether it strikes no more', examples: [true] }),
  },
  { description: 'A fault' },
)

export type Fault = Static<typeof FaultSchema>

export const FaultListSchema = Type.Object(
  { faults: Type.Array(FaultSchema, { description: 'In the order in which they strike', examples: [[]] }) },
  { description: 'Faults' },
)
