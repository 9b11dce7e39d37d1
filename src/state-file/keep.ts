import type { Logger } from 'pino'
import { breatheInTime } from '../breathe'
import { afterRealTime } from '../real-time'
import type { Changes as Announcements } from '../store/changes'
import type { Delivery } from '../store/records'
import { allRecords, changedRecords } from './changed-records'
import { allUnits, changedUnits, ResetMeanwhile } from './changed'
import { encoded, endOfStep, type Line, lineOf } from './entries'
import type { KeptState } from './kept-state'
import { type LogFile, whyNot } from './log-file'
import { changedSettings } from './settings-lines'
import { type NextStep, pieceMaker, type Step } from './step'

/** Milliseconds of real time between two looks at what has changed. */
const interval = 1_000
/** Milliseconds of real time that a step may take to be written before it counts as a problem. */
const patience = 4_000
/** A file is compacted once it is more than twice as long as it has to be, plus this many bytes. */
const slack = 4 * 1024 * 1024
/** Bytes of a line besides the order's request and result, or the delivery's. */
const ofLine = 450
/** Bytes that are written at once. Those of a step's beginning are made in the turn in which it is taken. */
const ofPiece = 256 * 1024
/** How often a longer step is made again after a reset. Then it is made in one turn, however long that takes. */
const mostTries = 3
/** Bytes of a copy that are made at once: half a millisecond of work. */
const ofCopy = 64 * 1024

export interface KeepDeps {
  log: LogFile
  /** What the user calls the file. */
  file: string
  state: KeptState
  changes: Announcements
  logger: Logger
  /** Calls `work` while no snapshot is being loaded: half of one must not be written. */
  betweenLoads: <T>(work: () => T) => Promise<T>
}

