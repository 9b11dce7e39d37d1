import { type Static, Type } from '@sinclair/typebox'
import { Moment } from './builders'

export const ClockSchema = Type.Object(
  {
    now: Moment('The time of the sandbox'),
    isFrozen: Type.Boolean({ description: 'Whether it is frozen', examples: [true] }),
  },
  { description: 'The clock of the sandbox' },
)

export type ClockReading = Static<typeof ClockSchema>

const mostMs = 100 * 365 * 24 * 60 * 60 * 1000

export const TimeToSetSchema = Type.Object(
  {
    now: Type.String({
      description: 'The time to set, in UTC unless it has a zone',
      examples: ['2026-01-31T09:30:00.000Z'],
    }),
  },
  { additionalProperties: false, description: 'A time', examples: [{ now: '2026-01-31T09:30:00.000Z' }] },
)

export const TimeToPassSchema = Type.Object(
  { ms: Type.Integer({ minimum: 0, maximum: mostMs, description: 'Milliseconds', examples: [60_000] }) },
  { additionalProperties: false, description: 'A span of time', examples: [{ ms: 60_000 }] },
)
