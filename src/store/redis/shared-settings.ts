import { EventEmitter } from 'node:events'
import type { FaultToAdd } from '../../../schemas/control/faults'
import type { Standing } from '../../clock'
import { seededIds } from '../../ids'
import { version as ownVersion } from '../../version'
import { wholeWebhook } from '../older'
import type { AccountSettings } from '../account-settings'
import type { Webhook } from '../records'
import type { Hub } from './changes'
import type { Link } from './connection'
import { readAccount, readClock, readFault, readSince, readWebhook } from './entries'
import { k } from './keys'
import { script } from './script'

/** A fault as Redis keeps it, without its counts. */
export interface KeptFault {
  readonly id: string
  readonly accountId: string | null
  readonly fault: FaultToAdd
}

/** Faults, webhooks and the clock at one moment. */
export interface Settings {
  /** Scripts that rely on these settings get it, and refuse once the settings have changed. */
  readonly version: string
  readonly clock: Standing
  /** In the order in which they were added, like the webhooks. */
  readonly faults: readonly KeptFault[]
  readonly webhooks: readonly Webhook[]
  /** By id. */
  readonly accounts: ReadonlyMap<string, AccountSettings>
  /** The instant that invented data leads up to, in milliseconds since 1970. */
  readonly since: number
}

/**
 * This process's copy of the settings that decide about every call: reading it needs no round trip. Another process may
 * just have changed them, so whatever relies on the copy carries its version.
 */
export interface SharedSettings {
  current(): Settings
  /** Reads them from Redis again. */
  reload(): Promise<Settings>
  /** Calls `listener` with the settings, now and after each change. */
  onChange(listener: (settings: Settings) => void): void
}

const begin = `
local function begin()
  -- Above every earlier version, in case all was lost.
  local time = call('time')
  call('set', ${k.version}, string.format('%d%06d', time[1], time[2]))
  call('set', ${k.clock}, ARGV[1], 'nx')
  call('set', ${k.since}, ARGV[4], 'nx')
  call('set', ${k.dataVersion}, ARGV[3])
end
local function dataVersion()
  return tonumber(call('get', ${k.dataVersion}) or 0)
end
local function putInitial()
  for _, id in ipairs(call('hkeys', ${k.initial})) do call('hdel', ${k.webhooks}, id) end
  call('del', ${k.initial})
  for i = 5, #ARGV, 2 do
    call('hset', ${k.initial}, ARGV[i], ARGV[i + 1])
    call('hset', ${k.webhooks}, ARGV[i], ARGV[i + 1])
  end
  call('set', ${k.setup}, ARGV[2])
end
`

/**
 * ARGV: the configured clock, the configured webhooks as one text to detect changes, the version of the data, the instant
 * that invented data leads up to, then each webhook's id and text. Returns the version of the data that Redis has; data of
 * a newer version is not touched.
 */
const beginScript = script(
  'sandboxBegin',
  `${begin}
if dataVersion() > tonumber(ARGV[3]) then return dataVersion() end
if call('exists', ${k.version}) == 0 then begin() end
if dataVersion() < tonumber(ARGV[3]) then
  call('set', ${k.dataVersion}, ARGV[3])
  changed()
end
if call('get', ${k.setup}) ~= ARGV[2] then
  putInitial()
  changed()
end
return dataVersion()`,
)

const readScript = script(
  'sandboxRead',
  `${begin}
if call('exists', ${k.version}) == 0 then
  begin()
  putInitial()
end
-- Data of an earlier version has none.
call('set', ${k.since}, ARGV[4], 'nx')
if call('exists', ${k.clock}) == 0 then
  call('set', ${k.clock}, ARGV[1])
  changed()
end
return {
  call('get', ${k.version}),
  call('get', ${k.clock}),
  call('hgetall', ${k.faults}),
  call('hgetall', ${k.webhooks}),
  dataVersion(),
  call('hgetall', ${k.accountSettings}),
  call('get', ${k.since}),
}`,
)

/**
 * Raised when an older sandbox could not read what this one writes, or would damage it. Data without a version was
 * written before there were versions, and is read.
 */
export const dataVersion = 2

/** ARGV: the clock as it is, and its replacement. */
const replaceClock = script(
  'sandboxReplaceClock',
  `if call('get', ${k.clock}) ~= ARGV[1] then return end
call('set', ${k.clock}, ARGV[2])
changed()`,
)

