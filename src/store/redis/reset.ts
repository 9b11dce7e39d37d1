import type { Link } from './connection'
import { deliveriesLua } from './deliveries-lua'
import type { RedisJournal } from './journal'
import { journalLua } from './journal-lua'
import { items, k, keyOf, ofAccount, resettable } from './keys'
import { type Script, script } from './script'
import type { SharedSettings } from './shared-settings'

/** What one script may remove. More is removed in batches, since Redis does nothing else meanwhile. */
const mostAtOnce = 500

/** ARGV: index of deliveries, and how many of the oldest to remove. Returns how many are left. */
const dropDeliveries = script(
  'sandboxDropDeliveries',
  `${deliveriesLua}
local index = p .. ARGV[1]
for _, id in ipairs(call('zrange', index, 0, ARGV[2] - 1)) do
  local account = call('hget', ${k.accountOf}, id)
  forget(id)
  if account then call('zrem', ${k.sentOf} .. account, id) end
  call('zrem', index, id)
end
return call('zcard', index)`,
)

/** ARGV: account, and how many of its oldest orders to remove. Returns how many are left. */
const dropOrders = script(
  'sandboxDropOrders',
  `local account = ARGV[1]
local index = ${k.allOf} .. account
for _, token in ipairs(call('zrange', index, 0, ARGV[2] - 1)) do
  local order = cjson.decode(call('hget', ${k.orders}, token))
  local bytes = #order.request
  if order.result ~= cjson.null then bytes = bytes + #order.result end
  call('decrby', ${k.orderBytes}, bytes)
  call('hincrby', ${k.orderBytesOf}, account, -bytes)
  call('hdel', ${k.idsOf} .. account, order.id)
  call('hdel', ${k.numbersOf} .. account, order.remoteId)
  call('hdel', ${k.remoteIds}, order.remoteId)
  call('hdel', ${k.orders}, token)
  for _, name in ipairs({'agenda', 'queued'}) do call('zrem', p .. name, '${items.expiry}' .. token) end
  call('hdel', ${k.rounds}, '${items.expiry}' .. token)
  call('zrem', ${k.all}, token)
  call('zrem', index, token)
end
return call('zcard', index)`,
)

/**
 * ARGV: index of accounts, and how many of them to forget, but for their data in keys that all accounts share. Returns
 * how many are left.
 */
const dropAccounts = script(
  'sandboxDropAccounts',
  `local index = p .. ARGV[1]
for _, account in ipairs(call('zrange', index, 0, ARGV[2] - 1)) do
  for _, name in ipairs(${ofAccount}) do call('unlink', p .. name .. account) end
  call('zrem', index, account)
end
return call('zcard', index)`,
)

/** ARGV: the initial state of the clock. */
const resetAll = script(
  'sandboxResetAll',
  `for _, index in ipairs({${k.accounts}, ${k.otherAccounts}}) do
  for _, account in ipairs(call('zrange', index, 0, -1)) do
    for _, name in ipairs(${ofAccount}) do call('unlink', p .. name .. account) end
  end
end
for _, lane in ipairs(call('hvals', ${k.lanes})) do call('unlink', ${k.lane} .. lane) end
for _, name in ipairs(${resettable}) do call('unlink', p .. name) end
local initial = call('hgetall', ${k.initial})
for i = 1, #initial, 2 do call('hset', ${k.webhooks}, initial[i], initial[i + 1]) end
call('set', ${k.clock}, ARGV[1])
call('incr', ${k.resets})
changed()`,
)

/** ARGV: account, and the same as JSON text. */
const resetAccount = script(
  'sandboxResetAccount',
  `${deliveriesLua}${journalLua}
local account, json = ARGV[1], ARGV[2]
for _, id in ipairs(call('zrange', ${k.sentOf} .. account, 0, -1)) do forget(id) end
for _, token in ipairs(call('zrange', ${k.allOf} .. account, 0, -1)) do
  local remoteId = string.match(call('hget', ${k.orders}, token) or '', '"remoteId":"([^"]*)"')
  if remoteId then call('hdel', ${k.remoteIds}, remoteId) end
  call('hdel', ${k.orders}, token)
  call('zrem', ${k.all}, token)
  for _, name in ipairs({'agenda', 'queued'}) do call('zrem', p .. name, '${items.expiry}' .. token) end
  call('hdel', ${k.rounds}, '${items.expiry}' .. token)
end
for _, name in ipairs(${ofAccount}) do call('unlink', p .. name .. account) end
call('zrem', ${k.accounts}, account)
call('zrem', ${k.otherAccounts}, account)
call('decrby', ${k.orderBytes}, call('hget', ${k.orderBytesOf}, account) or 0)
call('hdel', ${k.orderBytesOf}, account)
local lines, whole, gone = call('lrange', ${k.journal}, 0, -1), call('lrange', ${k.journalWhole}, 0, -1), {}
call('unlink', ${k.journal}, ${k.journalWhole})
-- Whoever is paging through the journal has to start again.
call('incr', ${k.journalShortened})
for _, line in ipairs(lines) do
  if accountOf(line) == json then
    local id = string.match(line, '^%d+')
    gone[id] = true
    dropBodies(id)
  else
    call('rpush', ${k.journal}, line)
  end
end
for _, id in ipairs(whole) do if not gone[id] then call('rpush', ${k.journalWhole}, id) end end
call('srem', ${k.journalLossy}, json)
for _, name in ipairs({'webhooks', 'faults'}) do
  local kept = call('hgetall', p .. name)
  for i = 1, #kept, 2 do
    if string.find(kept[i + 1], '"accountId":' .. json .. ',', 1, true) then
      call('hdel', p .. name, kept[i])
      call('hdel', ${k.seen}, kept[i])
      call('hdel', ${k.struck}, kept[i])
    end
  end
end
call('hdel', ${k.accountSettings}, account)
call('srem', ${k.seenAccounts}, account)
call('decrby', ${k.recordBytes}, call('hget', ${k.recordBytesOf}, account) or 0)
call('hdel', ${k.recordBytesOf}, account)
call('hdel', ${k.seen}, account)
call('hdel', ${k.struck}, account)
changed()`,
)

/**
 * Restores the initial state of an account, or with null of everything, for all processes in one step. Where that is
 * too much for one script, calls during the reset see a part of it.
 */
export function redisReset(
  link: Link,
  { settings, journal, clock }: { settings: SharedSettings; journal: RedisJournal; clock: number | null },
) {
  /** Runs `drop` on the sorted set `index` until the rest fits into one script. */
  async function shrink(index: string, drop: Script, ...args: string[]) {
    let left = Number(await link.command('zcard', link.prefix + index))
    while (left > mostAtOnce) left = Number(await link.run(drop, ...args, mostAtOnce))
  }

  return async (accountId: string | null): Promise<void> => {
    // Requests that were answered before are forgotten too, so they must be written first.
    await journal.settled()
    const sent = accountId === null ? 'sent' : keyOf('sentOf', accountId)
    await shrink(sent, dropDeliveries, sent)
    if (accountId === null) {
      for (const index of ['accounts', 'otherAccounts']) await shrink(index, dropAccounts, index)
    } else await shrink(keyOf('allOf', accountId), dropOrders, accountId)
    if (accountId === null) await link.run(resetAll, JSON.stringify({ frozen: clock, ahead: 0 }))
    else await link.run(resetAccount, accountId, JSON.stringify(accountId))
    await settings.reload()
  }
}
