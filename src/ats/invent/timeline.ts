import { isoTime, startOfTime } from '../../date-time'

const day = 24 * 60 * 60 * 1000

/** Formats the time so many days ago. */
export type Timeline = (daysAgo: number) => string

/** The timeline that ends at `since`, in milliseconds since 1970. */
export function timelineUntil(since: number): Timeline {
  // Earlier years do not have four digits.
  const earliest = Math.min(startOfTime, since)
  return (daysAgo) => isoTime(Math.max(Math.round(since - daysAgo * day), earliest))
}
