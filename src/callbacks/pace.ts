import fastq from 'fastq'
import { afterRealTime } from '../clock'

/** At once to one receiver that answers, and in all. */
const mostToOne = 8
const mostInAll = 128
/** Milliseconds of real time between two attempts at a receiver that can't be reached. */
const breather = 10

/**
 * Calls `work` for each thing that is pushed, no more than a few at once for each receiver. One that can't be reached
 * gets one at a time and a pause after each, or the attempts would take the time that answering requests needs: a
 * receiver that is down refuses ten thousand a second. `work` says whether it was reached, and never rejects.
 */
export function pace<T>(work: (one: T) => Promise<boolean>) {
  const receivers = new Map<string, fastq.queue<T, boolean>>()
  const waiting: (() => void)[] = []
  let underWay = 0

  const all = fastq<undefined, T, boolean>((one, done) => {
    void work(one).then((isReached) => {
      done(null, isReached)
    })
  }, mostInAll)

  function queueFor(receiver: string): fastq.queue<T, boolean> {
    const queue = fastq<undefined, T, boolean>((one, done) => {
      all.push(one, (_error, isReached = false) => {
        underWay--
        queue.concurrency = isReached ? mostToOne : 1
        if (isReached) done(null)
        else
          afterRealTime(breather, () => {
            done(null)
          })
        if (underWay === 0) for (const resolve of waiting.splice(0)) resolve()
      })
    }, mostToOne)
    queue.drain = () => {
      receivers.delete(receiver)
    }
    receivers.set(receiver, queue)
    return queue
  }

  return {
    push(receiver: string, one: T) {
      underWay++
      ;(receivers.get(receiver) ?? queueFor(receiver)).push(one)
    },
    /** Resolves when nothing that was pushed waits or is under way. */
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
  }
}
