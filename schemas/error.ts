import { type Static, Type } from '@sinclair/typebox'

/** The provider's answer, if it caused the error. */
export const ProviderErrorSchema = Type.Object({
  status: Type.Optional(Type.Number({ description: 'HTTP status', examples: [422] })),
  url: Type.Optional(
    Type.String({ description: 'Address that was called', examples: ['https://provider.example.com/orders'] }),
  ),
  raw: Type.Optional(Type.Unknown({ description: 'Body of the answer' })),
  headers: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Headers of the answer' })),
})

export type ProviderError = Static<typeof ProviderErrorSchema>

/** Body of every error; the SDK needs the first three to throw its typed error (docs/contract.md: Errors). */
export const ErrorSchema = Type.Object({
  statusCode: Type.Number({ description: 'HTTP status', examples: [400] }),
  message: Type.String({ description: 'What is wrong', examples: ['body/candidate/emails must be array or null'] }),
  timestamp: Type.String({
    format: 'date-time',
    description: 'When it happened',
    examples: ['2026-11-23T09:30:00.000Z'],
  }),
  errorCode: Type.String({ description: 'Kind of error', examples: ['ValidationError'] }),
  provider_errors: Type.Array(ProviderErrorSchema, {
    description: 'Errors of the provider, if it caused this one',
    examples: [[]],
  }),
  errors: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Violations of the schema, a sentence each',
      examples: [['body/candidate/emails must be array or null']],
    }),
  ),
})

export type ErrorBody = Static<typeof ErrorSchema>
