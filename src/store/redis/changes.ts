import { EventEmitter, once } from 'node:events'
import { mostOfBody } from '../../../schemas/control/requests'
import { errors } from '../../errors'
import { afterRealTime, inTime } from '../../real-time'
import type { Changes, ChangesByKind } from '../changes'
import { localChanges } from '../memory/changes'
import type { Link } from './connection'
import { type DeliveryTexts, readDelivery } from './delivery-record'
import { readBodies, readOrder, readRequestFacts } from './entries'

/** Changes across all processes that share a store. */
export interface Hub extends Changes {
  /** Calls `listener` with each message on that channel, until `close`. */
  listen(channel: string, listener: (message: string) => void): void
  close(): void
}

/** Ping interval in milliseconds: a subscriber notices a dead peer no other way. */
const betweenQuestions = 5_000

type Heard = Exclude<keyof ChangesByKind, 'gap'>

/** Readers of the messages, by kind. */
const readers: { [K in Heard]: (message: string) => ChangesByKind[K] } = {
  order: (message) => known(readOrder(message)),
  request: (message) => known(readRequest(message)),
  delivery: (message) => known(readDelivery(JSON.parse(message) as DeliveryTexts)),
  setting: () => null,
  reset: JSON.parse,
}

/** Throws when it is unreadable. */
function known<T>(read: T | null): T {
  if (read === null) throw new Error('not readable')
  return read
}

const kinds = Object.keys(readers) as Heard[]

/** For bodies that are no longer kept, and for fields that older versions did not write. */
const missing = { requestBody: null, responseBody: null, warnings: [] }

/**
 * A request as the journal keeps it: number, account, the rest, and the bodies as JSON, a line each. Null when
 * unreadable.
 */
export function readRequest(text: string): ChangesByKind['request'] | null {
  const [id, , rest, bodies] = text.split('\n')
  const facts = readRequestFacts(rest) as Omit<ChangesByKind['request'], 'id'> | null
  if (facts === null) return null
  return { ...missing, ...facts, ...withoutCut(facts), ...readBodies(bodies), id: Number(id) }
}

/** Older versions wrote bodies beside the rest and cut them: one of exactly that length may have been longer. */
const withoutCut = ({ requestBody, responseBody }: Partial<ChangesByKind['request']>) => ({
  ...(requestBody?.length === mostOfBody && { requestBody: null }),
  ...(responseBody?.length === mostOfBody && { responseBody: null }),
})

/**
 * Receives changes by publish/subscribe, each kind only while somebody listens. Changes that scripts publish must not
 * be emitted again. After a lost connection it emits a `gap`, since Redis repeats nothing.
 */
export async function sharedChanges(link: Link): Promise<Hub> {
  const local = localChanges()
  const channels = new EventEmitter().setMaxListeners(0)
  const connection = link.connect({ autoResubscribe: false }).setMaxListeners(0)
  const pending = new Set<Promise<unknown>>()
  const always: string[] = []
  await link.begin(connection)

  connection.on('message', (channel: string, message: string) => {
    channels.emit(channel.slice(link.prefix.length), message)
  })
  /** The next connection makes up for what failed. */
  const reconnect = () => {
    if (connection.status === 'ready') connection.disconnect(true)
  }
  const tellOfGap = () => {
    local.emit('gap', null)
  }
  connection.on('ready', () => {
    track(subscribe([...always, ...kinds.filter((kind) => local.isHeard(kind))])).then(tellOfGap, reconnect)
  })
  // A cluster client finds another node by itself, and subscribes again.
  connection.on('+subscriber', tellOfGap)
  // After a gap, listeners read the state: commands must work again too.
  link.onBack(tellOfGap)

  let stopAsking: (() => void) | undefined
  function ask() {
    stopAsking = afterRealTime(betweenQuestions, () => {
      // Without an answer the connection is closed and opened again.
      connection.ping().catch(() => undefined)
      ask()
    })
  }
  ask()

  const subscribe = (names: string[]) => connection.subscribe(...names.map((name) => link.prefix + name))

  /** Settles as `work` does, or rejects when the connection is lost: then `work` may never settle. */
  function track(work: Promise<unknown>): Promise<unknown> {
    const settled = new Promise<unknown>((resolve, reject) => {
      connection.once('close', reject)
      work.then(resolve, reject).finally(() => connection.off('close', reject))
    })
    pending.add(settled)
    const forget = () => pending.delete(settled)
    settled.then(forget, forget)
    return settled
  }

  /** Resolves once every subscription is active. Throws when Redis is away. */
  async function subscribed(): Promise<void> {
    const isActive = async () => (await Promise.allSettled(pending)).every(({ status }) => status === 'fulfilled')
    if (connection.status === 'ready' && (await isActive())) return
    // After an outage, the connection for commands may be back before this one.
    if (link.isAway()) throw new Error('Redis is away')
    await once(connection, 'ready')
    await subscribed()
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
        // From another version, or from a stranger.
        tellOfGap()
        return
      }
      local.emit(kind, item)
    })
  }

  return {
    emit(kind, item) {
      // If it is lost, listeners get a gap once Redis is back.
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
      const late = () => errors.storeAway(link.at, 'subscribing to changes failed')
      await inTime(subscribed(), link.patience, late).catch(() => {
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
