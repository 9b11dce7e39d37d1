interface Counted {
  current: number
  ttl: number
}

/** Counts the calls of each key, per minute. */
export interface RateLimits {
  /** Counts a call with `key` at `now` (ms since 1970). Returns the calls so far and the milliseconds left. */
  count(key: string, now: number): Counted | Promise<Counted>
}

/** The length of a window, in milliseconds. */
export const minute = 60_000
