import { Type } from '@sinclair/typebox'

/** Maximum length in characters. Assumed; StackOne's own identifiers are far shorter. */
export const maxAccountLength = 255

const preference = {
  Prefer: Type.Optional(
    Type.String({
      description: '`heartbeat` keeps the connection alive during a long call',
      examples: ['heartbeat'],
    }),
  ),
}

/** Headers of every call to the emulated API (docs/contract.md: Authentication and accounts, Operations). */
export const CallHeadersSchema = Type.Object({
  'x-account-id': Type.String({
    minLength: 1,
    maxLength: maxAccountLength,
    description: 'The account of the call',
    examples: ['acme'],
  }),
  ...preference,
})

/** Headers of calls that are about no single account. */
export const CallWithoutAccountHeadersSchema = Type.Object(preference)
