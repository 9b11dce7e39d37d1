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
 * Calls `action` after `ms` of real time, whatever the sandbox's clock says; does not keep the process alive.
 * Returns a function that calls it off.
 */
export function afterRealTime(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms).unref()
  return () => {
    clearTimeout(timer)
  }
}
