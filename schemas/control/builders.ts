import { type TSchema, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'

export const Fact = (description: string, example: string) => Type.String({ description, examples: [example] })

export const Moment = (description: string) =>
  Type.String({ format: 'date-time', description, examples: ['2026-11-23T10:10:00.000Z'] })

/** A string out of a closed list of values. */
export const Choice = <const V extends readonly string[]>(values: V, description: string, example: V[number]) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: values, description, examples: [example] })

/** A bare array as an answer. */
export const listOf = <T extends TSchema>(item: T, description: string) => Type.Array(item, { description })

/** Answer without a body. */
export const nothing = (description: string) => Type.Unsafe<undefined>(Type.Null({ description }))

/** The account that a call of the control API is about. */
export const AccountSchema = Fact('Account; the header x-account-id works too', 'acme')

export const AccountQuerySchema = Type.Object(
  { account: Type.Optional(AccountSchema) },
  { additionalProperties: false },
)

/** Default number of entries in a list. */
export const usualLimit = 100

/** Maximum number of entries in a list. */
export const Limit = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 1000,
    default: usualLimit,
    description: 'Maximum number of entries',
    examples: [20],
  }),
)

/** Where a list continues. */
export const Next = Type.Optional(Fact('Where to continue: `next` of the previous answer, with the same filter', '17'))

/** Maximum characters of a search. */
export const mostOfSearch = 100

/** Between which moments something has to be; `happened` is what happened then. */
export const timeFilter = (happened: string) => ({
  after: Type.Optional(
    Fact(`Only those ${happened} at this moment or later; UTC unless it has a zone`, '2026-11-23T10:00:00.000Z'),
  ),
  before: Type.Optional(
    Fact(`Only those ${happened} earlier than this moment; UTC unless it has a zone`, '2026-11-23T11:00:00.000Z'),
  ),
})

/** What every list says about entries that it leaves out. */
export const pageFacts = {
  total: Type.Integer({ description: 'Number of matching entries, listed or not', examples: [0] }),
  next: OrNull(Fact('Pass it as `next` to get the rest; null if this is all', '17')),
}

/** Which part of a list to return. */
export interface ListOptions {
  /** 1 to 1,000; default: 100. */
  limit?: number | undefined
  /** `next` of the previous part; default: the newest entries. */
  next?: string | undefined
}

/** Default time to wait, in milliseconds of real time. */
export const defaultWaitMs = 5_000

/** What to wait for: `count` items that match the filter. */
export const WaitSchema = <T extends TSchema>(filter: T) =>
  Type.Object(
    {
      filter: Type.Optional(filter),
      count: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 1000, default: 1, description: 'How many to wait for', examples: [2] }),
      ),
      timeoutMs: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 60_000,
          default: defaultWaitMs,
          description: 'Maximum time to wait, in milliseconds of real time',
          examples: [2_000],
        }),
      ),
    },
    { additionalProperties: false, description: 'What to wait for, and how long' },
  )

/** How long to wait, and for how many items. */
export interface WaitOptions {
  /** Default: 1. */
  count?: number | undefined
  /** Milliseconds of real time, at most a minute. Default: 5,000. */
  timeoutMs?: number | undefined
}
