import { script } from './script'

/**
 * Moves aside what somebody else put where the sandbox keeps something of another kind: it would spoil every call, not
 * itself alone. What counts goes on from the time, which is above all that was counted before. Answers the keys.
 */
export const repair = script(
  'sandboxRepair',
  `local moved = {}
local now = realTime()
local function note(key) moved[#moved + 1] = key end
local function aside(key)
  call('rename', p .. key, p .. 'unreadable:' .. key)
  note(key)
end
local function check(key, kind)
  local actual = call('type', p .. key).ok
  if actual == 'none' then return false end
  if actual == kind then return true end
  aside(key)
  return false
end
local function isCount(text) return string.match(text, '^%-?%d+$') and #text <= 16 end
local function count(key, from)
  if call('exists', p .. key) == 0 then return end
  if check(key, 'string') then
    if isCount(call('get', p .. key)) then return end
    aside(key)
  end
  call('set', p .. key, from)
end
local function counts(key, from)
  if not check(key, 'hash') then return end
  local all = call('hgetall', p .. key)
  for i = 1, #all, 2 do
    if not isCount(all[i + 1]) then
      if from then call('hset', p .. key, all[i], from) else call('hdel', p .. key, all[i]) end
      note(key .. ' ' .. all[i])
    end
  end
end
for _, key in ipairs({'orders', 'remoteIds', 'facts', 'progress', 'lanes', 'accountOf', 'faults', 'journalBodies', 'initial'}) do
  check(key, 'hash')
end
if call('exists', p .. 'webhooks') == 1 and not check('webhooks', 'hash') then
  local initial = call('hgetall', p .. 'initial')
  for i = 1, #initial, 2 do call('hset', p .. 'webhooks', initial[i], initial[i + 1]) end
end
for _, key in ipairs({'all', 'accounts', 'sent', 'finished', 'agenda', 'queued'}) do check(key, 'zset') end
for _, key in ipairs({'journal', 'journalWhole'}) do check(key, 'list') end
check('journalLossy', 'set')
for _, key in ipairs({'clock', 'setup', 'controlToken', 'moving', 'ready'}) do check(key, 'string') end
for _, key in ipairs({'turns', 'version', 'journalCount', 'faultsAdded', 'resets', 'journalShortened'}) do count(key, now) end
for _, key in ipairs({'journalDropped', 'journalBytes', 'dropped', 'orderBytes', 'dataVersion'}) do count(key, 0) end
counts('orderBytesOf', 0)
for _, key in ipairs({'seen', 'struck', 'rates', 'rounds'}) do counts(key) end
for _, account in ipairs(call('zrange', p .. 'accounts', 0, -1)) do
  check('ids:' .. account, 'hash')
  check('all:' .. account, 'zset')
  check('sent:' .. account, 'zset')
  counts('numbers:' .. account, now)
end
for _, lane in ipairs(call('hvals', p .. 'lanes')) do check('lane:' .. lane, 'list') end
if #moved > 0 then changed() end
return moved`,
)

/** Whether what Redis answered may come from such a thing. */
export const isOfStranger = ({ message }: Error): boolean =>
  /^WRONGTYPE|is not an integer|is not a valid float|would overflow|attempt to |bad argument|arguments must be strings/.test(
    message,
  )
