import { EventEmitter } from 'node:events'
import type { FaultToAdd } from '../../../schemas/control/faults'
import type { Standing } from '../../clock'
import { seededIds } from '../../ids'
import { version as ownVersion } from '../../version'
import type { Webhook } from '../records'
import type { Hub } from './changes'
import type { Link } from './connection'
import { readClock, readFault, readWebhook } from './entries'
import { k } from './keys'
import { script } from './script'

/** A fault as Redis keeps it, but for what it has counted. */
export interface KeptFault {
  readonly id: string
  readonly accountId: string | null
  readonly fault: FaultToAdd
}

/** Faults, webhooks and the clock as they were at one moment. */
export interface Settings {
  /** What scripts that build on them are given, so that they refuse when they have changed. */
  readonly version: string
  readonly clock: Standing
  /** In the order in which they were added, as are the webhooks. */
  readonly faults: readonly KeptFault[]
  readonly webhooks: readonly Webhook[]
}

/**
 * What decides about every call, as this process knows it: read without asking Redis. Another process may have changed
 * it a moment ago, so what is built on it carries its version.
 */
export interface SharedSettings {
  current(): Settings
  /** Reads them anew. */
  reload(): Promise<Settings>
  /** Calls `listener` with the settings that were read, now and after each change. */
  onChange(listener: (settings: Settings) => void): void
}

const begin = `
local function begin()
  -- Above every version before, should all have been lost.
  local time = call('time')
  call('set', ${k.version}, string.format('%d%06d', time[1], time[2]))
  call('set', ${k.clock}, ARGV[1], 'nx')
  call('set', ${k.dataVersion}, ARGV[3])
end
local function dataVersion()
  return tonumber(call('get', ${k.dataVersion}) or 0)
end
local function putInitial()
  for _, id in ipairs(call('hkeys', ${k.initial})) do call('hdel', ${k.webhooks}, id) end
  call('del', ${k.initial})
  for i = 4, #ARGV, 2 do
    call('hset', ${k.initial}, ARGV[i], ARGV[i + 1])
    call('hset', ${k.webhooks}, ARGV[i], ARGV[i + 1])
  end
  call('set', ${k.setup}, ARGV[2])
end
`

/**
 * ARGV: the clock and the webhooks of the set-up, the webhooks again as one text, to detect changes, and
 * between them the version of the data. Answers the version that is kept; of a newer one nothing is touched.
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
if call('exists', ${k.clock}) == 0 then call('set', ${k.clock}, ARGV[1]) end
return {
  call('get', ${k.version}),
  call('get', ${k.clock}),
  call('hgetall', ${k.faults}),
  call('hgetall', ${k.webhooks}),
  dataVersion(),
}`,
)

/**
 * Raised when a sandbox of before could not read what this one keeps, or would spoil it. Data without a version is of
 * before there was one, and is read.
 */
export const dataVersion = 1

/** ARGV: the clock that nobody can read, and the one that takes its place. */
const replaceClock = script(
  'sandboxReplaceClock',
  `if call('get', ${k.clock}) ~= ARGV[1] then return end
call('set', ${k.clock}, ARGV[2])
changed()`,
)

export interface InitialSettings {
  /** Milliseconds since 1970 that the clock stands at; null: it runs. */
  clock: number | null
  webhooks: readonly Pick<Webhook, 'url' | 'secret'>[]
  nameOf: (name: 'storePrefix') => string
}

/** The settings that all processes with the same store share, begun with `initial` by the first. */
export async function sharedSettings(link: Link, hub: Hub, initial: InitialSettings): Promise<SharedSettings> {
  const told = new EventEmitter().setMaxListeners(0)
  const standing: Standing = { frozen: initial.clock, ahead: 0 }
  const webhooks = initial.webhooks.flatMap(({ url, secret }, turn) => {
    // The same in each process and after each start.
    const id = seededIds(`${String(turn)} ${url}`).uuid()
    return [
      id,
      JSON.stringify({ id, accountId: null, url, secret, disabled: null, turn: turn - initial.webhooks.length }),
    ]
  })
  const setUp = [JSON.stringify(standing), JSON.stringify(webhooks), dataVersion, ...webhooks]

  /** The things that a hash of identifiers and texts holds, in the order of their turns, without these. */
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

  /** Puts the clock back to how it was at the start, since nobody can tell how it stands. */
  async function restartedClock(text: string): Promise<Standing> {
    link.unreadable('clock')
    await link.run(replaceClock, text, JSON.stringify(standing))
    return standing
  }

  async function read(): Promise<Settings> {
    const answer = (await link.run(readScript, ...setUp)) as [string, string, string[], string[], number]
    const [version, clock, faults, hooks, kept] = answer
    // One that starts beside this one tells of it by a change.
    if (kept > dataVersion) link.giveUp(newer(kept))
    return {
      version,
      clock: readClock(clock) ?? (await restartedClock(clock)),
      faults: inOrder(faults, readFault as (text: string) => (KeptFault & { turn: number }) | null, 'faults'),
      webhooks: inOrder(hooks, readWebhook, 'webhooks'),
    }
  }

  const newer = (kept: number) =>
    `its data is of a newer version of the sandbox (${String(kept)}; this one, ${ownVersion}, knows ${String(dataVersion)}): ` +
    `update this one, or give it another prefix with ${initial.nameOf('storePrefix')}`

  const kept = (await link.run(beginScript, ...setUp)) as number
  if (kept > dataVersion) throw new Error(`Redis at ${link.at} cannot be used: ${newer(kept)}.`)
  let settings = await read()

  async function reload() {
    const found = await read()
    // Another one, not a later one: a Redis that takes over may be behind. Answers come in the order of the questions.
    if (found.version !== settings.version) {
      settings = found
      told.emit('change', settings)
    }
    return settings
  }

  const reloadQuietly = () => {
    // When Redis is away, whatever needs them says so; they are read once it is back.
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
