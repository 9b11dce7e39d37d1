import { Heap } from 'heap-js'
import { breathe, breatheInTime, longestTurn } from './breathe'
import { endOfTime } from './date-time'
import { afterRealTime } from './real-time'

/** The sandbox's only source of time and of timers. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /**
   * Calls `action` once `now()` has reached `instant`, never synchronously. Returns a function that cancels it. An
   * error that it throws or rejects with is an uncaught exception, as in one of Node's timers, and delays nothing else.
   */
  at(instant: number, action: () => unknown): () => void
}

/**
 * A clock that can be frozen and moved, so that a run can be repeated to the byte and nobody has to wait. `freeze` and
 * `resume` during a move decide whether the clock runs after it.
 */
export interface ControlledClock extends Clock {
  /** The current reading, fetched from wherever the clock is kept. */
  read(): Promise<{ now: number; isFrozen: boolean }>
  /** Freezes the clock at the current instant. */
  freeze(): void | Promise<void>
  /** Resumes the clock at the current instant. */
  resume(): void | Promise<void>
  readonly isFrozen: boolean
  /** Sets the clock to `instant`: forwards as `advance` does, backwards in one step. */
  set(instant: number): Promise<void>
  /**
   * Moves the clock by `ms`, at most to the end of the year 9999, and stops on the way for everything that falls due,
   * in order; a running clock runs on from there. Before each step it waits for work under way: at most a second of
   * real time, and three seconds in total.
   */
  advance(ms: number): Promise<void>
}

/** The state of a clock: frozen at an instant, or so many milliseconds ahead of real time. */
export interface Standing {
  readonly frozen: number | null
  readonly ahead: number
}

/** A clock in this process, which can follow one that several processes share. */
export interface LocalClock extends ControlledClock {
  freeze(): void
  resume(): void
  /** Restores the initial state and aborts moves under way. Scheduled actions stay until they are cancelled. */
  reset(): void
  /** Registers `idle`, whose promise resolves when nothing is under way: a move awaits it before each step. */
  awaitBeforeMoving(idle: () => Promise<void>): void
  /** Its state now. During a move, the state it would have if the move ended now. */
  standing(): Standing
  /** Adopts a state, for example that of a shared clock, and runs what is due by it. */
  follow(standing: Standing): void
  /** When the next action is due; null when there is none. */
  nextAt(): number | null
  /** Resolves when nothing is under way, or after a second of real time; returns whether it timed out. */
  settle(): Promise<boolean>
}

interface Entry {
  instant: number
  /** Breaks ties between equal instants. */
  turn: number
  /** Null once cancelled. */
  action: (() => unknown) | null
}

/** The longest delay of a Node timer: 24.8 days. */
const longestTimer = 2 ** 31 - 1
const patience = 1_000
/** Waits in one move that may time out: with traffic that never pauses, each of them does. */
export const mostLongWaits = 3

/** A clock that is frozen at `frozenAt`, in milliseconds since 1970, or follows real time when that is null. */
export function createClock(frozenAt: number | null): LocalClock {
  const agenda = new Heap<Entry>((a, b) => a.instant - b.instant || a.turn - b.turn)
  const idles: (() => Promise<void>)[] = []
  /** Promises of actions that are still running. */
  const underWay = new Set<Promise<unknown>>()
  /** Frozen instant, also during a move; null while running. */
  let frozen = frozenAt
  let isFrozen = frozenAt !== null
  let isMoving = false
  let ahead = 0
  let turns = 0
  let resets = 0
  /** Entries cancelled since the agenda was last compacted. */
  let calledOff = 0
  let lastMove = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const now = () => Math.min(frozen ?? Date.now() + ahead, endOfTime)

  function next(): Entry | undefined {
    while (agenda.peek()?.action === null) agenda.pop()
    return agenda.peek()
  }

  /** Runs the entry that `next` returned. */
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

  /** Keeps the entry until cancelled ones may be the majority: removing a single one means searching for it. */
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
    if (frozen !== null || entry === undefined || entry.instant > endOfTime) return
    timer = setTimeout(runDue, Math.min(Math.max(0, entry.instant - now()), longestTimer)).unref()
  }

  function runDue() {
    // Skips what is added meanwhile: two actions that schedule each other would block the process.
    const last = turns
    const before = frozen
    const began = performance.now()
    for (let entry = next(); entry && entry.instant <= now() && entry.turn <= last; entry = next()) {
      run(entry)
      // The action may have frozen or moved the clock.
      if (frozen !== before) return
      if (performance.now() - began > longestTurn) {
        void breathe().then(runDue)
        return
      }
    }
    arm()
  }

  /** Resolves when nothing is under way, or after a second of real time; returns whether it timed out. */
  function settle(): Promise<boolean> {
    return new Promise<boolean>((resolve) => {
      const callOff = afterRealTime(patience, () => {
        resolve(true)
      })
      // The actions may have caused more work elsewhere.
      void Promise.allSettled(underWay)
        .then(() => Promise.allSettled(idles.map(async (idle) => idle())))
        .then(() => {
          callOff()
          resolve(false)
        })
    })
  }

  /** One move at a time: two would shift time under each other. */
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
    standing() {
      if (isFrozen) return { frozen: now(), ahead }
      return { frozen: null, ahead: frozen === null ? ahead : frozen - Date.now() }
    },
    follow(standing) {
      isFrozen = standing.frozen !== null
      frozen = standing.frozen
      ahead = standing.ahead
      runDue()
    },
    nextAt: () => next()?.instant ?? null,
    settle,
  }
}
