import { type Static, Type } from '@sinclair/typebox'

const steps = ['start', 'submit', 'outcome'] as const

/** How a test can end. */
export const outcomes = ['passed', 'failed', 'completed', 'cancelled', 'expired'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * The form of the page behind a `test_url`. Its answers are `q1`, `q2` …, each the index of the chosen option; in that of
 * a background check, `consent` is given or not.
 */
export const TestFormSchema = Type.Object(
  {
    step: Type.Unsafe<(typeof steps)[number]>({ type: 'string', enum: steps }),
    consent: Type.Optional(Type.String()),
    outcome: Type.Optional(Type.Unsafe<Outcome>({ type: 'string', enum: outcomes })),
    /** A percentage. */
    score: Type.Optional(Type.String()),
    summary: Type.Optional(Type.String()),
  },
  { additionalProperties: Type.String() },
)

export type TestForm = Static<typeof TestFormSchema> & Partial<Record<string, string>>
