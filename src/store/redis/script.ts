import { k } from './keys'

/** A Lua script, which Redis runs atomically. */
export interface Script {
  readonly name: string
  readonly lua: string
}

/**
 * What every script can use. All keys begin with `p`, whose braces keep them in one slot of a cluster, so that a script
 * may touch any of them. KEYS holds one that always exists and one that never does: a node that is just migrating the
 * slot then refuses the script (TRYAGAIN) instead of running it on half of the keys. Call `changed` after a change of
 * faults, webhooks or the clock.
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

/** A script that the server knows as `name`, which must be unique. */
export const script = (name: string, lua: string): Script => ({ name, lua: prelude + lua })

/** Which end of a list is first. */
export type Direction = 'newest' | 'oldest'

/**
 * Shared by scripts that page through a sorted set: `pageOf` returns members and scores of at most `ARGV[3]` entries
 * from the score `ARGV[2]` on, in the direction `ARGV[4]`.
 */
export const pageLua = `
local function pageOf(key)
  if ARGV[4] == 'oldest' then
    return call('zrangebyscore', key, ARGV[2], '+inf', 'withscores', 'limit', 0, ARGV[3])
  end
  return call('zrevrangebyscore', key, ARGV[2], '-inf', 'withscores', 'limit', 0, ARGV[3])
end
-- Bytes after which a page ends: Redis does nothing else meanwhile, and the answer must arrive in time.
local mostBytes = ${String(4 * 1024 * 1024)}
`

/** The score that a list starts at. */
export const startOf = (direction: Direction): string => (direction === 'newest' ? '+inf' : '-inf')
