import fastq from 'fastq'
import { afterRealTime } from '../clock'

/** At once to one receiver that answers, and in all. */
const mostToOne = 8
const mostInAll = 128
/** Milliseconds of real time between two attempts at a receiver that can't be reached: the first, and the most. */
const firstBreather = 5
const longestBreather = 50
/** Milliseconds of real time after which work that is under way counts as hung: only the clock can end it then. */
const patience = 1_000

interface Receiver<T> {
  /** What waits, from `next` on: an array, since with a receiver that is down a million may wait. */
  backlog: T[]
  next: number
  running: number
  most: number
  /** How long to pause after the next attempt if it fails. */
  breather: number
}

const newReceiver = <T>(): Receiver<T> => ({
  backlog: [],
  next: 0,
  running: 0,
  most: mostToOne,
  breather: firstBreather,
})

/**
 * Calls `work` for each thing that is pushed, no more than a few at once for each receiver. One that can't be reached
 * gets one at a time and a growing pause after each, or the attempts would take the time that answering requests needs: a
 * receiver that is down refuses ten thousand a second. `work` says whether it was reached, and never rejects.
 */
export function pace<T>(work: (one: T) => Promise<boolean>) {
  const receivers = new Map<string, Receiver<T>>()
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

  function startNext(key: string, receiver: Receiver<T>) {
    while (receiver.running < receiver.most && receiver.next < receiver.backlog.length) {
      start(key, receiver, receiver.backlog[receiver.next++] as T)
    }
    if (receiver.next * 2 > receiver.backlog.length) {
      receiver.backlog = receiver.backlog.slice(receiver.next)
      receiver.next = 0
    }
    if (receiver.running === 0) receivers.delete(key)
  }

  function start(key: string, receiver: Receiver<T>, one: T) {
    const run = begin()
    receiver.running++
    all.push(one, (_error, isReached = false) => {
      // Who hangs takes no time from others: several at once may do so.
      const isQuickToFail = !run.answered() && !isReached
      const goOn = () => {
        receiver.running--
        startNext(key, receiver)
        run.end()
      }
      receiver.most = isQuickToFail ? 1 : mostToOne
      if (isQuickToFail) {
        afterRealTime(receiver.breather, goOn)
        receiver.breather = Math.min(2 * receiver.breather, longestBreather)
      } else {
        receiver.breather = firstBreather
        goOn()
      }
    })
  }

  return {
    push(key: string, one: T) {
      const receiver = receivers.get(key) ?? newReceiver<T>()
      receivers.set(key, receiver)
      receiver.backlog.push(one)
      if (receiver.running < receiver.most) startNext(key, receiver)
    },
    /** Resolves when nothing is under way any more, but for what hangs. */
    idle: () => (busy === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
  }
}
