import fastq from 'fastq'
import { afterRealTime } from '../clock'

/** At once to one receiver that answers, and in all. */
const mostToOne = 8
const mostInAll = 128
/** What may wait for a receiver that is stuck, where more can be given back. */
const mostToStuck = 16
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
  /** Whether what waits for it waits long. */
  isStuck: boolean
  /** How long to pause after the next attempt if it fails. */
  breather: number
}

const newReceiver = <T>(): Receiver<T> => ({
  backlog: [],
  next: 0,
  running: 0,
  most: mostToOne,
  isStuck: false,
  breather: firstBreather,
})

/**
 * Calls `work` for each thing that is pushed, no more than a few at once for each receiver. One that can't be reached
 * gets one at a time and a growing pause after each, or the attempts would take the time that answering requests needs: a
 * receiver that is down refuses ten thousand a second. `work` says whether it was reached, and never rejects. `giveBack`
 * gets what would have to wait long: for a receiver that hangs or can't be reached.
 */
export function pace<T>(work: (one: T) => Promise<boolean>, giveBack?: (waiting: readonly T[]) => void) {
  const receivers = new Map<string, Receiver<T>>()
  const waiting: (() => void)[] = []
  let busy = 0

  const all = fastq<undefined, T, boolean>((one, done) => {
    void work(one).then((isReached) => {
      done(null, isReached)
    })
  }, mostInAll)

  /** Counts something as under way until it ends, but for the time that it hangs. */
  function begin(onHang: () => void) {
    let hangs = false
    const forget = () => {
      busy--
      if (busy === 0) for (const resolve of waiting.splice(0)) resolve()
    }
    busy++
    const callOff = afterRealTime(patience, () => {
      hangs = true
      forget()
      onHang()
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

  function stick(receiver: Receiver<T>) {
    receiver.isStuck = true
    shorten(receiver)
  }

  function shorten(receiver: Receiver<T>) {
    if (giveBack === undefined || !receiver.isStuck) return
    const tooMany = receiver.backlog.splice(receiver.next + mostToStuck)
    if (tooMany.length > 0) giveBack(tooMany)
  }

  function start(key: string, receiver: Receiver<T>, one: T) {
    const run = begin(() => {
      stick(receiver)
    })
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
      if (isQuickToFail) stick(receiver)
      else receiver.isStuck = false
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
      shorten(receiver)
      if (receiver.running < receiver.most) startNext(key, receiver)
    },
    /** Resolves when nothing is under way any more, but for what hangs. */
    idle: () => (busy === 0 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
  }
}
