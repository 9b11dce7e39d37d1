/** Where the sandbox takes the time of day from, so that a run can be repeated to the byte. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still at `instant`, in milliseconds since 1970. */
export const frozenClock = (instant: number): Clock => ({ now: () => instant })

/** `instant` (milliseconds since 1970) as the contract writes a time: `2026-01-31T09:30:00.000Z`. */
export const isoTime = (instant: number): string => new Date(instant).toISOString()

/**
 * Milliseconds since 1970 of an ISO date or date-time, taken for UTC when it names no zone; NaN for what is none.
 * `Date.parse` alone would take February 30 for March 2, and a time without a zone for the machine's own.
 */
export function instantOf(text: string): number {
  const [, year, month, day, time, zone] = /^(\d{4})-(\d\d)-(\d\d)(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (!(Number(day) <= lastDay)) return NaN
  return Date.parse(time !== undefined && zone === undefined ? `${text}Z` : text)
}

/**
 * Calls `action` after `ms` of real time, whatever the sandbox's clock says; does not keep the process alive.
 * Returns a function that calls it off.
 */
export function afterRealTime(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms).unref()
  return () => {
    clearTimeout(timer)
  }
}
