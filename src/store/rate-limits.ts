interface Counted {
  current: number
  ttl: number
}

/** How many calls a key has made in its minute. */
export interface RateLimits {
  /** Counts a call of `key` at `now`, in milliseconds since 1970; returns the calls so far and the rest of the minute in ms. */
  count(key: string, now: number): Counted | Promise<Counted>
}

/** Milliseconds of a window. */
export const minute = 60_000