/** Writes what changes in `state` to `log`, every second and at the end. */
export function keepState({ log, file, state, changes, logger, betweenLoads }: KeepDeps) {
  const makePieces = pieceMaker(ofPiece)
  const makeCopy = pieceMaker(ofCopy)
  const units = changedUnits()
  const settings = changedSettings(state)
  const records = changedRecords(state)
  let resets: (string | null)[] = []
  let problem: string | null = null
  let isClosing = false
  let compacting: Promise<void> | null = null
  let looking: Promise<void> | undefined
  let compactAbove = 0
  let callOff: (() => void) | undefined
  const stops = [
    changes.on('order', (order) => {
      units.order(order)
    }),
    changes.on('delivery', (delivery) => {
      units.delivery(delivery)
    }),
  ]

  /** Tells everybody why the state is not saved, once for each reason; null: it is. */
  function tell(why: string | null) {
    const now = why === null ? null : `the state is not saved: ${why}`
    if (now === problem) return
    problem = now
    if (now === null) logger.info({ file }, 'the state is saved again')
    else logger.error({ file }, now)
    changes.emit('setting', null)
  }

  /** All that has changed and is not written yet; with `isWhole`, webhooks, faults and clock whether or not they have. */
  function take(isWhole: boolean, inOneTurn = false): Step {
    const changed = units.take()
    const { lines: ofSettings, isWritten } = settings.take(isWhole)
    const changedOnes = records.take()
    const { lines: ofRecords } = changedOnes
    const gone = resets
    resets = []
    function* lines(): Generator<Line, void> {
      for (const account of gone) yield lineOf({ reset: account })
      yield* ofSettings
      yield* ofRecords
      yield* changed.lines(state)
      yield endOfStep
    }
    const pieces = inOneTurn ? Array.from(lines(), encoded) : begun(makePieces(lines()))
    return {
      isEmpty: changed.size + gone.length + ofSettings.length + ofRecords.length === 0,
      pieces: () => pieces,
      isWritten() {
        isWritten()
        tell(null)
      },
      putBack() {
        changed.putBack()
        changedOnes.putBack()
        resets = [...gone, ...resets]
      },
    }
  }

  const wordsOf = (error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException
    return code === undefined ? message : whyNot(file, error as NodeJS.ErrnoException)
  }

  const next: NextStep = (isWhole, also) =>
    betweenLoads(() => {
      also?.()
      return take(isWhole)
    })

  /** Writes what has changed, and tells what comes of it. */
  async function writeChanges() {
    for (let tries = 1; ; tries++) {
      try {
        await write(() => betweenLoads(() => take(false, tries > mostTries)))
        return
      } catch (error) {
        if (error instanceof ResetMeanwhile) continue
        tell(wordsOf(error))
        return
      }
    }
  }

  async function write(step: () => Promise<Step>) {
    let obstacle = 'a snapshot is still being loaded'
    const inTime = afterRealTime(patience, () => {
      tell(obstacle)
    })
    try {
      await log.append(async () => {
        const ready = await step()
        obstacle = `writing to ${file} takes over ${String(patience / 1000)} seconds`
        return ready
      })
    } finally {
      inTime()
    }
  }

  function* everything() {
    yield* allRecords(state)
    yield* allUnits(state)
  }

  /** All records, orders and deliveries. */
  function* copy() {
    for (const piece of makeCopy(everything())) {
      if (isClosing) throw new Error('the sandbox is closing')
      yield piece
    }
  }

  async function compact() {
    try {
      await log.compact({ copy, next })
      logger.debug({ file, bytes: log.sizes().now }, 'compacted the state')
    } catch (error) {
      // Nothing is lost by it: what changes is still appended. After a reset, it begins again at the next look.
      if (error instanceof ResetMeanwhile) return
      if (!isClosing) logger.warn({ file }, `the state cannot be compacted: ${wordsOf(error)}`)
    }
    // After a failure, not before it has grown.
    compactAbove = log.sizes().now + slack
  }

  /** Bytes up to which the file is not compacted: it has to have about half of them. */
  async function mostBytes() {
    const lines = (await state.store.count(null)) + state.deliveries.count()
    const needed = Math.max(log.sizes().whole, (await state.store.bytes()) + lines * ofLine)
    return Math.max(2 * needed + slack, compactAbove)
  }

  async function look() {
    await writeChanges()
    if (isClosing || compacting !== null || log.sizes().now <= (await mostBytes())) return
    compacting = compact().finally(() => (compacting = null))
  }

  function lookAgain() {
    if (isClosing) return
    callOff = afterRealTime(interval, () => {
      looking = look().then(lookAgain)
    })
  }

  return {
    /** Why the state is not saved; null: it is, or will be within five seconds. */
    problem: () => problem,
    /** Begins to write, once the state is restored. A file that holds a snapshot becomes a log. */
    async begin() {
      if (log.snapshot !== null) {
        units.take()
        records.take()
        await log.compact({ copy, next })
      }
      lookAgain()
    },
    /** To call with the deliveries of a snapshot, since loading them emits no change. */
    async imported(deliveries: Iterable<Pick<Delivery, 'remoteId' | 'number'>>) {
      for (const delivery of deliveries) {
        await breatheInTime()
        units.delivery(delivery)
      }
    },
    /** To call in the same turn in which an account, or with null everything, is reset. */
    reset(accountId: string | null) {
      resets.push(accountId)
      units.reset()
    },
    /**
     * Writes what is left. `end` stops all that could still change, and is called as the last changes are taken. Throws
     * an Error if the state is not saved.
     */
    async close(end: () => Promise<void>) {
      isClosing = true
      callOff?.()
      await looking
      await compacting
      await writeChanges()
      // Made in one turn: what ends leaves nothing to make it from.
      const last = await betweenLoads(() => take(false, true))
      for (const stop of stops) stop()
      await end()
      await write(async () => last).catch((error: unknown) => {
        tell(wordsOf(error))
      })
      await log.close()
      if (problem !== null) throw new Error(problem)
    },
  }
}

/** Pieces of which the first is made now, and the others when they are asked for. */
function begun(pieces: Generator<Buffer, void>): Iterable<Buffer> {
  // There is one, for a step has at least an end.
  const first = pieces.next().value as Buffer
  return (function* () {
    yield first
    yield* pieces
  })()
}
