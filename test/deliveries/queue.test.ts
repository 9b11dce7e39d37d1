import type { Redis } from 'ioredis'
import t from 'tap'
import { deliveryQueue } from '../../src/deliveries/redis/queue'
import { type Link, openLink } from '../../src/store/redis/connection'
import { createLogger } from '../../src/telemetry/logger'
import { logStream } from '../support/log-stream'
import { askRedis, redisFor, skip } from '../support/redis'
import { until } from '../support/until'

t.test('when a worker of the queue hangs, another takes over, and the log says so', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { out, text } = logStream(t)
  const logger = createLogger('warn', out)
  const link = await openLink({ url: redis.url, prefix: '{sandbox}:', name: 'store' }, logger)
  t.teardown(() => {
    link.close()
  })

  // The first worker's connection neither answers nor ends, like one to a hung node of a cluster.
  let isWaiting = false
  let isFirst = true
  const stopping: Link['connect'] = (options) => {
    const connection = link.connect(options) as Redis
    if (!isFirst || options?.socketTimeout === undefined) return connection
    isFirst = false
    const duplicate = connection.duplicate.bind(connection)
    connection.duplicate = (override) => {
      const blocking = duplicate(override)
      const disconnect = blocking.disconnect.bind(blocking)
      t.teardown(disconnect)
      const never = () => {
        isWaiting = true
        return new Promise<never>(() => undefined)
      }
      return Object.assign(blocking, { bzpopmin: never, disconnect: () => undefined })
    }
    return connection
  }

  const queue = deliveryQueue({ ...link, connect: stopping }, logger, 100)
  t.teardown(() => queue.close(0, () => undefined))
  const done: string[] = []
  queue.start(async (item, round) => {
    done.push(`${item} ${round}`)
  })
  await until(async () => isWaiting)
  await queue.add(['d order.1', 7])
  await until(async () => done.length > 0)
  t.strictSame(done, ['d order.1 7'])
  t.match(text(), 'replacing a delivery worker that had stopped')
})

t.test('a queue closes in time while Redis hangs, even during a check for hung workers', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { out } = logStream(t)
  const logger = createLogger('warn', out)
  const link = await openLink({ url: redis.url, prefix: '{sandbox}:', name: 'store' }, logger)
  const queue = deliveryQueue(link, logger, 1)
  queue.start(async () => undefined)
  redis.hang()
  t.teardown(() => {
    redis.goOn()
  })
  // Takes long enough for a check to have begun.
  await redisFor(t)
  await queue.close(0, () => undefined)
  link.close()
})

t.test('a queue that has closed opens no connection again, even if its worker was recovering', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { out } = logStream(t)
  const logger = createLogger('warn', out)
  const link = await openLink({ url: redis.url, prefix: '{sandbox}:', name: 'store' }, logger)
  t.teardown(() => {
    link.close()
  })
  const connections: Redis[] = []
  const watched: Link['connect'] = (options) => {
    const connection = link.connect(options) as Redis
    const duplicate = connection.duplicate.bind(connection)
    connection.duplicate = (override) => {
      const copy = duplicate(override)
      connections.push(copy)
      return copy
    }
    return connection
  }
  const queue = deliveryQueue({ ...link, connect: watched }, logger)
  queue.start(async () => undefined)
  await until(async () => connections.length > 0 && connections.every(({ status }) => status === 'ready'))
  await queue.close(0, () => undefined)
  // As BullMQ does once it has reset a connection: it may notice the end of its worker too late.
  for (const connection of connections) await t.rejects(connection.connect(), { message: 'Connection is closed.' })
  const clients = await askRedis(redis.url, (client) => client.client('LIST'))
  t.notMatch(clients, 'cmd=bzpopmin')
})
