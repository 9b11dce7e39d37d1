import { EventEmitter } from 'node:events'
import { type Changes, type ChangesByKind, localChanges } from '../../changes'
import { afterRealTime } from '../../clock'
import { errors } from '../../errors'
import { readDelivery } from './delivery-record'
import { inTime, type Link } from './link'

/** Changes within all processes that share a store. */
export interface Hub extends Changes {
  /** Calls `listener` with each message of that channel, until the end. */
  listen(channel: string, listener: (message: string) => void): void
  close(): void
}

/** Milliseconds of real time between two looks whether Redis answers. */
const pause = 100

type Heard = Exclude<keyof ChangesByKind, 'gap'>

/** What is told by whoever changes it, as text. */
const readers: { [K in Heard]: (message: string) => ChangesByKind[K] } = {
  order: JSON.parse,
  request: (message) => readRequest(message),
  delivery: (message) => readDelivery(JSON.parse(message) as [string, string, string]),
  setting: () => null,
  reset: JSON.parse,
}

/** A request as the journal keeps it: its number, its account and the rest as JSON, a line each. */
export function readRequest(line: string): ChangesByKind['request'] {
  const [id, , ...rest] = line.split('\n')
  return { ...(JSON.parse(rest.join('\n')) as Omit<ChangesByKind['request'], 'id'>), id: Number(id) }
}

/**
 * Hears of changes by publish/subscribe, and of a kind only while somebody listens. What the scripts publish is not told
 * by `emit` a second time. After a broken connection it tells of a gap, since Redis repeats nothing.
 */
export function sharedChanges(link: Link): Hub {
  const local = localChanges()
  const channels = new EventEmitter().setMaxListeners(0)
  const connection = link.connect({ autoResubscribe: false })
  const pending = new Set<Promise<unknown>>()
  const counts = new Map<string, number>()
  let isFirst = true

  connection.on('message', (channel: string, message: string) => {
    channels.emit(channel.slice(link.prefix.length), message)
  })
  connection.on('ready', () => {
    // When it fails it comes again, with the next connection.
    if (counts.size > 0) track(subscribe([...counts.keys()])).then(tellOfGap, () => undefined)
    else isFirst = false
  })
  // A cluster looks for another node by itself, and subscribes again.
  connection.on('+subscriber', () => void tellOfGap())

  /** Told when it is of use: who hears of it looks at what there is. */
  async function tellOfGap() {
    const wasFirst = isFirst
    isFirst = false
    if (wasFirst) return
    while (connection.status === 'ready') {
      if ((await link.whyAway()) === null) {
        local.emit('gap', null)
        return
      }
      await new Promise<void>((resolve) => afterRealTime(pause, resolve))
    }
  }

  const subscribe = (names: string[]) => connection.subscribe(...names.map((name) => link.prefix + name))

  function track<T>(work: Promise<T>): Promise<T> {
    pending.add(work)
    const forget = () => pending.delete(work)
    work.then(forget, forget)
    return work
  }

  function add(channel: string) {
    const count = counts.get(channel) ?? 0
    counts.set(channel, count + 1)
    if (count === 0 && connection.status === 'ready') track(subscribe([channel])).catch(() => undefined)
  }

  function remove(channel: string) {
    const count = counts.get(channel) ?? 0
    if (count > 1) counts.set(channel, count - 1)
    else {
      counts.delete(channel)
      if (connection.status === 'ready') track(connection.unsubscribe(link.prefix + channel)).catch(() => undefined)
    }
  }

  for (const kind of Object.keys(readers) as Heard[]) {
    channels.on(kind, (message: string) => {
      if (local.isHeard(kind)) local.emit(kind, readers[kind](message))
    })
  }

  return {
    emit(kind, item) {
      if (kind !== 'setting' && kind !== 'reset') return
      // Whoever looks on and misses it hears of a gap when Redis is back.
      link.command('publish', link.prefix + kind, JSON.stringify(item)).catch(() => undefined)
    },
    isHeard: (kind) => local.isHeard(kind),
    on(kind, listener) {
      const stop = local.on(kind, listener)
      if (kind === 'gap') return stop
      add(kind)
      let isOn = true
      return () => {
        stop()
        if (isOn) remove(kind)
        isOn = false
      }
    },
    async ready() {
      const late = () => errors.storeAway(link.at, 'nothing can be listened to')
      if (connection.status !== 'ready') {
        await inTime(new Promise((resolve) => connection.once('ready', resolve)), late)
      }
      await inTime(Promise.all(pending), late).catch(() => {
        throw late()
      })
    },
    listen(channel, listener) {
      channels.on(channel, listener)
      add(channel)
    },
    close() {
      connection.disconnect()
    },
  }
}
