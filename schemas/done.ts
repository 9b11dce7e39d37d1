import { Type } from '@sinclair/typebox'

/** What every answer to a successful write says. */
export const doneFacts = (status: number, message: string) => ({
  statusCode: Type.Number({ description: 'HTTP status', examples: [status] }),
  message: Type.String({ description: 'What was done', examples: [message] }),
  timestamp: Type.String({ format: 'date-time', description: 'When', examples: ['2026-11-23T10:10:00.000Z'] }),
})
