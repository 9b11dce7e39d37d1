import { type RecordKind, recordKinds } from '../../../schemas/kept'
import { errors } from '../../errors'
import { type AccountRecords, type KeptRecord, mostRecords, sizeOfRecord } from '../account-records'
import { type Happening, subjectOf } from '../records'
import type { Link } from './connection'
import { deliveriesLua } from './deliveries-lua'
import { k, keyOf } from './keys'
import type { Queued, ToSend } from './orders'
import { script } from './script'
import type { SharedSettings } from './shared-settings'

/** How a deleted record is kept. */
const deleted = '-'

/**
 * ARGV: version of the settings, hash of the records, account, id, the value before ('' for none) and after, growth in
 * characters, most records, most characters, what the deliveries are about, then the deliveries. Returns the outcome, and
 * the value that is kept or what was queued.
 */
const change = script(
  'sandboxChangeRecord',
  `${deliveriesLua}
local hash, account, id, growth = p .. ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[7])
local kept = call('hget', hash, id)
local turn, value = string.match(kept or '', '^(%d+) (.*)$')
if (value or '') ~= ARGV[5] or isStale(ARGV[1]) then return {'changed', value or ''} end
local isFull = not turn and call('hlen', hash) >= tonumber(ARGV[8])
local total = tonumber(call('get', ${k.recordBytes}) or 0)
if isFull or growth > 0 and total + growth > tonumber(ARGV[9]) then return {'full'} end
call('incrby', ${k.recordBytes}, growth)
call('hincrby', ${k.recordBytesOf}, account, growth)
call('zadd', ${k.otherAccounts}, 'nx', call('incr', ${k.turns}), account)
call('hset', hash, id, (turn or call('incr', ${k.turns})) .. ' ' .. ARGV[6])
local due = {}
send(due, account, ARGV[10], 11)
return {'kept', due}`,
)

export interface RedisRecordsParts {
  settings: SharedSettings
  /** The deliveries that announce something. */
  toSend: (news: Happening) => Iterable<ToSend>
  /** Called with the items that were queued. */
  onQueued: (queued: Queued) => void
}

/** Records in Redis. */
export function redisRecords(link: Link, { settings, toSend, onQueued }: RedisRecordsParts): AccountRecords {
  /** By their turns; a value that the sandbox did not write is left out. */
  function inOrder(accountId: string, kind: RecordKind, hash: Readonly<Record<string, string>>): KeptRecord[] {
    const found: { turn: number; record: KeptRecord }[] = []
    for (const [id, kept] of Object.entries(hash)) {
      const [, turn, text] = /^(\d+) (.*)$/s.exec(kept) ?? []
      if (text === undefined) link.unreadable(`${keyOf(kind, accountId)} ${id}`)
      else found.push({ turn: Number(turn), record: { accountId, kind, id, value: text === deleted ? null : text } })
    }
    return found.sort((a, b) => a.turn - b.turn).map(({ record }) => record)
  }

  const list = async (accountId: string, kind: RecordKind) =>
    inOrder(
      accountId,
      kind,
      (await link.command('hgetall', link.prefix + keyOf(kind, accountId))) as Record<string, string>,
    )

  const records: AccountRecords = {
    list,
    async find({ accountId, kind, id }) {
      const text = (await link.command('hget', link.prefix + keyOf(kind, accountId), id)) as string | null
      return text === null ? null : (inOrder(accountId, kind, { [id]: text })[0] ?? null)
    },
    async change(key, make) {
      let before: string | null | undefined = (await records.find(key))?.value
      for (;;) {
        const { value, news } = make(before)
        const sizeBefore = before === undefined ? 0 : sizeOfRecord({ ...key, value: before })
        const growth = sizeOfRecord({ ...key, value }) - sizeBefore
        const texts = news === null ? [] : [...toSend(news)].flatMap(({ lane, facts }) => [lane, facts])
        const { ofKind, characters } = mostRecords
        const answer = (await link.run(
          change,
          settings.current().version,
          keyOf(key.kind, key.accountId),
          key.accountId,
          key.id,
          before === undefined ? '' : (before ?? deleted),
          value ?? deleted,
          growth,
          ofKind,
          characters,
          news === null ? '' : subjectOf(news),
          ...texts,
        )) as ['full'] | ['changed', string] | ['kept', Queued]
        switch (answer[0]) {
          case 'full':
            throw errors.tooManyRecords()
          case 'kept':
            onQueued(answer[1])
            return value
          default:
            before = answer[1] === '' ? undefined : answer[1] === deleted ? null : answer[1]
            await settings.reload()
        }
      }
    },
    async *export(accountId) {
      const accounts =
        accountId === null
          ? ((await link.command('zrange', link.key('otherAccounts'), 0, -1)) as string[])
          : [accountId]
      for (const each of accounts) for (const kind of recordKinds) yield* await list(each, kind)
    },
    async import(all) {
      for (const { value, ...key } of all) await records.change(key, () => ({ value, news: null }))
    },
  }
  return records
}
