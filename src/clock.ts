import { Heap } from 'heap-js'
import { breathe, breatheInTime, longestTurn } from './breathe'
import { endOfTime } from './date-time'
import { afterRealTime } from './real-time'

/** Where the sandbox takes the time of day from, and the only thing that it waits with. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /**
   * Calls `action` once `now()` has reached `instant`, never at once. Returns a function that calls it off. What it
   * throws, or its promise rejects with, is an uncaught exception, as from one of Node's timers, and holds up nothing
   * else.
   */
  at(instant: number, action: () => unknown): () => void
}

/**
 * A clock that can be stopped and moved, so that a run can be repeated to the byte and nobody has to wait. `freeze` and
 * `resume` during a move say what becomes of the clock at its end.
 */
export interface ControlledClock extends Clock {
  /** How it stands now, wherever that is kept. */
  read(): Promise<{ now: number; isFrozen: boolean }>
  /** Stops the clock where it is. */
  freeze(): void | Promise<void>
  /** Lets the clock run on from where it is. */
  resume(): void | Promise<void>
  readonly isFrozen: boolean
  /** Puts the clock to `instant`: forwards as `advance` does, backwards at once. */
  set(instant: number): Promise<void>
  /**
   * Moves the clock by `ms`, stopping at everything that falls due on the way, in its order; a running clock runs on
   * from there, and it goes no further than the year 9999. Before each step it waits for what actions have begun and
   * for `work` that is under way, for at most a second of real time, and for three seconds in all.
   */
  advance(ms: number): Promise<void>
}

/** How a clock stands: stopped at an instant, or so many milliseconds ahead of the real time. */
export interface Standing {
  readonly frozen: number | null
  readonly ahead: number
}

/** A clock of this process, which can follow one that several processes share. */
export interface LocalClock extends ControlledClock {
  freeze(): void
  resume(): void
  /**
   * Back to how it was at the start: moves that are not at their end are broken off. What is still to come stays, as long
   * as nobody calls it off.
   */
  reset(): void
  /** Has `idle` asked before time is moved: a promise that resolves when nothing is under way. */
  awaitBeforeMoving(idle: () => Promise<void>): void
  /** Takes over how the shared one stands, and runs what is due by it. */
  follow(standing: Standing): void
  /** The first instant that something waits for; null: nothing does. */
  nextAt(): number | null
}

interface Entry {
  instant: number
  /** Decides between equal instants. */
  turn: number
  /** Null once it was called off. */
  action: (() => unknown) | null
}

/** The longest that Node's timers can wait: 24.8 days. */
const longestTimer = 2 ** 31 - 1
const patience = 1_000
/** Waits during one move that may run into that: with traffic that never pauses, each of them does. */
export const mostLongWaits = 3

/** A clock that stands still at `frozenAt`, in milliseconds since 1970, or runs with the real time when that is null. */
export function createClock(frozenAt: number | null): LocalClock {
  const agenda = new Heap<Entry>((a, b) => a.instant - b.instant || a.turn - b.turn)
  const idles: (() => Promise<void>)[] = []
  /** What actions have begun. */
  const underWay = new Set<Promise<unknown>>()
  /** The frozen instant, also during a move; null while the clock runs. */
  let frozen = frozenAt
  let isFrozen = frozenAt !== null
  let isMoving = false
  let ahead = 0
  let turns = 0
  let resets = 0
  /** How many were called off since the agenda was last rid of them. */
  let calledOff = 0
  let lastMove = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const now = () => frozen ?? Date.now() + ahead

  function next(): Entry | undefined {
    while (agenda.peek()?.action === null) agenda.pop()
    return agenda.peek()
  }

  /** Runs what `next` returned. */
  function run(entry: Entry) {
    agenda.pop()
    try {
      const begun = entry.action?.()
      if (!(begun instanceof Promise)) return
      const work: Promise<unknown> = begun.catch(tellOf).finally(() => underWay.delete(work))
      underWay.add(work)
    } catch (error) {
      tellOf(error)
    }
  }

  function tellOf(error: unknown) {
    queueMicrotask(() => {
      throw error as Error
    })
  }

  /** Leaves the entry in the agenda until there may be more such than others: to take out one is to search for it. */
  function cancel(entry: Entry) {
    entry.action = null
    calledOff++
    if (calledOff * 2 <= agenda.length) return
    agenda.init(agenda.toArray().filter(({ action }) => action !== null))
    calledOff = 0
  }

  function arm() {
    clearTimeout(timer)
    const entry = next()
    if (frozen !== null || entry === undefined) return
    timer = setTimeout(runDue, Math.min(Math.max(0, entry.instant - now()), longestTimer)).unref()
  }

  function runDue() {
    // Not what is added meanwhile: two actions that add each other would keep the process from all else.
    const last = turns
    const before = frozen
    const began = performance.now()
    for (let entry = next(); entry && entry.instant <= now() && entry.turn <= last; entry = next()) {
      run(entry)
      // The action may have stopped or moved the clock.
      if (frozen !== before) return
      if (performance.now() - began > longestTurn) {
        void breathe().then(runDue)
        return
      }
    }
    arm()
  }

  /** Resolves when nothing is under way, or when that took too long; returns whether it did. */
  function settle(): Promise<boolean> {
    return new Promise<boolean>((resolve) => {
      const callOff = afterRealTime(patience, () => {
        resolve(true)
      })
      // What actions began may give others something to do.
      void Promise.allSettled(underWay)
        .then(() => Promise.allSettled(idles.map(async (idle) => idle())))
        .then(() => {
          callOff()
          resolve(false)
        })
    })
  }

  /** One after the other: two at once would each move what the other counts on. */
  function inTurn(target: () => number) {
    const before = resets
    return (lastMove = lastMove.then(() => moveTo(Math.min(target(), endOfTime), () => resets > before)))
  }

  async function moveTo(target: number, isBrokenOff: () => boolean) {
    if (isBrokenOff()) return
    isMoving = true
    frozen = now()
    clearTimeout(timer)
    let longWaits = Number(await settle())
    for (let entry = next(); !isBrokenOff() && entry && entry.instant <= target; entry = next()) {
      frozen = Math.max(now(), entry.instant)
      run(entry)
      if (longWaits < mostLongWaits) longWaits += Number(await settle())
      await breatheInTime()
    }
    if (isBrokenOff()) return
    frozen = target
    isMoving = false
    if (!isFrozen) runOn()
  }

  function runOn() {
    if (frozen !== null) ahead = frozen - Date.now()
    frozen = null
    arm()
  }

  return {
    now,
    at(instant, action) {
      const entry: Entry = { instant, turn: ++turns, action }
      agenda.push(entry)
      if (agenda.peek() === entry) arm()
      return () => {
        cancel(entry)
      }
    },
    get isFrozen() {
      return isFrozen
    },
    read: async () => ({ now: now(), isFrozen }),
    freeze() {
      isFrozen = true
      frozen = now()
      clearTimeout(timer)
    },
    resume() {
      isFrozen = false
      if (!isMoving) runOn()
    },
    set: (instant) => inTurn(() => instant),
    advance: (ms) => inTurn(() => now() + ms),
    reset() {
      resets++
      isMoving = false
      isFrozen = frozenAt !== null
      frozen = frozenAt
      ahead = 0
      arm()
    },
    awaitBeforeMoving(idle) {
      idles.push(idle)
    },
    follow(standing) {
      isFrozen = standing.frozen !== null
      frozen = standing.frozen
      ahead = standing.ahead
      runDue()
    },
    nextAt: () => next()?.instant ?? null,
  }
}
