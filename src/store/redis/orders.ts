import { breatheInTime } from '../../breathe'
import { errors } from '../../errors'
import type { News, Store } from '../orders'
import { bytesOf, type StoredOrder } from '../records'
import { SettingsChanged, untilSettled } from '../settings-changed'
import type { Link } from './connection'
import { deliveriesLua } from './deliveries-lua'
import { readOrder } from './entries'
import { items, k, keyOf } from './keys'
import { pageLua, script, startOf } from './script'
import type { SharedSettings } from './shared-settings'

/** A delivery to start: its lane, and its facts as JSON text. */
export interface ToSend {
  lane: string
  facts: string
}

/** What was queued: items and rounds, alternating. */
export type Queued = readonly (string | number)[]

export interface RedisStoreParts {
  settings: SharedSettings
  maxOrders: number
  maxOrderBytes: number
  /** Milliseconds until an order expires; null: never. */
  expireAfter: number | null
  /** The deliveries to send for `news` about an order. */
  toSend: (order: StoredOrder, news: News) => Iterable<ToSend>
  /** Called with the items that were queued. */
  onQueued: (queued: Queued) => void
}

const tellOrder = `
local function tellOrder(text)
  call('publish', ${k.order}, text)
end
`

/** Bytes are counted per account, since a reset of one subtracts its own. */
const countBytes = `
local function hasRoom(growth, most)
  return growth <= 0 or tonumber(call('get', ${k.orderBytes}) or 0) + growth <= most
end
local function countBytes(account, growth)
  call('hincrby', ${k.orderBytesOf}, account, growth)
  call('incrby', ${k.orderBytes}, growth)
end
`

/**
 * ARGV: version, limit of orders, account, id, token, order, when it expires or '', remote id, its bytes, limit of
 * bytes, then the deliveries. Returns the outcome and the stored order.
 */
const add = script(
  'sandboxAddOrder',
  `${deliveriesLua}${tellOrder}${countBytes}
local account, id, token, text = ARGV[3], ARGV[4], ARGV[5], ARGV[6]
if isStale(ARGV[1]) then return {'stale'} end
local kept = call('hget', ${k.idsOf} .. account, id)
local before = kept and call('hget', ${k.orders}, kept)
if before then return {'kept', before} end
if call('hlen', ${k.orders}) >= tonumber(ARGV[2]) then return {'full'} end
local bytes = tonumber(ARGV[9])
if not hasRoom(bytes, tonumber(ARGV[10])) then return {'large'} end
countBytes(account, bytes)
local turn = call('incr', ${k.turns})
call('hset', ${k.orders}, token, text)
call('hset', ${k.remoteIds}, ARGV[8], token)
call('zadd', ${k.all}, turn, token)
call('zadd', ${k.allOf} .. account, turn, token)
call('zadd', ${k.accounts}, 'nx', turn, account)
if ARGV[7] ~= '' then call('zadd', ${k.agenda}, ARGV[7], '${items.expiry}' .. token) end
local due = {}
send(due, account, ARGV[8], 11)
-- Last: an attempt that failed before this, at a key of another type, is then repeated in full.
call('hset', ${k.idsOf} .. account, id, token)
tellOrder(text)
return {'added', text, due}`,
)

/** ARGV: version, account, id, the order before and after, remote id, growth in bytes, limit of bytes, deliveries. */
const update = script(
  'sandboxUpdateOrder',
  `${deliveriesLua}${tellOrder}${countBytes}
local token = call('hget', ${k.idsOf} .. ARGV[2], ARGV[3])
if not token then return {'changed'} end
local text = call('hget', ${k.orders}, token)
if text ~= ARGV[4] or isStale(ARGV[1]) then return {'changed', text} end
local growth = tonumber(ARGV[7])
if not hasRoom(growth, tonumber(ARGV[8])) then return {'large'} end
countBytes(ARGV[2], growth)
call('hset', ${k.orders}, token, ARGV[5])
local due = {}
send(due, ARGV[2], ARGV[6], 9)
tellOrder(ARGV[5])
return {'updated', ARGV[5], due}`,
)

const find = script(
  'sandboxFindOrder',
  `local token = call('hget', ${k.idsOf} .. ARGV[1], ARGV[2])
return token and call('hget', ${k.orders}, token)`,
)

const findByRemoteId = script(
  'sandboxFindOrderByRemoteId',
  `local token = call('hget', ${k.remoteIds}, ARGV[1])
return token and call('hget', ${k.orders}, token)`,
)

/** ARGV: index, where to start, how many, and the direction. Returns the turn of the last, then tokens and orders. */
const page = script(
  'sandboxOrders',
  `${pageLua}
local found = pageOf(p .. ARGV[1])
local orders, bytes, last = {}, 0, ''
for i = 1, #found, 2 do
  local order = call('hget', ${k.orders}, found[i])
  last = found[i + 1]
  if order then
    orders[#orders + 1] = found[i]
    orders[#orders + 1] = order
    bytes = bytes + #order
    if bytes > mostBytes then break end
  end
end
return {last, orders}`,
)

