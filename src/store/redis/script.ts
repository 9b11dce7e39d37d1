import { k } from './keys'

/** A Lua script: what it does is done in one step, whoever else is there. */
export interface Script {
  readonly name: string
  readonly lua: string
}

/**
 * What every script can use. All keys begin with `p`, and stand in one slot of a cluster because of its braces, so that
 * a script may touch any of them. KEYS has one that is always there and one that never is: a node from which or to which
 * the slot is just being moved refuses the script then (TRYAGAIN), and does not run it on half of the keys. `changed` is called when faults, webhooks or the clock are.
 */
const prelude = `
local p = KEYS[1]
local call = redis.call
local function realTime()
  local time = call('time')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function changed()
  local version = call('incr', ${k.version})
  call('publish', ${k.version}, version)
  return version
end
local function isStale(version)
  return call('get', ${k.version}) ~= version
end
`

/** A script that the server knows as `name`, which every script has for itself. */
export const script = (name: string, lua: string): Script => ({ name, lua: prelude + lua })

/** Which of a list comes first. */
export type Direction = 'newest' | 'oldest'

/**
 * What scripts that read a part of a sorted set share: `pageOf` answers members and scores of at most `ARGV[3]` behind
 * the score `ARGV[2]`, where `ARGV[4]` says in which direction.
 */
export const pageLua = `
local function pageOf(key)
  if ARGV[4] == 'oldest' then
    return call('zrangebyscore', key, ARGV[2], '+inf', 'withscores', 'limit', 0, ARGV[3])
  end
  return call('zrevrangebyscore', key, ARGV[2], '-inf', 'withscores', 'limit', 0, ARGV[3])
end
-- Bytes after which a part ends: Redis does nothing else meanwhile, and it has to come in time.
local mostBytes = ${String(4 * 1024 * 1024)}
`

/** Where a list begins. */
export const startOf = (direction: Direction): string => (direction === 'newest' ? '+inf' : '-inf')
