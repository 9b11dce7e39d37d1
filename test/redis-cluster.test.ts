import { randomUUID } from 'node:crypto'
import { Cluster, Redis } from 'ioredis'
import t from 'tap'
import { receiverFor } from './receiver'
import { redisClusterFor, skip } from './redis'
import { call, postOrder, sandboxFor } from './support'
import { until } from './until'

t.test(
  'a cluster of three nodes keeps what a sandbox holds in one slot, and all works as on one node',
  { skip },
  async (t) => {
    const cluster = await redisClusterFor(t)
    const [node = '', other = ''] = cluster.urls
    const storePrefix = randomUUID()
    const receiver = await receiverFor(t)
    const first = await sandboxFor(t, { store: node, storePrefix, webhooks: [receiver.url], rateLimit: 1_000 })
    const second = await sandboxFor(t, { store: other, storePrefix, webhooks: [receiver.url], rateLimit: 1_000 })

    const waiting = second.orders.waitFor({ id: 'order-2' })
    for (const id of ['order-1', 'order-2']) {
      for (const account of ['acme', 'globex'])
        t.equal((await postOrder(first.url, { id }, { 'x-account-id': account })).status, 200)
    }
    t.match(await waiting, { id: 'order-2' })
    t.equal((await call(second.url, 'PATCH', '/orders/order-1/result', { result: { value: 'passed' } })).status, 200)
    await first.faults.add({ on: 'orders.get', status: 502 })
    t.equal((await call(second.url, 'GET', '/orders/order-1')).status, 502)
    await receiver.all(5)
    await first.deliveries.waitForMany({ status: 'delivered' }, { count: 5, timeoutMs: 10_000 })
    t.equal((await second.requests.list()).requests.length, 6)
    t.match(await fetch(`${first.url}/_sandbox/health/ready`), { status: 200 })

    const client = new Cluster(cluster.urls.map((url) => ({ host: '127.0.0.1', port: Number(new URL(url).port) })))
    t.teardown(() => {
      client.disconnect()
    })
    await client.ping()
    const keys = (await Promise.all(client.nodes('master').map((master) => master.keys('*')))).flat()
    t.ok(keys.length > 20)
    const slots = await Promise.all(keys.map((key) => client.cluster('KEYSLOT', key)))
    t.equal(new Set(slots).size, 1)
    t.ok(keys.every((key) => key.startsWith(`{${storePrefix}}:`)))

    await second.account('acme').reset()
    t.match(await first.orders.list(), [{ account: 'globex' }, { account: 'globex' }])
    await second.reset()
    t.strictSame(await first.orders.list(), [])
  },
)

t.test(
  'while the node that keeps a sandbox hangs calls get 502 in time, and when it goes on so does all',
  { skip },
  async (t) => {
    const cluster = await redisClusterFor(t)
    const receiver = await receiverFor(t)
    const storePrefix = randomUUID()
    const { url } = await sandboxFor(t, { store: cluster.urls[0] ?? '', storePrefix, webhooks: [receiver.url] })
    const placed = await postOrder(url, { id: 'order-1' })
    await receiver.all(1)

    const keepers = await Promise.all(
      cluster.nodes.map(async (node) => {
        const client = new Redis(node.url)
        const keys = await client.keys('*')
        client.disconnect()
        return keys.length > 0 ? [node] : []
      }),
    )
    const [keeper, ...others] = keepers.flat()
    t.strictSame(others, [])
    const ready = async () => (await fetch(`${url}/_sandbox/health/ready`)).status
    keeper?.hang()
    t.teardown(() => keeper?.goOn())
    for (let i = 0; i < 3; i++) {
      const begin = performance.now()
      t.match(await postOrder(url, { id: 'order-2' }), { status: 502, body: { errorCode: 'BadGatewayError' } })
      t.ok(performance.now() - begin < 2_000, 'within two seconds')
    }
    t.equal(await ready(), 503)

    keeper?.goOn()
    await until(async () => (await ready()) === 200, 20_000)
    await until(async () => (await postOrder(url, { id: 'order-2' })).status === 200, 20_000)
    t.strictSame((await postOrder(url, { id: 'order-1' })).body, placed.body)
    await receiver.all(2)
  },
)
