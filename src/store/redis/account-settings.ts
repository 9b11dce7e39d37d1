import { type Accounts, type AccountSettings, mostSeen, requireRoomFor } from '../account-settings'
import { type Happening, subjectOf } from '../records'
import type { Hub } from './changes'
import type { Link } from './connection'
import { deliveriesLua } from './deliveries-lua'
import { k } from './keys'
import type { Queued, ToSend } from './orders'
import { script } from './script'
import type { SharedSettings } from './shared-settings'

/**
 * ARGV: version of the settings, account, its settings, what the deliveries are about, then the deliveries. Returns the
 * outcome, and what was queued.
 */
const change = script(
  'sandboxChangeAccount',
  `${deliveriesLua}
if isStale(ARGV[1]) then return {'stale'} end
call('hset', ${k.accountSettings}, ARGV[2], ARGV[3])
local due = {}
if #ARGV > 4 then
  call('zadd', ${k.otherAccounts}, 'nx', call('incr', ${k.turns}), ARGV[2])
  send(due, ARGV[2], ARGV[4], 5)
end
changed()
return {'changed', due}`,
)

/** ARGV: account, and how many are remembered at most. */
const see = script(
  'sandboxSeeAccount',
  `if call('scard', ${k.seenAccounts}) < tonumber(ARGV[2]) then call('sadd', ${k.seenAccounts}, ARGV[1]) end`,
)

export interface RedisAccountsParts {
  settings: SharedSettings
  hub: Hub
  toSend: (news: Happening) => Iterable<ToSend>
  onQueued: (queued: Queued) => void
}

export interface RedisAccounts extends Accounts {
  /** To call when an account, or with null everything, was reset by this process. */
  forget(accountId: string | null): void
}

/** Settings of accounts in Redis. */
export function redisAccounts(link: Link, { settings, hub, toSend, onQueued }: RedisAccountsParts): RedisAccounts {
  /** Those that this process need not tell Redis again. */
  const seen = new Set<string>()
  const forget = (accountId: string | null) => {
    if (accountId === null) seen.clear()
    else seen.delete(accountId)
  }
  hub.on('reset', forget)
  const accounts: RedisAccounts = {
    forget,
    current: () => settings.current().accounts,
    async change(id, make) {
      for (;;) {
        const { version, accounts: all } = settings.current()
        requireRoomFor(id, all)
        const { settings: after, news } = make(all.get(id))
        const texts = news === null ? [] : [...toSend(news)].flatMap(({ lane, facts }) => [lane, facts])
        const subject = news === null ? '' : subjectOf(news)
        const answer = await link.run(change, version, id, JSON.stringify(after), subject, ...texts)
        const [became, queued] = answer as ['stale'] | ['changed', Queued]
        await settings.reload()
        if (became === 'stale') continue
        onQueued(queued)
        return after
      }
    },
    see(id) {
      if (seen.size >= mostSeen || seen.has(id)) return
      seen.add(id)
      // While Redis is away, the next call tells it.
      link.run(see, id, mostSeen).catch(() => seen.delete(id))
    },
    seen: async () => ((await link.command('smembers', link.key('seenAccounts'))) as string[]).sort(),
    export: async (accountId) =>
      [...(await settings.reload()).accounts.values()].filter(({ id }) => accountId === null || id === accountId),
    async import(all: readonly AccountSettings[]) {
      for (const each of all) await accounts.change(each.id, () => ({ settings: each, news: null }))
    },
  }
  return accounts
}
