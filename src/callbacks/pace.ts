import fastq from 'fastq'
import { afterRealTime } from '../clock'

/** At once to one receiver that answers, and in all. */
const mostToOne = 8
const mostInAll = 128
/** Milliseconds of real time between two attempts at a receiver that can't be reached. */
const breather = 20
/** Milliseconds of real time after which work that is under way counts as hung: only the clock can end it then. */
const patience = 1_000

/**
 * Calls `work` for each thing that is pushed, no more than a few at once for each receiver. One that can't be reached
 * gets one at a time and a pause after each, or the attempts would take the time that answering requests needs: a
 * receiver that is down refuses ten thousand a second. `work` says whether it was reached, and never rejects.
 */
export function pace<T>(work: (one: T) => Promise<boolean>) {
  const receivers = new Map<string, fastq.queue<T, boolean>>()
  const waiting: (() => void)[] = []
  let busy = 0

  const all = fastq<undefined, T, boolean>((one, done) => {
    void work(one).then((isReached) => {
      done(null, isReached)
    })
  }, mostInAll)

  /** Counts something as under way until it ends, but for the time that it hangs. */
  function begin() {
    let hangs = false
    const forget = () => {
      busy--
      if (busy === 0) for (const resolve of waiting.splice(0)) resolve()
    }
    busy++
    const callOff = afterRealTime(patience, () => {
      hangs = true
      forget()
    })
    return {
      end: forget,
      /** It hangs no more; returns whether it did. */
      answered() {
        callOff()
        if (hangs) busy++
        return hangs
      },
    }
  }

  function queueFor(receiver: string): fastq.queue<T, boolean> {
    const queue = fastq<undefined, T, boolean>((one, done) => {
      const run = begin()
      all.push(one, (_error, isReached = false) => {
        // Who hangs takes no time from others: several at once may do so.
        const isQuickToFail = !run.answered() && !isReached
        const goOn = () => {
          queue.concurrency = isQuickToFail ? 1 : mostToOne
          done(null)
          run.end()
        }
        if (isQuickToFail) afterRealTime(breather, goOn)
        else goOn()
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
      ;(receivers.get(receiver) ?? queueFor(receiver)).push(one)
    },
    /** Resolves when nothing is under way any more, but for what hangs. */
    idle: () => (busy === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
  }
}
