import type { Fault, FaultToAdd } from '../../../schemas/control/faults'
import type { Operation } from '../../../schemas/control/requests'
import { personaOf } from '../../accounts/personas'
import { errors } from '../../errors'
import { type ExportedFault, type Faults, isFor, mostFaults, showFault, type Strike, timesOf } from '../faults'
import type { Link } from './connection'
import { countOf } from './entries'
import { k } from './keys'
import { script } from './script'
import type { KeptFault, SharedSettings } from './shared-settings'

/**
 * ARGV: limit per account, limit in total, prefix of the texts of that account's faults; then for each fault its JSON
 * text up to the id, the calls that it matched, and the calls that it applied to. Returns the last id, or the limit
 * that was reached.
 */
const add = script(
  'sandboxAddFaults',
  `if call('hlen', ${k.faults}) >= tonumber(ARGV[2]) then return tonumber(ARGV[2]) end
local ofAccount = 0
for _, text in ipairs(call('hvals', ${k.faults})) do
  if string.sub(text, 1, #ARGV[3]) == ARGV[3] then ofAccount = ofAccount + 1 end
end
if ofAccount >= tonumber(ARGV[1]) then return tonumber(ARGV[1]) end
local id
for i = 4, #ARGV, 3 do
  local number = call('incr', ${k.faultsAdded})
  id = 'fault-' .. number
  call('hset', ${k.faults}, id, ARGV[i] .. ',"id":"' .. id .. '","turn":' .. number .. '}')
  call('hset', ${k.seen}, id, ARGV[i + 1])
  call('hset', ${k.struck}, id, ARGV[i + 2])
end
changed()
return id`,
)

const remove = script(
  'sandboxRemoveFault',
  `if call('hdel', ${k.faults}, ARGV[1]) == 0 then return 0 end
call('hdel', ${k.seen}, ARGV[1])
call('hdel', ${k.struck}, ARGV[1])
changed()
return 1`,
)

/** ARGV: the prefix of the texts to remove. */
const removeAll = script(
  'sandboxRemoveFaults',
  `local kept = call('hgetall', ${k.faults})
for i = 1, #kept, 2 do
  if string.sub(kept[i + 1], 1, #ARGV[1]) == ARGV[1] then
    for _, name in ipairs({'faults', 'seen', 'struck'}) do call('hdel', p .. name, kept[i]) end
  end
end
changed()`,
)

/** ARGV: version, then for each candidate: id, times, every, after, calls that count as already matched. */
const strike = script(
  'sandboxStrike',
  `if isStale(ARGV[1]) then return {'stale'} end
for i = 2, #ARGV, 5 do
  local id, times, every, after = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  local struck = tonumber(call('hget', ${k.struck}, id)) or 0
  if times < 0 or struck < times then
    call('hsetnx', ${k.seen}, id, ARGV[i + 4])
    local counted = call('hincrby', ${k.seen}, id, 1) - after
    if counted > 0 and counted % every == 0 then
      call('hincrby', ${k.struck}, id, 1)
      return {'struck', id}
    end
  end
end
return {'none'}`,
)

const counts = script('sandboxFaultCounts', `return {call('hgetall', ${k.seen}), call('hgetall', ${k.struck})}`)

/** The prefix of the texts of an account's faults; see `append`. */
const beginningOf = (accountId: string | null) => `{"accountId":${JSON.stringify(accountId)},`

interface Candidate extends KeptFault {
  readonly alreadySeen?: number | undefined
}

