import { items, k } from './keys'

/** Milliseconds of real time after which a queued delivery that nobody has finished is queued again. */
export const lease = 20_000

/**
 * How deliveries are kept. Those about one order to one receiver share a lane: the first is either `queued`, to be sent
 * now, or in the `agenda`, with the instant of its next attempt; the others wait for it to end. What is queued has a
 * lease, so that it survives the process that took it. `round` numbers each queueing, so that a stale job is
 * recognised.
 */
export const deliveriesLua = `
local fresh = '{"status":"pending","nextAttemptAt":null,"attempts":[],"earlier":0}'

local function queue(due, item)
  call('zadd', ${k.queued}, realTime() + ${String(lease)}, item)
  call('zrem', ${k.agenda}, item)
  local round = call('incr', ${k.turns})
  call('hset', ${k.rounds}, item, round)
  due[#due + 1] = item
  due[#due + 1] = round
end

local function tellDelivery(id, progress)
  call('publish', ${k.delivery}, cjson.encode({id, call('hget', ${k.facts}, id), progress}))
end

local function enter(due, id, lane)
  if call('rpush', ${k.lane} .. lane, id) == 1 then queue(due, '${items.delivery}' .. id) end
end

local function keep(account, id, lane, facts, progress)
  call('hset', ${k.facts}, id, facts)
  call('hset', ${k.progress}, id, progress)
  call('hset', ${k.lanes}, id, lane)
  call('hset', ${k.accountOf}, id, account)
  local turn = call('incr', ${k.turns})
  call('zadd', ${k.sent}, turn, id)
  call('zadd', ${k.sentOf} .. account, turn, id)
end

-- From ARGV[from] on: pairs of a lane and the facts of a delivery.
local function send(due, account, remoteId, from)
  for i = from, #ARGV, 2 do
    local id = remoteId .. '.' .. call('hincrby', ${k.numbersOf} .. account, remoteId, 1)
    keep(account, id, ARGV[i], ARGV[i + 1], fresh)
    tellDelivery(id, fresh)
    enter(due, id, ARGV[i])
  end
end

local function forget(id)
  local lane = call('hget', ${k.lanes}, id)
  if lane then call('del', ${k.lane} .. lane) end
  for _, name in ipairs({'facts', 'progress', 'lanes', 'accountOf'}) do call('hdel', p .. name, id) end
  call('zrem', ${k.sent}, id)
  call('zrem', ${k.finished}, id)
  for _, name in ipairs({'agenda', 'queued'}) do call('zrem', p .. name, '${items.delivery}' .. id) end
  call('hdel', ${k.rounds}, '${items.delivery}' .. id)
end
`
