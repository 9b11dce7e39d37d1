import { EventEmitter } from 'node:events'
import { mostOfBody } from '../../../schemas/control/requests'
import { errors } from '../../errors'
import { afterRealTime, inTime } from '../../real-time'
import type { Changes, ChangesByKind } from '../changes'
import { localChanges } from '../memory/changes'
import type { Link } from './connection'
import { type DeliveryTexts, readDelivery } from './delivery-record'
import { readBodies, readOrder, readRequestFacts } from './entries'

/** Changes within all processes that share a store. */
export interface Hub extends Changes {
  /** Calls `listener` with each message of that channel, until the end. */
  listen(channel: string, listener: (message: string) => void): void
  close(): void
}

/** Milliseconds between two pings: a subscriber notices a dead peer no other way. */
const betweenQuestions = 5_000

type Heard = Exclude<keyof ChangesByKind, 'gap'>

/** What is told by whoever changes it, as text. */
const readers: { [K in Heard]: (message: string) => ChangesByKind[K] } = {
  order: (message) => known(readOrder(message)),
  request: (message) => known(readRequest(message)),
  delivery: (message) => known(readDelivery(JSON.parse(message) as DeliveryTexts)),
  setting: () => null,
  reset: JSON.parse,
}

/** Throws for what is none. */
function known<T>(read: T | null): T {
  if (read === null) throw new Error('not readable')
  return read
}

const kinds = Object.keys(readers) as Heard[]

/** Bodies that are no longer kept, and what older versions did not write. */
const missing = { requestBody: null, responseBody: null, warnings: [] }

/** A request as the journal keeps it: its number, its account, the rest and the bodies as JSON, a line each; null for what is none. */
export function readRequest(text: string): ChangesByKind['request'] | null {
  const [id, , rest, bodies] = text.split('\n')
  const facts = readRequestFacts(rest) as Omit<ChangesByKind['request'], 'id'> | null
  if (facts === null) return null
  return { ...missing, ...facts, ...withoutCut(facts), ...readBodies(bodies), id: Number(id) }
}

/** An older version wrote bodies beside the rest, and cut them: one of just that length may have been longer. */
const withoutCut = ({ requestBody, responseBody }: Partial<ChangesByKind['request']>) => ({
  ...(requestBody?.length === mostOfBody && { requestBody: null }),
  ...(responseBody?.length === mostOfBody && { responseBody: null }),
})

/**
 * Hears of changes by publish/subscribe, and of a kind only while somebody listens. What the scripts publish is not told
 * by `emit` a second time. After a broken connection it tells of a gap, since Redis repeats nothing.
 */
export async function sharedChanges(link: Link): Promise<Hub> {
  const local = localChanges()
  const channels = new EventEmitter().setMaxListeners(0)
  const connection = link.connect({ autoResubscribe: false })
  const pending = new Set<Promise<unknown>>()
  const always: string[] = []
  await link.begin(connection)

  connection.on('message', (channel: string, message: string) => {
    channels.emit(channel.slice(link.prefix.length), message)
  })
  /** What failed is done by the next connection. */
  const reconnect = () => {
    if (connection.status === 'ready') connection.disconnect(true)
  }
  const tellOfGap = () => {
    local.emit('gap', null)
  }
  connection.on('ready', () => {
    track(subscribe([...always, ...kinds.filter((kind) => local.isHeard(kind))])).then(tellOfGap, reconnect)
  })
  // A cluster looks for another node by itself, and subscribes again.
  connection.on('+subscriber', tellOfGap)
  // Whoever hears of a gap looks at what there is: that has to work again too.
  link.onBack(tellOfGap)

  let stopAsking: (() => void) | undefined
  function ask() {
    stopAsking = afterRealTime(betweenQuestions, () => {
      // Without an answer the connection is ended, and made anew.
      connection.ping().catch(() => undefined)
      ask()
    })
  }
  ask()

  const subscribe = (names: string[]) => connection.subscribe(...names.map((name) => link.prefix + name))

  function track<T>(work: Promise<T>): Promise<T> {
    pending.add(work)
    const forget = () => pending.delete(work)
    work.then(forget, forget)
    return work
  }

  const add = (channel: string) => {
    if (connection.status === 'ready') track(subscribe([channel])).catch(reconnect)
  }

  for (const kind of kinds) {
    channels.on(kind, (message: string) => {
      let item
      try {
        item = readers[kind](message)
      } catch {
        // Another version's, or a stranger's.
        tellOfGap()
        return
      }
      local.emit(kind, item)
    })
  }

  return {
    emit(kind, item) {
      // Whoever looks on and misses it hears of a gap when Redis is back.
      link.command('publish', link.prefix + kind, JSON.stringify(item)).catch(() => undefined)
    },
    isHeard: local.isHeard.bind(local),
    on(kind, listener) {
      const stop = local.on(kind, listener)
      if (kind === 'gap') return stop
      add(kind)
      return () => {
        stop()
        if (local.isHeard(kind) || connection.status !== 'ready') return
        track(connection.unsubscribe(link.key(kind))).catch(reconnect)
      }
    },
    async ready() {
      const late = () => errors.storeAway(link.at, 'nothing can be listened to')
      if (connection.status !== 'ready') throw late()
      await inTime(Promise.all(pending), link.patience, late).catch(() => {
        throw late()
      })
    },
    listen(channel, listener) {
      channels.on(channel, listener)
      always.push(channel)
      add(channel)
    },
    close() {
      stopAsking?.()
      connection.disconnect()
    },
  }
}
