import { createHash } from 'node:crypto'
import { minute, type RateLimits } from '../rate-limits'
import type { Link } from './connection'
import { k } from './keys'
import { script } from './script'

/** ARGV: the key's hash, now, a minute. Returns the calls so far and when the minute ends. */
const count = script(
  'sandboxCountCall',
  `local key, now, minute = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local endsAt = tonumber(call('hget', ${k.rates}, key .. ' end')) or 0
if now >= endsAt or now < endsAt - minute then
  endsAt = now + minute
  call('hset', ${k.rates}, key .. ' end', endsAt)
  call('hset', ${k.rates}, key .. ' calls', 0)
end
return {call('hincrby', ${k.rates}, key .. ' calls', 1), endsAt}`,
)

/** Counts in Redis, across all processes. */
export function redisRateLimits(link: Link): RateLimits {
  return {
    async count(key, now) {
      // Only a hash: API keys must not be readable in Redis.
      const hash = createHash('sha256').update(key).digest('base64url')
      const [current, endsAt] = (await link.run(count, hash, now, minute)) as [number, number]
      return { current, ttl: endsAt - now }
    },
  }
}
