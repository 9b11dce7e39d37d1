import { Queue, Worker } from 'bullmq'
import { afterRealTime } from '../clock'
import type { Link } from '../store/redis/link'
import type { Queued } from '../store/redis/orders'

/** What is worked on at once by one process; most of it waits for receivers. */
const concurrency = 512
/** Milliseconds of real time after which a process counts as dead that does not renew its hold on a job. */
const lockDuration = 10_000
/** Milliseconds of real time between two looks for jobs of the dead. */
const stalledInterval = 5_000
/** Milliseconds of real time that work gets to end when the sandbox is closed. */
const grace = 1_000

export interface DeliveryQueue {
  /** Hands `queued` to whichever process has time. */
  add(queued: Queued): Promise<void>
  /** Begins to work. */
  start(work: (item: string) => Promise<void>): void
  /** Takes nothing new, waits a while for what is under way, breaks that off with `breakOff`, and ends. */
  close(breakOff: () => void): Promise<void>
}

/**
 * The queue of what is due, on BullMQ: one process has an item at a time, and what a dead one had goes to another. An
 * item comes again as long as nobody says that it is done, so work may be done twice, but is not lost.
 */
export function deliveryQueue(link: Link): DeliveryQueue {
  // BullMQ waits for Redis by itself, however long.
  const connection = link.connect({ maxRetriesPerRequest: null })
  const blocking = link.connect({ maxRetriesPerRequest: null, commandTimeout: undefined })
  const prefix = `${link.prefix}queue`
  const queue = new Queue('due', { connection, prefix, skipVersionCheck: true })
  queue.on('error', () => undefined)
  let worker: Worker | undefined

  return {
    async add(queued) {
      const jobs = []
      for (let i = 0; i < queued.length; i += 2) {
        const item = String(queued[i])
        // A colon is not allowed in it.
        const jobId = `${encodeURIComponent(item)} ${String(queued[i + 1])}`
        jobs.push({ name: 'due', data: { item }, opts: { jobId, removeOnComplete: true, removeOnFail: true } })
      }
      await queue.addBulk(jobs)
    },
    start(work) {
      worker = new Worker<{ item: string }>('due', ({ data }) => work(data.item), {
        connection: blocking,
        prefix,
        concurrency,
        lockDuration,
        stalledInterval,
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        skipVersionCheck: true,
      })
      worker.on('error', () => undefined)
    },
    async close(breakOff) {
      const ended = worker?.pause()
      await inGrace(ended)
      breakOff()
      await inGrace(ended)
      // By force, since otherwise it waits for a Redis that is away, and keeps the process alive meanwhile.
      await inGrace(worker?.close(true))
      await inGrace(queue.close())
      connection.disconnect()
      blocking.disconnect()
    },
  }
}

/** Resolves with `work`, whatever comes of it, or when the time is over: Redis may be away. */
const inGrace = (work: Promise<unknown> | undefined) =>
  new Promise<void>((resolve) => {
    const callOff = afterRealTime(grace, resolve)
    void Promise.resolve(work)
      .catch(() => undefined)
      .then(() => {
        callOff()
        resolve()
      })
  })
