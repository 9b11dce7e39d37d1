import { afterRealTime } from '../clock'

export interface Waiting<T> {
  /** What there is already. */
  existing: () => Promise<readonly T[]>
  /** Calls its argument for whatever is new or changed; returns a function that stops it. */
  subscribe: (listener: (item: T) => void) => () => void
  fits: (item: T) => boolean
  /** By which a changed thing is known. */
  key: (item: T) => unknown
  count: number
  /** Milliseconds of real time. */
  timeoutMs: number
}

/**
 * Resolves with the things that fit as soon as there are `count` of them, what was there before included; with null
 * when the time is over. Nothing is asked again and again, and nothing that comes meanwhile is missed.
 */
export async function waitFor<T>(waiting: Waiting<T>): Promise<T[] | null> {
  const { existing, subscribe, fits, key, count, timeoutMs } = waiting
  const fitting = new Map<unknown, T>()
  const consider = (item: T) => {
    if (fits(item)) fitting.set(key(item), item)
    else fitting.delete(key(item))
  }
  let wake: (() => void) | undefined
  const changed = new Set<unknown>()
  // Before looking at what is there: what comes in between would be missed.
  const stop = subscribe((item) => {
    changed.add(key(item))
    consider(item)
    if (fitting.size >= count) wake?.()
  })
  try {
    // What changed meanwhile is known better than by a list that was begun before.
    for (const item of await existing()) if (!changed.has(key(item))) consider(item)
    if (fitting.size < count) {
      await new Promise<void>((resolve) => {
        const callOff = afterRealTime(timeoutMs, resolve)
        wake = () => {
          callOff()
          resolve()
        }
      })
    }
    return fitting.size >= count ? [...fitting.values()] : null
  } finally {
    stop()
  }
}
