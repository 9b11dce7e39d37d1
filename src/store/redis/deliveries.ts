import type { Link } from './connection'
import { deliveriesLua } from './deliveries-lua'
import { type DeliveryRecord, type DeliveryTexts, type Facts, type Progress, readDelivery } from './delivery-record'
import type { Exchange } from '../records'
import { countOf, readExchanges } from './entries'
import { items, k, keyOf } from './keys'
import type { Queued } from './orders'
import { type Direction, pageLua, script, startOf } from './script'

/** A delivery, and the text of its progress, to detect later changes. */
export interface Loaded {
  delivery: DeliveryRecord
  text: string
}

/** ARGV: id, round. Returns nothing for a delivery that is no longer queued, or was queued again since. */
const load = script(
  'sandboxLoadDelivery',
  `if not call('zscore', ${k.queued}, '${items.delivery}' .. ARGV[1]) then return end
if call('hget', ${k.rounds}, '${items.delivery}' .. ARGV[1]) ~= ARGV[2] then return end
return {call('hget', ${k.facts}, ARGV[1]), call('hget', ${k.progress}, ARGV[1])}`,
)

const find = script(
  'sandboxFindDelivery',
  `local facts = call('hget', ${k.facts}, ARGV[1])
return facts and {facts, call('hget', ${k.progress}, ARGV[1])}`,
)

/** ARGV: ids of pending deliveries. Returns for each the first in its lane; '' if that is itself. */
const firstInLane = script(
  'sandboxFirstInLane',
  `local found = {}
for i, id in ipairs(ARGV) do
  local first = call('lindex', ${k.lane} .. (call('hget', ${k.lanes}, id) or ''), 0)
  found[i] = first and first ~= id and first or ''
end
return found`,
)

/** ARGV: id, progress before and after, instant of the next attempt or '', and what was sent and received. */
const record = script(
  'sandboxRecordAttempt',
  `${deliveriesLua}
local id, due = ARGV[1], {}
if call('hget', ${k.progress}, id) ~= ARGV[2] then return end
call('hset', ${k.progress}, id, ARGV[3])
keepExchange(id, ARGV[5])
call('zrem', ${k.queued}, '${items.delivery}' .. id)
if ARGV[4] ~= '' then call('zadd', ${k.agenda}, ARGV[4], '${items.delivery}' .. id) else finish(due, id) end
tellDelivery(id, ARGV[3])
return due`,
)

/** ARGV: account, what it is about, facts, progress, and what was sent and received. Returns the id of the delivery. */
const keepScript = script(
  'sandboxKeepCall',
  `${deliveriesLua}
local id = nextId(ARGV[1], ARGV[2])
call('zadd', ${k.otherAccounts}, 'nx', call('incr', ${k.turns}), ARGV[1])
keep(ARGV[1], id, '', ARGV[3], ARGV[4])
keepExchange(id, ARGV[5])
finish({}, id)
tellDelivery(id, ARGV[4])
return id`,
)

/** ARGV: id, progress before and after, whether it had ended. */
const replay = script(
  'sandboxReplay',
  `${deliveriesLua}
local id, due = ARGV[1], {}
if call('hget', ${k.progress}, id) ~= ARGV[2] then return end
call('hset', ${k.progress}, id, ARGV[3])
if ARGV[4] == 'ended' then
  call('zrem', ${k.finished}, id)
  enter(due, id, call('hget', ${k.lanes}, id))
else
  queue(due, '${items.delivery}' .. id)
end
tellDelivery(id, ARGV[3])
return due`,
)

/** ARGV: account, id, lane, facts, progress, remote id, number, status, instant of the next attempt or ''. */
const restore = script(
  'sandboxRestoreDelivery',
  `${deliveriesLua}
local id, due = ARGV[2], {}
keep(ARGV[1], id, ARGV[3], ARGV[4], ARGV[5])
local numbers = ${k.numbersOf} .. ARGV[1]
if tonumber(call('hget', numbers, ARGV[6]) or 0) < tonumber(ARGV[7]) then call('hset', numbers, ARGV[6], ARGV[7]) end
if ARGV[8] ~= 'pending' then
  finish(due, id)
elseif call('rpush', ${k.lane} .. ARGV[3], id) == 1 then
  if ARGV[9] == '' then queue(due, '${items.delivery}' .. id) else call('zadd', ${k.agenda}, ARGV[9], '${items.delivery}' .. id) end
end
return due`,
)

/** ARGV: id of an unreadable delivery. */
const giveUp = script(
  'sandboxGiveUpDelivery',
  `${deliveriesLua}
local id, due = ARGV[1], {}
call('zrem', ${k.queued}, '${items.delivery}' .. id)
finish(due, id)
return due`,
)

const done = script(
  'sandboxDone',
  `call('zrem', ${k.queued}, ARGV[1])
call('hdel', ${k.rounds}, ARGV[1])`,
)

/** ARGV: a queued item, and the milliseconds of real time until any process may take it again. */
const postpone = script(
  'sandboxPostpone',
  `if call('zscore', ${k.queued}, ARGV[1]) then call('zadd', ${k.queued}, realTime() + ARGV[2], ARGV[1]) end`,
)