/** Faults in Redis, with one count for all processes. */
export function redisFaults(link: Link, settings: SharedSettings): Faults {
  /** The faults that may apply to the call, in order; that of a magic account is last. */
  function candidatesFor(
    faults: readonly KeptFault[],
    accountId: string,
    operation: Operation | undefined,
  ): Candidate[] {
    const persona = personaOf(accountId)
    const own: Candidate[] =
      persona?.fault === undefined
        ? []
        : [{ id: persona.id, accountId, fault: persona.fault, alreadySeen: persona.alreadySeen }]
    return [...faults.filter(isFor(accountId)), ...own].filter(
      ({ fault: { on = '*' } }) => on === '*' || on === operation,
    )
  }

  async function decide(accountId: string, operation: Operation | undefined): Promise<Strike | null> {
    for (;;) {
      const { version, faults } = settings.current()
      const candidates = candidatesFor(faults, accountId, operation)
      const args = candidates.flatMap(({ id, fault, alreadySeen = 0 }) => {
        const times = timesOf(fault)
        return [id, times === Infinity ? -1 : times, fault.every ?? 1, fault.after ?? 0, alreadySeen]
      })
      const [verdict, id] = (await link.run(strike, version, ...args)) as string[]
      if (verdict === 'none') return null
      const struck = candidates.find((candidate) => candidate.id === id)
      if (struck !== undefined) return { id: struck.id, fault: struck.fault }
      await settings.reload()
    }
  }

  async function listed(): Promise<(KeptFault & { seen: number; struck: number })[]> {
    const [{ faults }, counted] = await Promise.all([settings.reload(), link.run(counts)])
    const [seen, struck] = counted as [string[], string[]]
    const [seenBy, struckBy] = [toMap(seen), toMap(struck)]
    return faults.map((fault) => ({
      ...fault,
      seen: countOf(seenBy.get(fault.id)),
      struck: countOf(struckBy.get(fault.id)),
    }))
  }

  async function append(
    faults: readonly ExportedFault[],
    { ofAccount, inAll }: typeof mostFaults,
    accountId: string | null,
  ): Promise<string> {
    const id = await link.run(
      add,
      ofAccount,
      inAll,
      beginningOf(accountId),
      ...faults.flatMap(({ accountId, fault, seen, struck }) => [
        JSON.stringify({ accountId, fault }).slice(0, -1),
        seen,
        struck,
      ]),
    )
    if (typeof id === 'number') throw errors.tooManyFaults(id)
    await settings.reload()
    return String(id)
  }

  return {
    async add(accountId: string | null, fault: FaultToAdd): Promise<Fault> {
      const given = { accountId, fault, seen: 0, struck: 0 }
      return showFault({ ...given, id: await append([given], mostFaults, accountId), times: timesOf(fault) })
    },
    list: async (accountId) =>
      (await listed()).filter(isFor(accountId)).map((each) => showFault({ ...each, times: timesOf(each.fault) })),
    async remove(id) {
      const removed = await link.run(remove, id)
      await settings.reload()
      return removed === 1
    },
    async removeAll(accountId) {
      await link.run(removeAll, accountId === null ? '' : beginningOf(accountId))
      await settings.reload()
    },
    strike(accountId, operation) {
      const { faults } = settings.current()
      // Saves a round trip: if the faults have changed meanwhile, the store refuses the order.
      if (operation === 'orders.create' && candidatesFor(faults, accountId, operation).length === 0) return null
      return decide(accountId, operation)
    },
    async export(accountId) {
      return (await listed())
        .filter((each) => accountId === null || each.accountId === accountId)
        .map(({ accountId, fault, seen, struck }) => ({ accountId, fault, seen, struck }))
    },
    async import(faults) {
      if (faults.length > 0) await append(faults, noLimit, null)
    },
  }
}

/** The limits of a snapshot's faults were checked before. */
const noLimit = { ofAccount: Number.MAX_SAFE_INTEGER, inAll: Number.MAX_SAFE_INTEGER }

/** The fields of a hash, which Redis returns as a list. */
function toMap(list: readonly string[]): Map<string | undefined, string | undefined> {
  const map = new Map<string | undefined, string | undefined>()
  for (let i = 0; i < list.length; i += 2) map.set(list[i], list[i + 1])
  return map
}
