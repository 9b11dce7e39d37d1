import fastq from 'fastq'
import { afterRealTime, realNow } from '../real-time'
import type { Receiver } from '../store/records'
import { type Fifo, fifo } from './fifo'
import { underWay } from './under-way'

/** Maximum number of concurrent attempts: per address, per server, and in total. */
const mostToAddress = 8
const mostToServer = 16
const mostInAll = 128
/** How many may wait for a stuck server or address, if more can be given back. */
const mostToStuck = 16
/** Milliseconds of real time between two attempts at a server that can't be reached: at first, and at most. */
const firstBreather = 5
const longestBreather = 50
/** Milliseconds of real time after which an attempt frees its slot, and how many may have done so. */
const patience = 200
const mostHangingAtServer = 32
const mostHanging = 1_024

/** One address of a server; removed when nothing is under way to it. */
interface Address<T> {
  /** Items that found no free slot. */
  waiting: Fifo<T>
  running: number
  /** One until its first answer or failure: until then it might hang. */
  most: number
  hangs: boolean
  /** Whether it is in the server's `freed`. */
  isFreed: boolean
}

interface Server<T> {
  origin: string
  /** A million may wait while the server is down. */
  backlog: Fifo<T>
  addresses: Map<string, Address<T>>
  /** Addresses with waiting work and a free slot again. */
  freed: Fifo<Address<T>>
  running: number
  hanging: number
  most: number
  /** Whether its backlog is stalled. */
  isStuck: boolean
  /** How long to pause after the next attempt if it fails. */
  breather: number
}

export interface ReceiverQueuesOptions<T> {
  /** Makes an attempt; resolves with whether the receiver was reached, and never rejects. */
  work: (one: T) => Promise<boolean>
  receiverOf: (one: T) => Receiver
  /** The position of an item in the sequence of pushes. */
  turnOf: (one: T) => number
  /** Gets the items that would wait long for a receiver that hangs or can't be reached. */
  giveBack?: (waiting: readonly T[]) => void
}

/**
 * Calls `work` for each thing that is pushed, with few at a time per receiver. An attempt that hangs soon frees its
 * slot, so that receivers that answer don't wait for those that don't. A server that can't be reached gets one attempt
 * at a time, with a growing pause after each: it may refuse ten thousand a second, which would leave no time to answer
 * requests.
 */
export function receiverQueues<T>({ work, receiverOf, turnOf, giveBack }: ReceiverQueuesOptions<T>) {
  const servers = new Map<string, Server<T>>()
  const busy = underWay()
  let hanging = 0

  interface Attempt {
    one: T
    server: Server<T>
    address: Address<T>
  }

  const all = fastq<undefined, Attempt>((attempt, done) => {
    void run(attempt).then(() => {
      done(null)
    })
  }, mostInAll)

  function serverOf(origin: string): Server<T> {
    const server = servers.get(origin) ?? {
      origin,
      backlog: fifo(),
      addresses: new Map<string, Address<T>>(),
      freed: fifo(),
      running: 0,
      hanging: 0,
      most: mostToServer,
      isStuck: false,
      breather: firstBreather,
    }
    servers.set(origin, server)
    return server
  }

  const keyOf = ({ webhookId, url }: Receiver) => webhookId ?? url

  function addressOf(server: Server<T>, one: T): Address<T> {
    const key = keyOf(receiverOf(one))
    const address = server.addresses.get(key) ?? {
      waiting: fifo<T>(),
      running: 0,
      most: 1,
      hangs: false,
      isFreed: false,
    }
    server.addresses.set(key, address)
    return address
  }

  /**
   * The next attempt that can start: work that was put aside comes first, since it is older. Puts aside work whose
   * address has no free slot.
   */
  function next(server: Server<T>): Attempt | undefined {
    for (let address = server.freed.shift(); address !== undefined; address = server.freed.shift()) {
      address.isFreed = false
      const one = address.waiting.shift()
      if (one !== undefined) return { one, server, address }
    }
    for (let one = server.backlog.shift(); one !== undefined; one = server.backlog.shift()) {
      const address = addressOf(server, one)
      if (address.running < address.most) return { one, server, address }
      address.waiting.push(one)
      if (address.hangs) shorten(address.waiting)
    }
    return undefined
  }

  function startNext(server: Server<T>) {
    while (server.running < server.most) {
      const attempt = next(server)
      if (attempt === undefined) return
      server.running++
      attempt.address.running++
      free(server, attempt.address)
      all.push(attempt)
    }
  }

  function free(server: Server<T>, address: Address<T>) {
    if (address.isFreed || address.waiting.length === 0 || address.running >= address.most) return
    address.isFreed = true
    server.freed.push(address)
  }

  function shorten(waiting: Fifo<T>) {
    if (giveBack === undefined) return
    const tooMany = waiting.cut(mostToStuck)
    if (tooMany.length > 0) giveBack(tooMany)
  }

  /**
   * Frees the slots of an attempt that hangs; returns a function that takes them back. A server with many hanging
   * attempts keeps its own slot busy: more attempts at it would hang as well.
   */
  function stepAside(server: Server<T>): (() => void) | undefined {
    const isFull = server.hanging >= mostHangingAtServer
    if (isFull) {
      server.isStuck = true
      shorten(server.backlog)
    }
    if (hanging >= mostHanging) return undefined
    const count = (by: 1 | -1) => {
      hanging += by
      all.concurrency = mostInAll + hanging
      if (isFull) return
      server.running -= by
      server.hanging += by
    }
    count(1)
    startNext(server)
    return () => {
      count(-1)
    }
  }

  async function run({ one, server, address }: Attempt) {
    const end = busy.begin(turnOf(one))
    const begun = realNow()
    let stepBack: (() => void) | undefined
    const callOff = afterRealTime(patience, () => {
      address.hangs = true
      shorten(address.waiting)
      stepBack = stepAside(server)
    })
    const isReached = await work(one)
    callOff()
    stepBack?.()
    const goOn = () => {
      leave(server, address, keyOf(receiverOf(one)))
      end()
    }
    if (isReached) address.hangs = server.isStuck = false
    // Hanging attempts cost no processing time, so several may run at once.
    if (isReached || realNow() - begun >= patience) {
      server.most = mostToServer
      server.breather = firstBreather
      goOn()
      return
    }
    server.most = 1
    server.isStuck = true
    shorten(server.backlog)
    afterRealTime(server.breather, goOn)
    server.breather = Math.min(2 * server.breather, longestBreather)
  }

  function leave(server: Server<T>, address: Address<T>, key: string) {
    server.running--
    address.running--
    address.most = mostToAddress
    free(server, address)
    startNext(server)
    if (address.running === 0 && address.waiting.length === 0) server.addresses.delete(key)
    if (server.addresses.size === 0 && server.backlog.length === 0) servers.delete(server.origin)
  }

  return {
    push(one: T) {
      const server = serverOf(receiverOf(one).origin)
      server.backlog.push(one)
      if (server.isStuck) shorten(server.backlog)
      startNext(server)
    },
    /** Resolves when nothing up to `turn` is under way any more, except what hangs. */
    idle: (turn: number) => busy.idle(turn),
  }
}
