import { breatheInTime } from '../breathe'
import { afterRealTime } from '../real-time'
import type { Changes } from '../store/changes'

export interface Waiting<T> {
  changes: Changes
  /** The items that exist already, newest first. */
  existing: () => AsyncIterable<T> | Promise<Iterable<T>>
  /** Calls `listener` for each new or changed item; returns a function that unsubscribes it. */
  subscribe: (listener: (item: T) => void) => () => void
  fits: (item: T) => boolean
  /** Identity of an item. */
  key: (item: T) => unknown
  count: number
  /** In real time. */
  timeoutMs: number
  /** Aborted once nobody waits any more. */
  signal?: AbortSignal | undefined
}

/**
 * Resolves with the first `count` items that match, oldest first, as soon as there are that many; existing items count.
 * Resolves with null on timeout. Does not poll; misses nothing.
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
  // Subscribes before reading the existing items, to miss nothing in between.
  const stop = subscribe((item) => {
    hear(item)
  })
  let callOff: (() => void) | undefined
  let stopLooking: (() => void) | undefined
  async function look() {
    /** The oldest `count` matches, newest first: more are not needed. */
    const before: T[] = []
    for await (const item of await existing()) {
      await breatheInTime()
      if (signal?.aborted) return
      if (!fits(item)) fitting.delete(key(item))
      else if (before.push(item) > count) before.shift()
    }
    // Applied last: changes are newer than the list, which was started before them.
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
        // Checked immediately: a later change may end the match.
        settle()
      }
      stopLooking = changes.on('gap', () => {
        // Failures are ignored: the subscription is not back yet, so another gap will follow.
        void look().then(settle, () => undefined)
      })
    })
  } finally {
    stop()
    stopLooking?.()
    callOff?.()
  }
}
