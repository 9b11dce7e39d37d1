import { randomUUID } from 'node:crypto'
import { Cluster } from 'ioredis'
import t, { type Test } from 'tap'
import { steadyPort } from '../../scripts/steady-port'
import type { Parts } from '../../src/compose/deps'
import { startSandbox } from '../../src/index'
import { receiverFor } from '../support/receiver'
import { askRedis, redisClusterFor, redisFor, skip } from '../support/redis'
import { asForUsers, call, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

// Most tests wait for nodes that join, hang or do not answer.
t.jobs = 4

t.test(
  'a sandbox on a three-node cluster keeps its keys in one slot and works as on a single node',
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

/** The cluster node that owns the sandbox's slot. */
async function keeperOf(cluster: Awaited<ReturnType<typeof redisClusterFor>>, storePrefix: string) {
  for (const node of cluster.nodes) {
    if ((await askRedis(node.url, (client) => client.exists(`{${storePrefix}}:version`).catch(() => 0))) === 1)
      return node
  }
  throw new Error('nobody has it')
}

/** A sandbox whose first order has been delivered, and the node that stores it. */
async function sandboxOnCluster(t: Test, parts: Parts = {}) {
  const cluster = await redisClusterFor(t)
  const receiver = await receiverFor(t)
  const storePrefix = randomUUID()
  const options = { store: cluster.urls[0] ?? '', storePrefix, webhooks: [receiver.url] }
  const { url } = await sandboxFor(t, options, parts)
  const placed = await postOrder(url, { id: 'order-1' })
  await receiver.all(1)
  return { cluster, receiver, storePrefix, url, placed, keeper: await keeperOf(cluster, storePrefix) }
}

const readiness = async (url: string) => (await fetch(`${url}/_sandbox/health/ready`)).status

for (const how of ['hang', 'kill'] as const) {
  t.test(`calls get 502 in time while the sandbox's cluster node is down (${how})`, { skip }, async (t) => {
    const parts = how === 'hang' ? asForUsers : {}
    const { receiver, url, placed, keeper } = await sandboxOnCluster(t, parts)
    t.teardown(() => keeper.goOn())
    await keeper[how]()
    for (let i = 0; i < 3; i++) {
      const begin = performance.now()
      t.match(await postOrder(url, { id: 'order-2' }), { status: 502, body: { errorCode: 'BadGatewayError' } })
      t.ok(performance.now() - begin < 30_000, 'the answer does not wait for the node: two seconds on an idle machine')
    }
    t.equal(await readiness(url), 503)

    if (how === 'hang') keeper.goOn()
    else await keeper.start()
    await until(async () => (await readiness(url)) === 200)
    t.strictSame((await postOrder(url, { id: 'order-1' })).body, placed.body)
    // A hung node executes what it received once it resumes; a killed node received nothing.
    if (how === 'kill') t.equal((await call(url, 'GET', '/orders/order-2')).status, 404)
    t.equal((await postOrder(url, { id: 'order-2' })).status, 200)
    await receiver.all(2)
  })
}

t.test("calls get 502 while the sandbox's slot moves, and nothing is lost or split", { skip }, async (t) => {
  const { cluster, receiver, storePrefix, url, placed, keeper: from } = await sandboxOnCluster(t)
  const to = cluster.nodes.find((node) => node !== from) ?? from
  const slot = await askRedis(from.url, (client) => client.cluster('KEYSLOT', `{${storePrefix}}:`))
  const idOf = (node: typeof from) => askRedis(node.url, (client) => client.call('CLUSTER', 'MYID').then(String))
  const setSlot = (node: typeof from, ...how: string[]) =>
    askRedis(node.url, (client) => client.call('CLUSTER', 'SETSLOT', slot, ...how))
  const [fromId, toId] = [await idOf(from), await idOf(to)]
  const migrate = (most: number) =>
    askRedis(from.url, async (client) => {
      const keys = (await client.call('CLUSTER', 'GETKEYSINSLOT', slot, most)) as string[]
      await client.call('MIGRATE', '127.0.0.1', to.port, '', 0, 5_000, 'REPLACE', 'KEYS', ...keys)
      return keys.length
    })
  const isRefused = async () => {
    t.equal((await call(url, 'GET', '/orders/order-1')).status, 502)
    t.equal((await postOrder(url, { id: 'order-2' })).status, 502)
    t.equal(await readiness(url), 503)
  }

  await setSlot(to, 'IMPORTING', fromId)
  await setSlot(from, 'MIGRATING', toId)
  await isRefused()
  t.equal(await migrate(10), 10)
  await isRefused()
  while ((await migrate(1_000).catch(() => 0)) > 0);
  await isRefused()
  for (const node of [to, from, ...cluster.nodes]) await setSlot(node, 'NODE', toId)

  await until(async () => (await readiness(url)) === 200)
  t.strictSame((await postOrder(url, { id: 'order-1' })).body, placed.body)
  t.equal((await call(url, 'GET', '/orders/order-2')).status, 404)
  t.equal((await postOrder(url, { id: 'order-2' })).status, 200)
  await receiver.all(2)
})

t.test('a cluster that does not cover all slots fails the start with advice', { skip }, async (t) => {
  const bus = String(await steadyPort())
  const { url } = await redisFor(t, { args: ['--cluster-enabled', 'yes', '--cluster-port', bus] })
  await t.rejects(startSandbox({ store: url }), {
    message: /^The Redis cluster at 127\.0\.0\.1:\d+ cannot be used: .* cover all slots between them/,
  })
})