/** ARGV: account, id, the unreadable text. */
const drop = script(
  'sandboxDropOrder',
  `local token = call('hget', ${k.idsOf} .. ARGV[1], ARGV[2])
if not token or call('hget', ${k.orders}, token) ~= ARGV[3] then return end
call('hdel', ${k.orders}, token)
call('hdel', ${k.idsOf} .. ARGV[1], ARGV[2])
call('zrem', ${k.all}, token)
call('zrem', ${k.allOf} .. ARGV[1], token)`,
)

const pageSize = 200
/** Characters of deliveries that one script may add: Redis does nothing else meanwhile. */
const mostToSend = 16 * 1024 * 1024
/** Orders of a snapshot that are sent to Redis concurrently. */
const mostAtOnce = 50

/** Orders in Redis: acknowledged ones outlive every process. */
export function redisStore(link: Link, parts: RedisStoreParts): Store {
  const { settings, maxOrders, maxOrderBytes, expireAfter, toSend, onQueued } = parts
  /** Null when missing or unreadable. */
  function read(text: string | null, key: string): StoredOrder | null {
    const order = text === null ? null : readOrder(text)
    if (order === null && text !== null) link.unreadable(key)
    return order
  }
  const indexOf = (accountId: string | null) => (accountId === null ? 'all' : keyOf('allOf', accountId))
  /** Throws `resultTooLarge` when it is too much for one script: each delivery holds the current result. */
  function written(order: StoredOrder, news: News | undefined): string[] {
    const texts: string[] = []
    let size = 0
    for (const { lane, facts } of news === undefined ? [] : toSend(order, news)) {
      size += facts.length
      if (size > mostToSend) throw errors.resultTooLarge()
      texts.push(lane, facts)
    }
    return texts
  }

  const findText = async (accountId: string, id: string) => (await link.run(find, accountId, id)) as string | null

  const store: Store = {
    async addOrder(order, news) {
      const { accountId, id, token, orderedAt, remoteId } = order
      const expiresAt = expireAfter === null ? '' : orderedAt + expireAfter
      const args = [accountId, id, token, JSON.stringify(order), expiresAt, remoteId, bytesOf(order), maxOrderBytes]
      const answer = await link.run(add, settings.current().version, maxOrders, ...args, ...written(order, news))
      const [became, text, queued] = answer as [string, string, Queued]
      switch (became) {
        case 'stale':
          await settings.reload()
          throw new SettingsChanged()
        case 'full':
          return null
        case 'large':
          throw errors.ordersTooLarge(maxOrderBytes)
        case 'added':
          onQueued(queued)
          return order
        default: {
          const kept = read(text, `orders (${id})`)
          if (kept !== null) return kept
          // An unreadable order does not count as one.
          await link.run(drop, accountId, id, text)
          return this.addOrder(order, news)
        }
      }
    },
    findOrder: async (accountId, id) => read(await findText(accountId, id), `orders (${id})`),
    async updateOrder(accountId, id, change, news) {
      let text: string | null | undefined = await findText(accountId, id)
      while (text) {
        const before = read(text, `orders (${id})`)
        if (before === null) return null
        const changed = change(before)
        const growth = bytesOf(changed) - bytesOf(before)
        const args = [accountId, id, text, JSON.stringify(changed), changed.remoteId, growth, maxOrderBytes]
        const answer = await link.run(update, settings.current().version, ...args, ...written(changed, news))
        const [became, current, queued] = answer as [string, string | undefined, Queued]
        if (became === 'large') throw errors.ordersTooLarge(maxOrderBytes)
        if (became === 'updated') {
          onQueued(queued)
          return changed
        }
        text = current
        await settings.reload()
      }
      return null
    },
    findOrderByToken: async (token) =>
      read((await link.command('hget', link.key('orders'), token)) as string | null, `orders ${token}`),
    findOrderByRemoteId: async (remoteId) =>
      read((await link.run(findByRemoteId, remoteId)) as string | null, `orders (${remoteId})`),
    async *orders(accountId, direction = 'newest') {
      let from = startOf(direction)
      for (;;) {
        const answer = await link.run(page, indexOf(accountId), from, pageSize, direction)
        const [last, found] = answer as [string, string[]]
        for (let i = 0; i < found.length; i += 2) {
          await breatheInTime()
          const order = read(String(found[i + 1]), `orders ${String(found[i])}`)
          if (order !== null) yield order
        }
        if (last === '') return
        from = `(${last}`
      }
    },
    // Not atomic: a single script with all of them would block Redis for everybody.
    prepare: async (orders) => async () => {
      for (let i = 0; i < orders.length; i += mostAtOnce) {
        const some = orders.slice(i, i + mostAtOnce)
        await Promise.all(some.map((order) => untilSettled(() => store.addOrder(order))))
      }
    },
    count: async (accountId) => Number(await link.command('zcard', link.prefix + indexOf(accountId))),
    bytes: async () => Number((await link.command('get', link.key('orderBytes'))) ?? 0),
    accounts: async (most) => (await link.command('zrange', link.key('accounts'), -most, -1)) as string[],
  }
  return store
}
