interface Counted {
  current: number
  ttl: number
}

/** How many calls a key has made in its minute. */
export interface RateLimits {
  /** Counts a call of `key` at `now`, in milliseconds since 1970; returns the calls so far and the rest of the minute in ms. */
  count(key: string, now: number): Counted | Promise<Counted>
  /** Missing where they are cleared with everything else, in one step. */
  clear?(): void
}

/** Milliseconds of a window. */
export const minute = 60_000

/** Counts in the memory of this process: a minute begins with the first call after the one before is over. */
export function memoryRateLimits(): RateLimits {
  const windows = new Map<string, { endsAt: number; calls: number }>()
  return {
    count(key, now) {
      const open = windows.get(key)
      const window =
        open !== undefined && now < open.endsAt && now >= open.endsAt - minute
          ? open
          : { endsAt: now + minute, calls: 0 }
      windows.set(key, window)
      window.calls++
      return { current: window.calls, ttl: window.endsAt - now }
    },
    clear() {
      windows.clear()
    },
  }
}
