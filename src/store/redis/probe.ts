import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { inTime, passRealTime, realNow } from '../../real-time'

/** Milliseconds of real time: to wait for Redis at the start, and between two tries. */
export const patienceAtStart = 10_000
const betweenTries = 500

/**
 * Whether the Redis at `url` is a node of a cluster. Tries until it answers, and warns if it may evict orders. Throws an
 * Error that says what to do when `patienceAtStart` is over, and immediately when what answers can never be used.
 */
export async function probe(
  url: string,
  { at, name, patience, logger }: { at: string; name: string; patience: number; logger: Logger },
): Promise<boolean> {
  const end = realNow() + patienceAtStart
  let isWaiting = false
  for (;;) {
    const once = new Redis(url, { lazyConnect: true, connectTimeout: 2_000, retryStrategy: () => null })
    let why = ''
    once.on('error', ({ message }: Error) => (why = message))
    try {
      const asked = once.connect().then(() => once.info())
      const info = await inTime(asked, patience, () => new Error('no answer'))
      const policy = /^maxmemory_policy:(?!noeviction)(\S+)/m.exec(info)?.[1]
      if (policy !== undefined) {
        logger.warn(
          { at, policy },
          'Redis may evict orders when its memory is full: set maxmemory-policy to noeviction',
        )
      }
      if (isWaiting) logger.info({ at }, 'Redis answers')
      return info.includes('cluster_enabled:1')
    } catch (error) {
      why ||= (error as Error).message
    } finally {
      once.disconnect()
    }
    why = why.replace(/\.+$/, '')
    if (why.startsWith('NOAUTH')) {
      throw new Error(`Redis at ${at} needs a password (NOAUTH): put it into ${name}, as in redis://:PASSWORD@${at}.`)
    }
    if (/^(WRONGPASS|NOPERM|ERR AUTH)/.test(why)) {
      throw new Error(`Redis at ${at} refuses the sandbox: ${why}. Fix the user or the password in ${name}.`)
    }
    if (why.includes('RESP')) throw new Error(`What answers at ${at} is not Redis: start one there, or change ${name}.`)
    if (realNow() >= end) {
      throw new Error(`Redis at ${at} cannot be reached: ${why}. Start it, or change ${name}.`)
    }
    if (!isWaiting) logger.warn({ at, error: why }, 'waiting for Redis for up to ten seconds')
    isWaiting = true
    await passRealTime(betweenTries)
  }
}
