import { Type } from '@sinclair/typebox'

/** Characters; StackOne's own identifiers are far shorter. Assumed. */
export const maxAccountLength = 255

/** Headers of every call to the emulated API (docs/contract.md: Authentication and accounts, Operations). */
export const CallHeadersSchema = Type.Object({
  'x-account-id': Type.String({
    minLength: 1,
    maxLength: maxAccountLength,
    description: 'The account that the call is made for',
    examples: ['acme'],
  }),
  Prefer: Type.Optional(
    Type.String({
      description: '`heartbeat` keeps the connection alive while the answer takes long',
      examples: ['heartbeat'],
    }),
  ),
})
