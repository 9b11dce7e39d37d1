import { type Static, type TSchema, Type } from '@sinclair/typebox'

export const Fact = (description: string, example: string) => Type.String({ description, examples: [example] })

export const Moment = (description: string) =>
  Type.String({ format: 'date-time', description, examples: ['2026-11-23T10:10:00.000Z'] })

/** A string out of a closed list of values. */
export const Choice = <const V extends readonly string[]>(values: V, description: string, example: V[number]) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: values, description, examples: [example] })

/** A value that is always there, and may be null. */
export function OrNull<T extends TSchema>(schema: T) {
  const values: unknown = schema['enum']
  return Type.Unsafe<Static<T> | null>({
    ...schema,
    type: [schema['type'], 'null'],
    ...(Array.isArray(values) && { enum: [...(values as unknown[]), null] }),
  })
}

/** The account that a call of the control API is about. */
export const AccountQuerySchema = Type.Object(
  { account: Type.Optional(Fact('The account that it is about; x-account-id does as well', 'acme')) },
  { additionalProperties: false },
)

/** The most entries that a list returns. */
export const Limit = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'The most to list', examples: [20] }),
)

/** Milliseconds of real time that a wait takes unless it is told otherwise. */
export const defaultWaitMs = 5_000

/** What to wait for: as many things that fit the filter as `count` says. */
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
          description: 'The longest to wait, in milliseconds of real time',
          examples: [2_000],
        }),
      ),
    },
    { additionalProperties: false, description: 'What to wait for, and how long' },
  )

/** How long to wait, and for how many. */
export interface WaitOptions {
  /** Default: 1. */
  count?: number | undefined
  /** Milliseconds of real time, at most a minute. Default: 5,000. */
  timeoutMs?: number | undefined
}
