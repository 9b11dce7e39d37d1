import { breatheInTime } from '../breathe'
import { afterRealTime } from '../real-time'
import type { Changes } from '../store/changes'

export interface Waiting<T> {
  changes: Changes
  /** What there is already, newest first. */
  existing: () => AsyncIterable<T> | Promise<Iterable<T>>
  /** Calls its argument for whatever is new or changed; returns a function that stops it. */
  subscribe: (listener: (item: T) => void) => () => void
  fits: (item: T) => boolean
  /** The identity of an item. */
  key: (item: T) => unknown
  count: number
  /** Milliseconds of real time. */
  timeoutMs: number
  /** Says that nobody waits any more. */
  signal?: AbortSignal | undefined
}

/**
 * Resolves with the first `count` things that fit, oldest first, as soon as there are as many; what was there before
 * counts. Resolves with null when the time is over. Does not poll; misses nothing.
 */
export async function waitFor<T>(waiting: Waiting<T>): Promise<T[] | null> {
  const { changes, existing, subscribe, fits, key, count, timeoutMs, signal } = waiting
  const fitting = new Map<unknown, T>()
  const consider = (item: T) => {
    if (fits(item)) fitting.set(key(item), item)
    else fitting.delete(key(item))
  }
  const found = () => (fitting.size < count ? null : [...fitting.values()].slice(0, count))

  const meanwhile: T[] = []
  let hear = (item: T) => {
    meanwhile.push(item)
  }
  // Before looking at what is there: what comes in between would be missed.
  const stop = subscribe((item) => {
    hear(item)
  })
  let callOff: (() => void) | undefined
  let stopLooking: (() => void) | undefined
  async function look() {
    /** The oldest ones, newest first: more than are waited for need not be remembered. */
    const before: T[] = []
    for await (const item of await existing()) {
      await breatheInTime()
      if (signal?.aborted) return
      if (!fits(item)) fitting.delete(key(item))
      else if (before.push(item) > count) before.shift()
    }
    // What changed meanwhile is known better than by a list that was begun before.
    for (const item of [...before.reverse(), ...meanwhile.splice(0)]) consider(item)
  }
  try {
    await changes.ready()
    await look()
    if (found() !== null || signal?.aborted) return found()
    return await new Promise((resolve) => {
      const settle = () => {
        if (fitting.size >= count) resolve(found())
      }
      const giveUp = () => {
        resolve(null)
      }
      callOff = afterRealTime(timeoutMs, giveUp)
      signal?.addEventListener('abort', giveUp, { once: true })
      hear = (item) => {
        consider(item)
        // Taken at once: what fits now may have changed by the time that anybody looks.
        settle()
      }
      stopLooking = changes.on('gap', () => {
        // When it fails there will be another: whoever tells of changes is not back yet.
        void look().then(settle, () => undefined)
      })
    })
  } finally {
    stop()
    stopLooking?.()
    callOff?.()
  }
}
