import { type Static, Type } from '@sinclair/typebox'
import { LinkedAccountSchema } from '../account'
import { Choice } from './builders'

/** How to link an account, or what to change about it. */
export const AccountToLinkSchema = Type.Object(
  {
    provider: Type.Optional(
      Type.String({
        pattern: '^[\\w-]{1,100}$',
        description: 'The ATS that it is linked to, in any case; default: as before',
        examples: ['greenhouse'],
      }),
    ),
    status: Type.Optional(
      Choice(
        ['active', 'disabled'] as const,
        'Whether its integration is enabled; default: as before, and active for a new account',
        'active',
      ),
    ),
  },
  { additionalProperties: false, description: 'How the account is linked', examples: [{ provider: 'greenhouse' }] },
)

export type AccountToLink = Static<typeof AccountToLinkSchema>

export const LinkedAccountListSchema = Type.Object(
  { accounts: Type.Array(LinkedAccountSchema, { description: 'Sorted by id', examples: [[]] }) },
  { description: 'Linked accounts' },
)
