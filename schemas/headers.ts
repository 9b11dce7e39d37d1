import { Type } from '@sinclair/typebox'

/** Headers that every call of the emulated API may carry (contract: Authentication and account, Operations). */
export const CallHeadersSchema = Type.Object({
  'x-account-id': Type.String({
    minLength: 1,
    maxLength: 255,
    description: 'The account that the call is made for',
    examples: ['acme'],
  }),
  prefer: Type.Optional(
    Type.String({
      description: '`heartbeat` keeps the connection alive while the answer takes long',
      examples: ['heartbeat'],
    }),
  ),
})