/**
 * ARGV: index, where to start, how many, and the direction. Returns the turn of the last, then ids, facts and progress.
 */
const page = script(
  'sandboxDeliveries',
  `${pageLua}
local found = pageOf(p .. ARGV[1])
local all, bytes, last = {}, 0, ''
for i = 1, #found, 2 do
  local facts, progress = call('hget', ${k.facts}, found[i]), call('hget', ${k.progress}, found[i])
  last = found[i + 1]
  if facts and progress then
    all[#all + 1] = found[i]
    all[#all + 1] = facts
    all[#all + 1] = progress
    bytes = bytes + #facts + #progress
    if bytes > mostBytes then break end
  end
end
return {last, all}`,
)

const tally = script(
  'sandboxTally',
  `local counts = {}
for _, id in ipairs(call('zrange', ${k.finished}, 0, -1)) do
  local status = string.match(call('hget', ${k.progress}, id) or '', '"status":"([%a-]+)"')
  if status then counts[status] = (counts[status] or 0) + 1 end
end
counts.pending = call('hlen', ${k.progress}) - call('zcard', ${k.finished})
return cjson.encode(counts)`,
)

const pageSize = 200

/** Deliveries in Redis. Each change is atomic, and refused when the delivery has changed meanwhile. */
export function deliveryRecords(link: Link, onQueued: (queued: Queued) => void) {
  /** Queues what has become due; returns whether the delivery was changed. */
  const changed = (answer: unknown): boolean => {
    if (!Array.isArray(answer)) return false
    onQueued(answer as Queued)
    return true
  }
  const read = (id: string, found: unknown): Loaded | null => {
    if (!Array.isArray(found)) return null
    const [facts, text] = found as [string | null, string | null]
    const delivery = readOne([id, facts, text])
    return delivery === null ? null : { delivery, text: String(text) }
  }
  /** Null when unreadable. */
  function readOne(texts: DeliveryTexts): DeliveryRecord | null {
    const delivery = readDelivery(texts)
    if (delivery === null) link.unreadable(`facts, progress ${texts[0]}`)
    return delivery
  }

  return {
    async load(id: string, round: string) {
      const found = await link.run(load, id, round)
      const loaded = read(id, found)
      // An unreadable delivery must not block those behind it.
      if (loaded === null && Array.isArray(found)) changed(await link.run(giveUp, id))
      return loaded
    },
    find: async (id: string) => read(id, await link.run(find, id)),
    record: async (id: string, { text }: Loaded, progress: Progress, exchange: Exchange) =>
      changed(
        await link.run(
          record,
          id,
          text,
          JSON.stringify(progress),
          progress.nextAttemptAt ?? '',
          JSON.stringify(exchange),
        ),
      ),
    /** Keeps a delivery that has ended. Returns its id. */
    async keep({ accountId, remoteId, ...rest }: Facts, progress: Progress, exchange: Exchange) {
      const facts = JSON.stringify({ accountId, remoteId, ...rest })
      const state = [facts, JSON.stringify(progress), JSON.stringify(exchange)]
      return String(await link.run(keepScript, accountId, remoteId, ...state))
    },
    /** Oldest first. An unreadable one is empty, so that the others stay with their attempts. */
    async exchanges(id: string): Promise<Exchange[]> {
      const text = (await link.command('hget', link.key('exchanges'), id)) as string | null
      const all = readExchanges(text ?? '').reverse()
      if (all.includes(null)) link.unreadable(`exchanges ${id}`)
      return all.map((each) => each ?? { request: null, response: null })
    },
    async waitFor(ids: readonly string[]) {
      const found = (await link.run(firstInLane, ...ids)) as string[]
      return found.map((first) => first || null)
    },
    replay: async (id: string, { text }: Loaded, progress: Progress, hadEnded: boolean) =>
      changed(await link.run(replay, id, text, JSON.stringify(progress), hadEnded ? 'ended' : 'waits')),
    async restore(id: string, number: number, lane: string, facts: Facts, progress: Progress) {
      const { accountId, remoteId } = facts
      const texts = [JSON.stringify(facts), JSON.stringify(progress)]
      const state = [remoteId, number, progress.status, progress.nextAttemptAt ?? '']
      changed(await link.run(restore, accountId, id, lane, ...texts, ...state))
    },
    done: (item: string) => link.run(done, item),
    postpone: (item: string, ms: number) => link.run(postpone, item, ms),
    /** The deliveries of an account, or with null all deliveries. */
    async *all(accountId: string | null, direction: Direction): AsyncGenerator<DeliveryRecord> {
      const index = accountId === null ? 'sent' : keyOf('sentOf', accountId)
      let from = startOf(direction)
      for (;;) {
        const [last, texts] = (await link.run(page, index, from, pageSize, direction)) as [string, string[]]
        for (let i = 0; i < texts.length; i += 3) {
          const delivery = readOne(texts.slice(i, i + 3) as unknown as DeliveryTexts)
          if (delivery !== null) yield delivery
        }
        if (last === '') return
        from = `(${last}`
      }
    },
    dropped: async () => countOf(await link.command('get', link.key('dropped'))),
    tally: async () => JSON.parse((await link.run(tally)) as string) as Partial<Record<Progress['status'], number>>,
  }
}
