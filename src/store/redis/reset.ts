import type { Link } from './connection'
import { deliveriesLua } from './deliveries-lua'
import { journalLua, type RedisJournal } from './journal'
import { type Script, script } from './script'
import type { SharedSettings } from './shared-settings'

/** Things that are taken away in one step: of more a part first, since Redis does nothing else meanwhile. */
const mostAtOnce = 500

/** ARGV: the index of deliveries, and how many of the oldest to take away. Answers how many are left. */
const dropDeliveries = script(
  'sandboxDropDeliveries',
  `${deliveriesLua}
local index = p .. ARGV[1]
for _, id in ipairs(call('zrange', index, 0, ARGV[2] - 1)) do
  local account = call('hget', p .. 'accountOf', id)
  forget(id)
  if account then call('zrem', p .. 'sent:' .. account, id) end
  call('zrem', index, id)
end
return call('zcard', index)`,
)

/** ARGV: account, and how many of its oldest orders to take away. Answers how many are left. */
const dropOrders = script(
  'sandboxDropOrders',
  `local account = ARGV[1]
local index = p .. 'all:' .. account
for _, token in ipairs(call('zrange', index, 0, ARGV[2] - 1)) do
  local order = cjson.decode(call('hget', p .. 'orders', token))
  local bytes = #order.request
  if order.result ~= cjson.null then bytes = bytes + #order.result end
  call('decrby', p .. 'orderBytes', bytes)
  call('hincrby', p .. 'orderBytesOf', account, -bytes)
  call('hdel', p .. 'ids:' .. account, order.id)
  call('hdel', p .. 'numbers:' .. account, order.remoteId)
  call('hdel', p .. 'remoteIds', order.remoteId)
  call('hdel', p .. 'orders', token)
  for _, name in ipairs({'agenda', 'queued'}) do call('zrem', p .. name, 'e ' .. token) end
  call('hdel', p .. 'rounds', 'e ' .. token)
  call('zrem', p .. 'all', token)
  call('zrem', index, token)
end
return call('zcard', index)`,
)

/** ARGV: how many accounts to forget. What is kept of all orders together still has theirs. Answers how many are left. */
const dropAccounts = script(
  'sandboxDropAccounts',
  `local index = p .. 'accounts'
for _, account in ipairs(call('zrange', index, 0, ARGV[1] - 1)) do
  for _, name in ipairs({'ids:', 'all:', 'sent:', 'numbers:'}) do call('unlink', p .. name .. account) end
  call('zrem', index, account)
end
return call('zcard', index)`,
)

/** ARGV: how the clock stands at the start. */
const resetAll = script(
  'sandboxResetAll',
  `for _, account in ipairs(call('zrange', p .. 'accounts', 0, -1)) do
  for _, name in ipairs({'ids:', 'all:', 'sent:', 'numbers:'}) do call('unlink', p .. name .. account) end
end
for _, lane in ipairs(call('hvals', p .. 'lanes')) do call('unlink', p .. 'lane:' .. lane) end
for _, name in ipairs({
  'orders', 'remoteIds', 'all', 'accounts', 'facts', 'progress', 'lanes', 'accountOf', 'sent', 'finished', 'rounds',
  'dropped', 'agenda', 'queued', 'faults', 'faultsAdded', 'seen', 'struck', 'journal', 'journalCount',
  'journalDropped', 'journalBodies', 'journalWhole', 'journalBytes', 'journalLossy', 'rates', 'webhooks',
  'orderBytes', 'orderBytesOf',
}) do call('unlink', p .. name) end
local initial = call('hgetall', p .. 'initial')
for i = 1, #initial, 2 do call('hset', p .. 'webhooks', initial[i], initial[i + 1]) end
call('set', p .. 'clock', ARGV[1])
call('incr', p .. 'resets')
changed()`,
)

/** ARGV: account, and the same as JSON text. */
const resetAccount = script(
  'sandboxResetAccount',
  `${deliveriesLua}${journalLua}
local account, json = ARGV[1], ARGV[2]
for _, id in ipairs(call('zrange', p .. 'sent:' .. account, 0, -1)) do forget(id) end
for _, token in ipairs(call('zrange', p .. 'all:' .. account, 0, -1)) do
  local remoteId = string.match(call('hget', p .. 'orders', token) or '', '"remoteId":"([^"]*)"')
  if remoteId then call('hdel', p .. 'remoteIds', remoteId) end
  call('hdel', p .. 'orders', token)
  call('zrem', p .. 'all', token)
  for _, name in ipairs({'agenda', 'queued'}) do call('zrem', p .. name, 'e ' .. token) end
  call('hdel', p .. 'rounds', 'e ' .. token)
end
for _, name in ipairs({'ids:', 'all:', 'sent:', 'numbers:'}) do call('unlink', p .. name .. account) end
call('zrem', p .. 'accounts', account)
call('decrby', p .. 'orderBytes', call('hget', p .. 'orderBytesOf', account) or 0)
call('hdel', p .. 'orderBytesOf', account)
local lines, whole, gone = call('lrange', p .. 'journal', 0, -1), call('lrange', p .. 'journalWhole', 0, -1), {}
call('unlink', p .. 'journal', p .. 'journalWhole')
-- Whoever reads the journal part by part has to begin again.
call('incr', p .. 'journalShortened')
for _, line in ipairs(lines) do
  if accountOf(line) == json then
    local id = string.match(line, '^%d+')
    gone[id] = true
    dropBodies(id)
  else
    call('rpush', p .. 'journal', line)
  end
end
for _, id in ipairs(whole) do if not gone[id] then call('rpush', p .. 'journalWhole', id) end end
call('srem', p .. 'journalLossy', json)
for _, name in ipairs({'webhooks', 'faults'}) do
  local kept = call('hgetall', p .. name)
  for i = 1, #kept, 2 do
    if string.find(kept[i + 1], '"accountId":' .. json .. ',', 1, true) then
      call('hdel', p .. name, kept[i])
      call('hdel', p .. 'seen', kept[i])
      call('hdel', p .. 'struck', kept[i])
    end
  end
end
call('hdel', p .. 'seen', account)
call('hdel', p .. 'struck', account)
changed()`,
)

/**
 * Puts an account, or with null everything, back to how it was at the start, for all processes at once; where there is
 * more than a step can take away, whoever is called meanwhile sees a part of it.
 */
export function redisReset(
  link: Link,
  { settings, journal, clock }: { settings: SharedSettings; journal: RedisJournal; clock: number | null },
) {
  /** Runs `drop` on the sorted set `index` until what is left is little enough for one step. */
  async function shrink(index: string, drop: Script, ...args: string[]) {
    let left = Number(await link.command('zcard', link.prefix + index))
    while (left > mostAtOnce) left = Number(await link.run(drop, ...args, mostAtOnce))
  }

  return async (accountId: string | null): Promise<void> => {
    // What was answered before belongs to what is forgotten.
    await journal.settled()
    const sent = accountId === null ? 'sent' : `sent:${accountId}`
    await shrink(sent, dropDeliveries, sent)
    if (accountId === null) await shrink('accounts', dropAccounts)
    else await shrink(`all:${accountId}`, dropOrders, accountId)
    if (accountId === null) await link.run(resetAll, JSON.stringify({ frozen: clock, ahead: 0 }))
    else await link.run(resetAccount, accountId, JSON.stringify(accountId))
    await settings.reload()
  }
}
