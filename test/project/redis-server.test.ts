import { Redis } from 'ioredis'
import t from 'tap'
import { startRedis } from '../../scripts/redis-server'
import { redisClusterFor, redisFor, skip } from '../support/redis'

t.test('the test Redis keeps acknowledged writes across a stop and a kill', { skip }, async (t) => {
  const redis = await redisFor(t, { fsync: 'always', password: 'p@ss word' })
  for (const end of [redis.stop, redis.kill]) {
    await withClient(redis.url, (client) => client.incr('count'))
    await end()
    await redis.start()
  }
  t.equal(await withClient(redis.url, (client) => client.get('count')), '2')
  await t.rejects(withClient(`redis://127.0.0.1:${String(redis.port)}`, (client) => client.get('count')))
})

t.test('the test Redis can be paused and resumed', { skip }, async (t) => {
  const redis = await redisFor(t)
  redis.hang()
  let isAnswered = false
  const answer = withClient(redis.url, (client) => client.ping()).then(() => (isAnswered = true))
  const other = await redisFor(t)
  await withClient(other.url, (client) => client.ping())
  t.notOk(isAnswered, 'the paused Redis stays silent while another answers')
  redis.goOn()
  await answer
})

t.test('a test Redis that does not start says why', { skip }, async (t) => {
  await t.rejects(startRedis({ args: ['--nonsense'] }), /redis-server ended:[^]*nonsense/)
  await t.rejects(startRedis({ executable: '/nowhere/redis-server' }), /redis-server ended/)
})

t.test('the test cluster has three masters that cover all slots', { skip }, async (t) => {
  const { urls } = await redisClusterFor(t)
  t.equal(urls.length, 3)
  for (const url of urls) {
    const info = await withClient(url, (client) => client.call('CLUSTER', 'INFO'))
    t.match(info, /cluster_state:ok[^]*cluster_slots_ok:16384[^]*cluster_known_nodes:3/)
  }
})

async function withClient<T>(url: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { retryStrategy: () => null, maxRetriesPerRequest: 0 })
  client.on('error', () => undefined)
  try {
    return await use(client)
  } finally {
    client.disconnect()
  }
}
