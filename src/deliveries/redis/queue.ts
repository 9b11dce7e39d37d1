import { type Job, Queue, Worker } from 'bullmq'
import type { Logger } from 'pino'
import { afterRealTime, inTime, passRealTime } from '../../real-time'
import type { Connection, Link } from '../../store/redis/connection'
import { queuePrefix } from '../../store/redis/keys'
import type { Queued } from '../../store/redis/orders'
import { endable } from './endable'

/** Items that one process works on concurrently; most of them wait for receivers. */
const concurrency = 2_048
/** Milliseconds of real time after which a process that does not renew its lock on a job counts as dead. */
const lockDuration = 10_000
/** Milliseconds of real time without a renewal after which work is aborted, before another process may start it. */
const longestHold = lockDuration - 1_000
/** Milliseconds of real time between two checks for jobs of dead processes. */
const stalledInterval = 5_000
/**
 * Milliseconds of real time without an answer after which a connection counts as dead: longer than it blocks for a job.
 */
const longestSilence = 15_000
/** Milliseconds of real time that adding may take. A later check of the agenda finds what was not added by then. */
const timeToAdd = 5_000
/** Milliseconds of real time between two checks for a stopped worker. */
const betweenLooks = 10_000
/** Milliseconds of real time to hand over aborted work, and to close: Redis may be away. */
const timeToHandOver = 150
const timeToClose = 50

interface Due {
  item: string
  round: string
}

/** A worker, its connection, and what closes that for good. */
interface Employed {
  worker: Worker
  blocking: Connection
  endConnection: () => void
}

export interface DeliveryQueue {
  /** Hands `queued` to whichever process has time. */
  add(queued: Queued): Promise<void>
  /** Starts to work. `signal` aborts when another process may have taken over the item: then work on it must stop. */
  start(work: (item: string, round: string, signal: AbortSignal) => Promise<void>): void
  /**
   * Accepts nothing new, waits `ms` milliseconds for what is under way, aborts the rest with `breakOff`, and closes.
   */
  close(ms: number, breakOff: () => void): Promise<void>
}

/**
 * The queue of due items, on BullMQ: one process has an item at a time, and another one takes over from a dead process.
 * An item returns until it is marked as done, so that work is done at least once.
 */
export function deliveryQueue(link: Link, logger: Logger, pause = betweenLooks): DeliveryQueue {
  // BullMQ waits for Redis itself, however long.
  const connection = link.connect({ maxRetriesPerRequest: null })
  const prefix = `${link.prefix}${queuePrefix}`
  const queue = new Queue('due', { connection, prefix, skipVersionCheck: true })
  queue.on('error', () => undefined)
  let current: Employed | undefined
  let callOffLook: (() => void) | undefined
  const renewals = new Map<string, () => void>()
  let begun = 0
  let onIdle: (() => void) | undefined

  /** Resolves when nothing is under way. */
  const idle = () =>
    new Promise<void>((resolve) => {
      onIdle = resolve
      if (renewals.size === 0) resolve()
    })

  /** Runs `work` while the lock on the job is renewed: with Redis away, another process may have it by now. */
  async function whileHeld(jobId: string, work: (signal: AbortSignal) => Promise<void>) {
    const lost = new AbortController()
    let callOff: (() => void) | undefined
    const renew = () => {
      callOff?.()
      callOff = afterRealTime(longestHold, () => {
        lost.abort()
      })
    }
    renew()
    begun++
    renewals.set(jobId, renew)
    try {
      await work(lost.signal)
    } finally {
      callOff?.()
      renewals.delete(jobId)
      if (renewals.size === 0) onIdle?.()
    }
  }

  /** Starts a worker that processes jobs. */
  function hire(work: (item: string, round: string, signal: AbortSignal) => Promise<void>) {
    const blocking = link.connect({
      maxRetriesPerRequest: null,
      commandTimeout: undefined,
      socketTimeout: longestSilence,
      // A command that never settles would stop BullMQ's loop. A connection that comes back sends it again; one to a
      // node of a cluster does not come back, so there the command has to fail.
      autoResendUnfulfilledCommands: !link.isCluster,
    })
    const endConnection = endable(blocking)
    const process = ({ id, data: { item, round } }: Job<Due>) =>
      whileHeld(String(id), (signal) => work(item, round, signal))
    const worker = new Worker<Due>('due', process, {
      connection: blocking,
      prefix,
      concurrency,
      lockDuration,
      stalledInterval,
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      skipVersionCheck: true,
    })
    worker.on('error', () => undefined)
    worker.on('locksRenewed', ({ jobIds }) => {
      for (const id of jobIds) renewals.get(id)?.()
    })
    return { worker, blocking, endConnection }
  }

  /**
   * Replaces a stopped worker: BullMQ's may wait forever for a connection to a cluster to end (taskforcesh/bullmq,
   * issues 4065 and 4138). A worker counts as stopped when jobs wait at two checks and none was started in between.
   */
  function lookForStopped(replace: (stopped: Employed) => void) {
    let begunBefore = begun
    let didWait = false
    const look = async () => {
      const isIdle = renewals.size === 0 && begun === begunBefore
      begunBefore = begun
      const waiting = isIdle ? await inTime(queue.getWaitingCount(), timeToAdd, late).catch(() => 0) : 0
      // It was closed meanwhile.
      if (current === undefined) return
      if (waiting > 0 && didWait && begun === begunBefore) replace(current)
      didWait = waiting > 0
      plan()
    }
    const plan = () => {
      callOffLook = afterRealTime(pause, () => void look())
    }
    plan()
  }

  return {
    async add(queued) {
      const jobs = []
      for (let i = 0; i < queued.length; i += 2) {
        const item = String(queued[i])
        const round = String(queued[i + 1])
        // A job id must not contain a colon.
        const jobId = `${encodeURIComponent(item)} ${round}`
        jobs.push({ name: 'due', data: { item, round }, opts: { jobId, removeOnComplete: true, removeOnFail: true } })
      }
      // A Redis that hangs may never answer, and the agenda waits for this before its next check.
      await within(timeToAdd, queue.addBulk(jobs))
    },
    start(work) {
      current = hire(work)
      lookForStopped(({ worker, endConnection }) => {
        logger.warn({ at: link.at }, 'replacing a delivery worker that had stopped')
        current = hire(work)
        worker.close(true).catch(() => undefined)
        endConnection()
      })
    },
    async close(ms, breakOff) {
      callOffLook?.()
      const employed = current
      current = undefined
      // Waits here: BullMQ would open another connection for that, and never end while Redis is away.
      await employed?.worker.pause(true)
      await within(ms, idle())
      breakOff()
      // BullMQ reports what has ended in the next turn: once Redis answers a later command, it has been told.
      const handedOver = async () => {
        await idle()
        await passRealTime(1)
        await employed?.blocking.exists(prefix)
      }
      await within(timeToHandOver, handedOver())
      await within(timeToClose, Promise.all([employed?.worker.close(true), queue.close()]))
      connection.disconnect()
      employed?.endConnection()
    },
  }
}

const late = () => new Error('late')

/** Resolves when `work` settles, or after `ms` milliseconds. */
const within = (ms: number, work: Promise<unknown>) => inTime(work, ms, late).catch(() => undefined)
