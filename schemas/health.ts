import { Type } from '@sinclair/typebox'

export const HealthSchema = Type.Object(
  { status: Type.Literal('ok', { description: 'The sandbox answers' }) },
  { description: 'The sandbox is up' },
)

export const ReadySchema = Type.Object(
  { status: Type.Literal('ready', { description: 'This replica can serve calls' }) },
  { description: 'The sandbox can serve calls' },
)

export const NotReadySchema = Type.Object(
  {
    status: Type.Literal('not ready', { description: 'Calls should go to another replica' }),
    reason: Type.String({ description: 'Why not', examples: ['the store does not answer'] }),
    hint: Type.String({
      description: 'What to do about it',
      examples: ['Fix what the reason names. The sandbox then recovers by itself.'],
    }),
  },
  {
    description: 'The sandbox is up, but cannot serve calls now',
    headers: { 'x-sandbox-hint': { type: 'string', description: 'What to do about it, in a sentence' } },
  },
)
