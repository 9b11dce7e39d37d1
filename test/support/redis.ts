import { Redis } from 'ioredis'
import type { Test } from 'tap'
import { startRedisCluster } from '../../scripts/redis-cluster'
import { notInstalled, quickFolder, redisServer, startRedis } from '../../scripts/redis-server'

export type RedisForTest = Awaited<ReturnType<typeof startRedis>>

/** For tap's option `skip`: why tests with Redis are skipped, or false. */
export const skip = redisServer === undefined && notInstalled

/** A separate Redis that can be stopped and restarted, and is removed at the end of `t`. */
export async function redisFor(t: Test, options: Parameters<typeof startRedis>[0] = {}): Promise<RedisForTest> {
  const redis = await startRedis({ parentFolder: quickFolder(), ...options })
  t.teardown(() => redis.remove())
  return redis
}

/** Runs `what` on a separate connection to the Redis at `url`. */
export async function askRedis<T>(url: string, what: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  try {
    return await what(client)
  } finally {
    client.disconnect()
  }
}

/** A separate Redis cluster of three masters, which is removed at the end of `t`. */
export async function redisClusterFor(t: Test) {
  const cluster = await startRedisCluster({ parentFolder: quickFolder() })
  t.teardown(() => cluster.remove())
  return cluster
}
