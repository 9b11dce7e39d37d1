/** Milliseconds of real time after which a delivery whose turn it is, and that nobody finished, is looked at again. */
export const lease = 20_000

/**
 * How deliveries are kept. Those about one order to one receiver stand in a lane: the first of it is either `queued`,
 * which is to be sent now, or in the `agenda`, with the instant of its next attempt; the others wait for it to end. What
 * is queued has a lease, so that it is not lost with the process that took it. `round` numbers each queueing, so that a
 * stale job is recognised.
 */
export const deliveriesLua = `
local fresh = '{"status":"pending","nextAttemptAt":null,"attempts":[],"earlier":0}'

local function queue(due, item)
  call('zadd', p .. 'queued', realTime() + ${String(lease)}, item)
  call('zrem', p .. 'agenda', item)
  local round = call('incr', p .. 'turns')
  call('hset', p .. 'rounds', item, round)
  due[#due + 1] = item
  due[#due + 1] = round
end

local function tellDelivery(id, progress)
  call('publish', p .. 'delivery', cjson.encode({id, call('hget', p .. 'facts', id), progress}))
end

local function enter(due, id, lane)
  if call('rpush', p .. 'lane:' .. lane, id) == 1 then queue(due, 'd ' .. id) end
end

local function keep(account, id, lane, facts, progress)
  call('hset', p .. 'facts', id, facts)
  call('hset', p .. 'progress', id, progress)
  call('hset', p .. 'lanes', id, lane)
  call('hset', p .. 'accountOf', id, account)
  local turn = call('incr', p .. 'turns')
  call('zadd', p .. 'sent', turn, id)
  call('zadd', p .. 'sent:' .. account, turn, id)
end

-- Pairs of a lane and the facts of a delivery, from ARGV[from] on.
local function send(due, account, remoteId, from)
  for i = from, #ARGV, 2 do
    local id = remoteId .. '.' .. call('hincrby', p .. 'numbers:' .. account, remoteId, 1)
    keep(account, id, ARGV[i], ARGV[i + 1], fresh)
    tellDelivery(id, fresh)
    enter(due, id, ARGV[i])
  end
end

local function forget(id)
  local lane = call('hget', p .. 'lanes', id)
  if lane then call('del', p .. 'lane:' .. lane) end
  for _, name in ipairs({'facts', 'progress', 'lanes', 'accountOf'}) do call('hdel', p .. name, id) end
  call('zrem', p .. 'sent', id)
  call('zrem', p .. 'finished', id)
  for _, name in ipairs({'agenda', 'queued'}) do call('zrem', p .. name, 'd ' .. id) end
  call('hdel', p .. 'rounds', 'd ' .. id)
end
`
