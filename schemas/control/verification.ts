import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { JournalEntrySchema, RequestFilterSchema, undecided } from './requests'

/** How many requests match a filter, and the nearest one if none does. */
export const VerificationSchema = Type.Object(
  {
    matched: Type.Integer({ description: 'How many requests match', examples: [0] }),
    undecided,
    nearest: OrNull(
      Type.Object(
        {
          request: JournalEntrySchema,
          differences: Type.Array(Type.String(), {
            description: 'How it differs from the filter',
            examples: [['body.candidate.first_name is "Mia", not "Mya"']],
          }),
        },
        { description: 'The nearest request; null if any matches, or there is none', examples: [null] },
      ),
    ),
  },
  { description: 'How many requests match, and the nearest one' },
)

export type Verification = Static<typeof VerificationSchema>

const Count = (description: string, example: number) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, description, examples: [example] }))

const expectation = {
  count: Count('Exact number', 1),
  atLeast: Count('Minimum number; default: 1 if neither of the others is given', 1),
  atMost: Count('Maximum number', 1),
}

/** The expected number of matching requests. */
export const VerifySchema = Type.Object(
  { filter: Type.Optional(RequestFilterSchema), ...expectation },
  {
    additionalProperties: false,
    description: 'The expected requests and their number',
    examples: [{ filter: { operation: 'orders.create' }, count: 1 }],
  },
)

export type Expectation = Pick<Static<typeof VerifySchema>, keyof typeof expectation>

export const MatchSchema = Type.Object(
  { filter: Type.Optional(RequestFilterSchema) },
  {
    additionalProperties: false,
    description: 'The requests to compare with',
    examples: [{ filter: { operation: 'orders.create' } }],
  },
)

/** Expected problems: all those of matching requests, or with `warning` only that warning. */
export const AllowedSchema = Type.Object(
  {
    ...RequestFilterSchema.properties,
    warning: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Allows only the warning with this path; without it, the whole request is allowed',
        examples: ['body/candidate/nickname'],
      }),
    ),
  },
  { additionalProperties: false, description: 'Requests whose problems are expected', examples: [{ status: 409 }] },
)

export type Allowed = Static<typeof AllowedSchema>

export const VerifyCleanSchema = Type.Object(
  {
    allow: Type.Optional(
      Type.Array(AllowedSchema, {
        maxItems: 1000,
        description: 'Expected refusals and warnings; default: none',
        examples: [[{ status: 409 }]],
      }),
    ),
    atLeast: Count('Minimum number of requests; default: 1', 1),
  },
  { additionalProperties: false, description: 'Expected refusals and warnings', examples: [{ allow: [] }] },
)

/** Expected refusals and warnings, and the required number of requests. */
export interface CleanOptions {
  /** Expected refusals and warnings. Default: none. */
  allow?: readonly Allowed[] | undefined
  /** Minimum number of requests, since none may mean the wrong account. Default: 1. */
  atLeast?: number | undefined
}

/** The answer if no request has a problem. */
export const CleanSchema = Type.Object(
  { checked: Type.Integer({ description: 'Number of requests', examples: [12] }) },
  { description: 'No request was refused or has warnings, except the allowed ones' },
)

export type Clean = Static<typeof CleanSchema>
