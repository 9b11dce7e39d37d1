import { Redis } from 'ioredis'
import type { Test } from 'tap'
import { startRedisCluster } from '../../scripts/redis-cluster'
import { notInstalled, quickFolder, redisServer, startRedis } from '../../scripts/redis-server'

export type RedisForTest = Awaited<ReturnType<typeof startRedis>>

/** Why tests with a Redis are left out, in the words of the option `skip`; false when they are not. */
export const skip = redisServer === undefined && notInstalled

/** A Redis of its own, which can be stopped and started again, and is gone at the end of `t`. */
export async function redisFor(t: Test, options: Parameters<typeof startRedis>[0] = {}): Promise<RedisForTest> {
  const redis = await startRedis({ parentFolder: quickFolder(), ...options })
  t.teardown(() => redis.remove())
  return redis
}

/** What the Redis at `url` answers to `what`, over a connection of its own. */
export async function askRedis<T>(url: string, what: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  try {
    return await what(client)
  } finally {
    client.disconnect()
  }
}

/** A Redis cluster of its own, of three masters, which is gone at the end of `t`. */
export async function redisClusterFor(t: Test) {
  const cluster = await startRedisCluster({ parentFolder: quickFolder() })
  t.teardown(() => cluster.remove())
  return cluster
}
