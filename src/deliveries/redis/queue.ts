import { type Job, Queue, Worker } from 'bullmq'
import type { Logger } from 'pino'
import { afterRealTime, inTime, passRealTime } from '../../real-time'
import type { Connection, Link } from '../../store/redis/connection'
import { queuePrefix } from '../../store/redis/keys'
import type { Queued } from '../../store/redis/orders'

/** What is worked on at once by one process; most of it waits for receivers. */
const concurrency = 2_048
/** Milliseconds of real time after which a process counts as dead that does not renew its hold on a job. */
const lockDuration = 10_000
/** Milliseconds of real time without a renewal after which work is broken off, before another process may begin it. */
const longestHold = lockDuration - 1_000
/** Milliseconds of real time between two looks for jobs of the dead. */
const stalledInterval = 5_000
/** Milliseconds of real time without an answer after which a connection counts as dead: it asks for work that long. */
const longestSilence = 15_000
/** Milliseconds of real time that adding may take. What was not added by then is found by a later look at what is due. */
const timeToAdd = 5_000
/** Milliseconds of real time between two looks for a worker that has stopped. */
const betweenLooks = 10_000
/** Milliseconds of real time to hand over what was broken off, and to close: Redis may be away. */
const timeToHandOver = 150
const timeToClose = 50

interface Due {
  item: string
  round: string
}

/** A worker and its connection. */
interface Employed {
  worker: Worker
  blocking: Connection
}

export interface DeliveryQueue {
  /** Hands `queued` to whichever process has time. */
  add(queued: Queued): Promise<void>
  /** Begins to work. A `signal` aborts when another process may have taken the item over: then it is not to be gone on with. */
  start(work: (item: string, round: string, signal: AbortSignal) => Promise<void>): void
  /** Takes nothing new, waits `ms` milliseconds for what is under way, breaks that off with `breakOff`, and ends. */
  close(ms: number, breakOff: () => void): Promise<void>
}

/**
 * The queue of what is due, on BullMQ: one process has an item at a time, and what a dead one had goes to another. An
 * item comes again as long as nobody says that it is done, so work may be done twice, but is not lost.
 */
export function deliveryQueue(link: Link, logger: Logger, pause = betweenLooks): DeliveryQueue {
  // BullMQ waits for Redis by itself, however long.
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

  /** Does `work` for as long as the hold on the job is renewed: with Redis away nobody knows who else has it by now. */
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

  /** Has a new worker take jobs. */
  function hire(work: (item: string, round: string, signal: AbortSignal) => Promise<void>) {
    const blocking = link.connect({
      maxRetriesPerRequest: null,
      commandTimeout: undefined,
      socketTimeout: longestSilence,
      // A command that never settles would end BullMQ's loop. A connection that comes back sends it again; one to a node of
      // a cluster does not come back, so there it has to fail.
      autoResendUnfulfilledCommands: !link.isCluster,
    })
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
    return { worker, blocking }
  }

  /**
   * Replaces a worker that has stopped: BullMQ's may wait without end for the end of a connection to a cluster
   * (taskforcesh/bullmq, issues 4065 and 4138). It has when jobs wait at two looks, and nothing was begun in between.
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
        // A colon is not allowed in it.
        const jobId = `${encodeURIComponent(item)} ${round}`
        jobs.push({ name: 'due', data: { item, round }, opts: { jobId, removeOnComplete: true, removeOnFail: true } })
      }
      // A Redis that hangs may never answer, and whoever looks for what is due waits for this before the next look.
      await within(timeToAdd, queue.addBulk(jobs))
    },
    start(work) {
      current = hire(work)
      lookForStopped(({ worker, blocking }) => {
        logger.warn({ at: link.at }, 'deliveries waited for a worker that had stopped: another one takes over')
        current = hire(work)
        worker.close(true).catch(() => undefined)
        blocking.disconnect()
      })
    },
    async close(ms, breakOff) {
      callOffLook?.()
      const employed = current
      current = undefined
      // To wait is left to us: BullMQ would connect once more to do so, and never end when Redis is away.
      await employed?.worker.pause(true)
      await within(ms, idle())
      breakOff()
      // BullMQ tells Redis in the next turn what has ended: once Redis answers what comes after that, it knows.
      const handedOver = async () => {
        await idle()
        await passRealTime(1)
        await employed?.blocking.exists(prefix)
      }
      await within(timeToHandOver, handedOver())
      await within(timeToClose, Promise.all([employed?.worker.close(true), queue.close()]))
      connection.disconnect()
      employed?.blocking.disconnect()
    },
  }
}

const late = () => new Error('late')

/** Resolves with `work`, whatever comes of it, or after `ms` milliseconds. */
const within = (ms: number, work: Promise<unknown>) => inTime(work, ms, late).catch(() => undefined)
