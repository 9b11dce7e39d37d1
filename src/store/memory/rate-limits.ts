import { minute, type RateLimits } from '../rate-limits'

/** Counts in the memory of this process. A minute starts with the first call after the previous one has ended. */
export function memoryRateLimits(): RateLimits & { reset(): void } {
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
    reset() {
      windows.clear()
    },
  }
}
