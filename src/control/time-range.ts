import { instantOf } from '../date-time'
import { errors, type SandboxError } from '../errors'

/** The part of a filter that is about time. */
export interface TimeFilter {
  after?: string | undefined
  before?: string | undefined
}

/** Milliseconds since 1970: the first moment in the range, and the first one past it. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/**
 * The range that a filter asks for. Throws `invalidQuery` or `invalidBody`, by the first word of `place`, if one of its
 * moments is none, or if the range ends before it begins.
 */
export function timeRange({ after, before }: TimeFilter, place: 'query' | `body/${string}`): TimeRange {
  const range = {
    from: after === undefined ? -Infinity : moment(after, `${place}/after`),
    to: before === undefined ? Infinity : moment(before, `${place}/before`),
  }
  if (range.from > range.to) throw wrong(`${place}/after must not be later than ${place}/before`)
  return range
}

export const isWithin = (at: number, { from, to }: TimeRange): boolean => at >= from && at < to

function moment(text: string, place: string): number {
  const instant = instantOf(text)
  if (Number.isNaN(instant)) throw wrong(`${place} must be a date-time such as 2026-01-31T09:30:00Z`)
  return instant
}

const wrong = (violation: string): SandboxError =>
  violation.startsWith('query') ? errors.invalidQuery([violation]) : errors.invalidBody([violation])
