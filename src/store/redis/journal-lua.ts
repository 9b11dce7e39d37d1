import { shortBodies } from '../journal'
import { k } from './keys'
import { script } from './script'

/** A line of the journal is the number of a request, its account as JSON, and the rest as JSON. */
export const journalLua = `
local function accountOf(line)
  return string.match(line, '^%d+\\n([^\\n]*)')
end
local function dropped()
  return tonumber(call('get', ${k.journalDropped})) or 0
end
local function dropBodies(id)
  call('decrby', ${k.journalBytes}, call('hstrlen', ${k.journalBodies}, id))
  call('hdel', ${k.journalBodies}, id)
end
`

/** Drops the long bodies of a request. The search finds no text in a body, where every quote is escaped. */
const giveUpLua = `
local function giveUpLongBodies(id)
  local text, room = call('hget', ${k.journalBodies}, id), ${String(shortBodies)}
  local at = text and string.find(text, ',"responseBody":', 1, true)
  if not at or #text <= room then return end
  local request, response = string.sub(text, 1, at - 1), string.sub(text, at)
  if #request > room then request = '{"requestBody":null' else room = room - #request end
  if #response > room then response = ',"responseBody":null}' end
  call('decrby', ${k.journalBytes}, #text - #request - #response)
  call('hset', ${k.journalBodies}, id, request .. response)
end
`

/**
 * ARGV: limit of requests, limit of bytes of bodies, limit of lossy accounts, how many requests were dropped before,
 * the number of their accounts and these as JSON; then for each request its account, the rest and its bodies. Bodies
 * are kept apart, by number, so that the long ones of old requests can be dropped: `journalWhole` has the numbers of
 * those that still have theirs, newest first. The set of lossy accounts is never empty once requests were lost: `*` in
 * it stands for every account, `-` for none.
 */
export const writeJournal = script(
  'sandboxWriteJournal',
  `${journalLua}${giveUpLua}
local function drop(account)
  if call('exists', ${k.journalLossy}) == 0 then
    call('sadd', ${k.journalLossy}, dropped() > 0 and '*' or '-')
  end
  call('sadd', ${k.journalLossy}, account)
end
local first = 6 + ARGV[5]
for i = 6, first - 1 do drop(ARGV[i]) end
call('incrby', ${k.journalDropped}, ARGV[4])
for i = first, #ARGV, 3 do
  local id = call('incr', ${k.journalCount})
  local line = id .. '\\n' .. ARGV[i] .. '\\n' .. ARGV[i + 1]
  call('incrby', ${k.journalBytes}, #ARGV[i + 2])
  call('hset', ${k.journalBodies}, id, ARGV[i + 2])
  call('lpush', ${k.journalWhole}, id)
  call('lpush', ${k.journal}, line)
  call('publish', ${k.request}, line .. '\\n' .. ARGV[i + 2])
end
local tooMany = call('llen', ${k.journal}) - ARGV[1]
if tooMany > 0 then
  for _, line in ipairs(call('rpop', ${k.journal}, tooMany)) do
    drop(accountOf(line) or '*')
    local id = string.match(line, '^%d+') or ''
    dropBodies(id)
    if call('lindex', ${k.journalWhole}, -1) == id then call('rpop', ${k.journalWhole}) end
  end
  call('incrby', ${k.journalDropped}, tooMany)
end
if call('scard', ${k.journalLossy}) > tonumber(ARGV[3]) then
  call('unlink', ${k.journalLossy})
  call('sadd', ${k.journalLossy}, '*')
end
while (tonumber(call('get', ${k.journalBytes})) or 0) > tonumber(ARGV[2]) do
  local oldest = call('rpop', ${k.journalWhole})
  if not oldest then break end
  giveUpLongBodies(oldest)
end`,
)

/** ARGV: account. Returns whether it has lost requests. Older versions did not record whose they dropped. */
export const isLossy = script(
  'sandboxIsLossy',
  `${journalLua}
if call('exists', ${k.journalLossy}) == 0 then return dropped() end
return call('sismember', ${k.journalLossy}, '*') + call('sismember', ${k.journalLossy}, ARGV[1])`,
)

/** ARGV: bytes after which to stop, then numbers of requests. Returns the bodies of as many as fit. */
export const readBodies = script(
  'sandboxReadBodies',
  `local found, bytes = {}, 0
for i = 2, #ARGV do
  local body = call('hget', ${k.journalBodies}, ARGV[i]) or '{}'
  found[#found + 1] = body
  bytes = bytes + #body
  if bytes > tonumber(ARGV[1]) then break end
end
return found`,
)