export interface InitialSettings {
  /** Milliseconds since 1970 at which the clock is frozen; null: it runs. */
  clock: number | null
  webhooks: readonly Pick<Webhook, 'url' | 'secret'>[]
  /** The instant that invented data leads up to, unless there is one already. */
  since: number
  nameOf: (name: 'storePrefix') => string
}

type Answer = [string, string, string[], string[], number, string[], string]

/** The settings that all processes with the same store share. The first process sets them to `initial`. */
export async function sharedSettings(link: Link, hub: Hub, initial: InitialSettings): Promise<SharedSettings> {
  const told = new EventEmitter().setMaxListeners(0)
  const standing: Standing = { frozen: initial.clock, ahead: 0 }
  const webhooks = initial.webhooks.flatMap(({ url, secret }, turn) => {
    // The same id in every process and after each start.
    const id = seededIds(`${String(turn)} ${url}`).uuid()
    return [
      id,
      JSON.stringify({
        ...wholeWebhook({ disabled: null, id, accountId: null, url, secret }),
        turn: turn - initial.webhooks.length,
      }),
    ]
  })
  const setUp = [JSON.stringify(standing), JSON.stringify(webhooks), dataVersion, initial.since, ...webhooks]

  /** The readable values of a hash, in the order of their turns, without these. */
  function inOrder<T>(
    hash: readonly string[],
    readOne: (text: string) => (T & { turn: number }) | null,
    key: string,
  ): T[] {
    const found: (T & { turn: number })[] = []
    for (let i = 0; i < hash.length; i += 2) {
      const one = readOne(String(hash[i + 1]))
      if (one === null) link.unreadable(`${key} ${String(hash[i])}`)
      else found.push(one)
    }
    return found.sort((a, b) => a.turn - b.turn).map(({ turn, ...rest }) => rest as unknown as T)
  }

  function byId(hash: readonly string[]): ReadonlyMap<string, AccountSettings> {
    const found = new Map<string, AccountSettings>()
    for (let i = 0; i < hash.length; i += 2) {
      const one = readAccount(String(hash[i + 1]))
      if (one === null) link.unreadable(`accountSettings ${String(hash[i])}`)
      else found.set(one.id, one)
    }
    return found
  }

  /** The clock in `text`, or the initial one if it cannot be read. */
  function usableClock(text: string): Standing {
    const found = readClock(text)
    if (found === null) link.unreadable('clock')
    return found ?? standing
  }

  async function read(): Promise<Settings> {
    const answer = (await link.run(readScript, ...setUp)) as Answer
    const [version, clock, faults, hooks, kept, accounts, since] = answer
    // A newer version that starts beside this one announces itself by a change.
    if (kept > dataVersion) link.giveUp(newer(kept))
    const usable = usableClock(clock)
    const canonical = JSON.stringify(usable)
    if (canonical !== clock) {
      // Whoever changes the clock compares texts, and another program may have written it differently.
      await link.run(replaceClock, clock, canonical)
      return read()
    }
    return {
      version,
      clock: usable,
      faults: inOrder(faults, readFault as (text: string) => (KeptFault & { turn: number }) | null, 'faults'),
      webhooks: inOrder(hooks, readWebhook, 'webhooks'),
      accounts: byId(accounts),
      since: readSince(since) ?? initial.since,
    }
  }

  const newer = (kept: number) =>
    `its data was written by a newer version of the sandbox (${String(kept)}; this one, ${ownVersion}, knows ${String(dataVersion)}): ` +
    `update this one, or choose another prefix with ${initial.nameOf('storePrefix')}`

  const kept = (await link.run(beginScript, ...setUp)) as number
  if (kept > dataVersion) throw new Error(`Redis at ${link.at} cannot be used: ${newer(kept)}.`)
  let settings = await read()

  async function reload() {
    const found = await read()
    // Any other version, not only a later one: a Redis that takes over may lag behind. Answers arrive in the order of
    // the questions.
    if (found.version !== settings.version) {
      settings = found
      told.emit('change', settings)
    }
    return settings
  }

  const reloadQuietly = () => {
    // While Redis is away, whatever needs them reports it; they are read once it is back.
    reload().catch(() => undefined)
  }
  hub.listen('version', (version) => {
    if (version !== settings.version) reloadQuietly()
  })
  hub.on('gap', reloadQuietly)

  return {
    current: () => settings,
    reload,
    onChange(listener) {
      listener(settings)
      told.on('change', listener)
    },
  }
}
