import { mostExchanges, mostFinished, mostOfExchanges } from '../exchanges'
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
local function withoutAttempts(status)
  return '{"status":"' .. status .. '","nextAttemptAt":null,"attempts":[],"earlier":0}'
end

local function dropExchanges(id)
  local kept = call('hget', ${k.exchanges}, id)
  if not kept then return end
  call('decrby', ${k.exchangeBytes}, #kept)
  call('hdel', ${k.exchanges}, id)
  call('zrem', ${k.exchangeAges}, id)
end

local function keepExchange(id, text)
  local all, ending, lines = text .. '\\n' .. (call('hget', ${k.exchanges}, id) or ''), 0, 0
  repeat
    ending = string.find(all, '\\n', ending + 1, true)
    lines = lines + 1
  until not ending or lines == ${String(mostExchanges)}
  if ending then all = string.sub(all, 1, ending) end
  dropExchanges(id)
  call('hset', ${k.exchanges}, id, all)
  call('zadd', ${k.exchangeAges}, call('incr', ${k.turns}), id)
  local bytes = call('incrby', ${k.exchangeBytes}, #all)
  while bytes > ${String(mostOfExchanges)} do
    local oldest = call('zrange', ${k.exchangeAges}, 0, 0)[1]
    if not oldest then break end
    dropExchanges(oldest)
    bytes = tonumber(call('get', ${k.exchangeBytes}))
  end
end

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

local function forget(id)
  local lane = call('hget', ${k.lanes}, id)
  if lane then call('del', ${k.lane} .. lane) end
  for _, name in ipairs({'facts', 'progress', 'lanes', 'accountOf'}) do call('hdel', p .. name, id) end
  dropExchanges(id)
  call('zrem', ${k.sent}, id)
  call('zrem', ${k.finished}, id)
  for _, name in ipairs({'agenda', 'queued'}) do call('zrem', p .. name, '${items.delivery}' .. id) end
  call('hdel', ${k.rounds}, '${items.delivery}' .. id)
end

local function finish(due, id)
  local lane = ${k.lane} .. (call('hget', ${k.lanes}, id) or '')
  if call('lindex', lane, 0) == id then
    call('lpop', lane)
    local following = call('lindex', lane, 0)
    if following then queue(due, '${items.delivery}' .. following) end
  end
  call('zadd', ${k.finished}, call('incr', ${k.turns}), id)
  while call('zcard', ${k.finished}) > ${String(mostFinished)} do
    local oldest = call('zpopmin', ${k.finished})[1]
    local account = call('hget', ${k.accountOf}, oldest)
    -- Keeps its lane, in which others may wait.
    call('hdel', ${k.lanes}, oldest)
    forget(oldest)
    if account then call('zrem', ${k.sentOf} .. account, oldest) end
    call('incr', ${k.dropped})
  end
end

local function nextId(account, remoteId)
  return remoteId .. '.' .. call('hincrby', ${k.numbersOf} .. account, remoteId, 1)
end

-- From ARGV[from] on: pairs of a lane, or '' for what no webhook subscribes to, and the facts of a delivery.
local function send(due, account, remoteId, from)
  for i = from, #ARGV, 2 do
    local id, lane = nextId(account, remoteId), ARGV[i]
    local progress = withoutAttempts(lane == '' and 'not-subscribed' or 'pending')
    keep(account, id, lane, ARGV[i + 1], progress)
    if lane == '' then finish(due, id) else enter(due, id, lane) end
    tellDelivery(id, progress)
  end
end
`
