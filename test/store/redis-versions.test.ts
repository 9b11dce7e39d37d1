import type { Redis } from 'ioredis'
import t from 'tap'
import { startSandbox } from '../../src/index'
import { dataVersion } from '../../src/store/redis/shared-settings'
import { version } from '../../src/version'
import { receiverFor } from '../support/receiver'
import { askRedis, redisFor, skip } from '../support/redis'
import { call, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

const key = '{sandbox}:dataVersion'

t.test('a sandbox marks its Redis data with a version, and reads data without one', { skip }, async (t) => {
  const redis = await redisFor(t)
  const first = await startSandbox({ store: redis.url })
  await postOrder(first.url, { id: 'order-1' })
  await first.close()
  t.equal(await askRedis(redis.url, (client) => client.get(key)), String(dataVersion))

  // As left by a release that did not mark its data.
  await askRedis(redis.url, (client) => client.del(key))
  const sandbox = await sandboxFor(t, { store: redis.url })
  t.equal((await call(sandbox.url, 'GET', '/orders/order-1')).status, 200)
  t.equal(await askRedis(redis.url, (client) => client.get(key)), String(dataVersion), 'the data is now marked')
  await sandbox.reset()
  t.equal(await askRedis(redis.url, (client) => client.get(key)), String(dataVersion), 'a reset keeps the mark')
})

t.test('Redis data from a newer version is refused with advice and left untouched', { skip }, async (t) => {
  const redis = await redisFor(t)
  await askRedis(redis.url, (client) => client.set(key, '99'))
  await t.rejects(startSandbox({ store: redis.url, webhooks: ['http://127.0.0.1:9/hook'] }), {
    message: new RegExp(
      `^Redis at 127\\.0\\.0\\.1:\\d+ cannot be used: its data was written by a newer version of the sandbox \\(99; this one, ${version}, knows ${String(dataVersion)}\\): update this one, or choose another prefix with storePrefix\\.$`,
    ),
  })
  t.strictSame(await askRedis(redis.url, (client) => client.keys('*')), [key])
  const other = await sandboxFor(t, { store: redis.url, storePrefix: 'other' })
  t.equal((await postOrder(other.url, {})).status, 200, 'another prefix is another sandbox')
})

t.test('a sandbox stops storing once a newer version has taken over its data', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { url, faults } = await sandboxFor(t, { store: redis.url })
  t.equal((await postOrder(url, {})).status, 200)
  // What a newer version does when it starts.
  await askRedis(redis.url, async (client) => {
    await client.set(key, '99')
    await client.publish('{sandbox}:version', String(await client.incr('{sandbox}:version')))
  })
  await until(async () => (await postOrder(url, {})).status === 502)
  t.match((await postOrder(url, {})).body, { message: /its data was written by a newer version .* update this one/ })
  await t.rejects(faults.list(), { message: /newer version/ })
  const ready = await fetch(`${url}/_sandbox/health/ready`)
  t.equal(ready.status, 503)
  t.match(await ready.json(), { reason: /newer version/ })
})

/** As version 1 of the data wrote it: without kinds of orders, events and styles of webhooks, and payloads. */
async function asVersion1(client: Redis): Promise<void> {
  const rewrite = async (name: string, drop: (value: Kept) => object) => {
    for (const [field, text] of Object.entries(await client.hgetall(`{sandbox}:${name}`)))
      await client.hset(`{sandbox}:${name}`, field, JSON.stringify(drop(JSON.parse(text) as Kept)))
  }
  await rewrite('orders', ({ kind, ...order }) => order)
  await rewrite('webhooks', ({ events, style, ...webhook }) => webhook)
  await rewrite('facts', ({ payload, receiver: { style, ...receiver }, ...facts }) => ({ ...facts, receiver }))
  for (const name of ['exchanges', 'exchangeAges', 'exchangeBytes', 'since']) await client.del(`{sandbox}:${name}`)
  await client.set(key, '1')
}

type Kept = Record<string, unknown> & { receiver: object & { style?: string } }

t.test('Redis data of version 1 is read, and its deliveries continue', { skip }, async (t) => {
  const redis = await redisFor(t)
  let status = 503
  const receiver = await receiverFor(t, (response) => response.writeHead(status).end())
  const options = { store: redis.url, clock: '2026-01-31T12:00:00.000Z' }
  const first = await startSandbox(options)
  const { id } = await first.webhooks.add({ url: receiver.url, secret: 'whsec_1' })
  await postOrder(first.url, { id: 'order-1' })
  await first.clock.advance(0)
  await first.close()
  await askRedis(redis.url, asVersion1)

  const next = await sandboxFor(t, options)
  t.match(await next.orders.list(), [{ id: 'order-1', kind: 'assessment' }])
  t.match(await next.webhooks.list(), [{ id, events: { length: 3 }, style: 'native' }])
  const { deliveries } = await next.deliveries.list()
  t.match(deliveries, [{ status: 'pending', orderId: 'order-1', reason: null, attempts: [{ status: 503 }] }])
  const details = async () => (await next.deliveries.get(String(deliveries[0]?.id))).attempts
  t.match(await details(), [{ request: null, response: null }])
  status = 200
  await next.clock.advance(20_000)
  t.match(await receiver.all(2), [{}, { json: { event: 'ats_assessments.created', event_data: { id: 'order-1' } } }])
  t.match(
    await details(),
    [{ request: null }, { request: { body: /order-1/ } }],
    'what was sent stays with its attempt',
  )
  await next.webhooks.update(id, { style: 'synthetic' })
  t.equal((await call(next.url, 'PATCH', '/orders/order-1/result', { summary: 'Solid' })).status, 200)
  t.match((await receiver.all(3))[2]?.json, { event: 'ats_assessments.updated', record_type: 'assessments' })
  t.equal(await askRedis(redis.url, (client) => client.get(key)), String(dataVersion))
})
