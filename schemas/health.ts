import { Type } from '@sinclair/typebox'

export const HealthSchema = Type.Object(
  { status: Type.Literal('ok', { description: 'The sandbox answers' }) },
  { description: 'The sandbox is up' },
)
