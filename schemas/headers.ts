import { Type } from '@sinclair/typebox'

/** Maximum length in characters. Assumed; StackOne's own identifiers are far shorter. */
export const maxAccountLength = 255

/** Headers of every call to the emulated API (docs/contract.md: Authentication and accounts, Operations). */
export const CallHeadersSchema = Type.Object({
  'x-account-id': Type.String({
    minLength: 1,
    maxLength: maxAccountLength,
    description: 'The account of the call',
    examples: ['acme'],
  }),
  Prefer: Type.Optional(
    Type.String({
      description: '`heartbeat` keeps the connection alive during a long call',
      examples: ['heartbeat'],
    }),
  ),
})
