import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { replica } from '../../scripts/replica'
import { steadyPort } from '../../scripts/steady-port'
import { connectSandbox, type SandboxOptions } from '../../src/index'
import type { Sandbox } from '../../src/index'
import { blocksRunBy } from '../support/documents'
import { receiverFor } from '../support/receiver'
import { redisFor, type RedisForTest, skip } from '../support/redis'
import { call, fullOrder, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

const noon = '2026-01-31T12:00:00.000Z'
let redis: RedisForTest

// Each test has its own prefix, and some wait for a takeover.
t.jobs = 3

t.before(async () => {
  if (skip === false) redis = await redisFor(t)
})

/** Two sandboxes that share a Redis. */
async function replicas(t: Test, options: SandboxOptions = {}): Promise<[Sandbox, Sandbox]> {
  const shared = { store: redis.url, storePrefix: randomUUID(), ...options }
  return [await sandboxFor(t, shared), await sandboxFor(t, shared)]
}

function shared(title: string, story: (t: Test) => Promise<void>) {
  t.test(title, { skip }, story)
}

shared('an order posted to two replicas concurrently is created once', async (t) => {
  const [first, second] = await replicas(t)
  for (let round = 0; round < 20; round++) {
    const order = { ...fullOrder, id: `order-${String(round)}`, results_update_url: null }
    const answers = await Promise.all([first, second, first, second].map(({ url }) => postOrder(url, order)))
    t.strictSame(new Set(answers.map(({ status }) => status)), new Set([200]))
    const ids = new Set(answers.map(({ body }) => `${String(body['remote_id'])} ${String(body['test_url'])}`))
    t.equal(ids.size, 1)
    const other = await postOrder(second.url, { ...order, passthrough: { another: true } })
    t.equal(other.status, 409)
  }
  t.equal((await first.orders.list()).length, 20)
})

shared('an order created at one replica can be read, opened and completed at another', async (t) => {
  const [first, second] = await replicas(t)
  const placed = await postOrder(first.url, { id: 'order-1' })
  const page = await fetch(String(placed.body['test_url']).replace(first.url, second.url))
  t.equal(page.status, 200)
  const acme = first.account('acme')
  t.equal((await acme.orders.get('order-1')).state, 'initiated')
  t.equal((await call(second.url, 'PATCH', '/orders/order-1/result', { result: { value: 'passed' } })).status, 200)
  t.match(await call(first.url, 'GET', '/orders/order-1/results'), {
    status: 200,
    body: { data: { result: { value: 'passed' } } },
  })
})

shared('concurrent changes to one result through two replicas are all kept', async (t) => {
  const [first, second] = await replicas(t)
  await postOrder(first.url, { id: 'order-1' })
  const fields = ['summary', 'submission_date', 'start_date', 'result_url']
  const values = {
    submission_date: noon,
    start_date: noon,
    result_url: 'https://provider.example.com/1',
    summary: 'Good',
  }
  await Promise.all(
    fields.map((field, i) =>
      call([first, second][i % 2]?.url ?? '', 'PATCH', '/orders/order-1/result', {
        [field]: values[field as keyof typeof values],
      }),
    ),
  )
  const { body } = await call(second.url, 'GET', '/orders/order-1/results')
  t.match(body, { data: { summary: 'Good', result_url: values.result_url } })
  const known = Object.keys(body['data'] as object)
  t.ok(fields.every((field) => known.includes(field)))
})

shared('a fault for two calls applies twice in total across replicas', async (t) => {
  const [first, second] = await replicas(t)
  for (const on of ['orders.create', 'packages.list'] as const) {
    await first.account('acme').faults.add({ on, status: 502, times: 2 })
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => {
        const { url } = i % 2 === 0 ? first : second
        return on === 'orders.create' ? postOrder(url, {}) : call(url, 'GET', '/packages')
      }),
    )
    t.equal(answers.filter(({ status }) => status === 502).length, 2, on)
    t.match(await second.account('acme').faults.list(), [{ seen: 2, struck: 2, isSpent: true }])
    await second.faults.clear()
  }
})

shared('a fault added at one replica applies to the very next order at another', async (t) => {
  const [first, second] = await replicas(t)
  for (let round = 0; round < 50; round++) {
    const { id } = await first.faults.add({ on: 'orders.create', status: 422 })
    t.equal((await postOrder(second.url, {})).status, 422)
    t.equal((await postOrder(second.url, {})).status, 200)
    await first.faults.remove(id)
  }
})

shared('a fault counts each order once while webhooks change', async (t) => {
  const [first, second] = await replicas(t)
  const acme = first.account('acme')
  await acme.faults.add({ on: 'orders.create', status: 422, after: 1_000 })
  const over = new AbortController()
  const changing = (async () => {
    while (!over.signal.aborted) {
      const { id } = await second.account('globex').webhooks.add({ url: 'http://127.0.0.1:9/hook' })
      await second.webhooks.remove(id)
    }
  })()
  for (let i = 0; i < 60; i++) t.equal((await postOrder(first.url, {})).status, 200)
  over.abort()
  await changing
  t.match(await acme.faults.list(), [{ seen: 60, struck: 0 }])
  const flaky = { 'x-account-id': 'sandbox-flaky' }
  t.equal((await postOrder(first.url, {}, flaky)).status, 502)
  await t.rejects(second.faults.remove('sandbox-flaky'), { message: /not found/ })
  t.equal((await postOrder(second.url, {}, flaky)).status, 200, 'a failed removal does not restart the count')
})

shared('a magic account counts its calls across replicas', async (t) => {
  const [first, second] = await replicas(t)
  const headers = { 'x-account-id': 'sandbox-flaky' }
  const statuses = []
  for (const { url } of [first, second, second, first, second])
    statuses.push((await postOrder(url, {}, headers)).status)
  t.strictSame(statuses, [502, 200, 502, 200, 502])
})

shared('a reset at one replica takes effect at all immediately', async (t) => {
  const [first, second] = await replicas(t, { clock: noon, webhooks: ['http://127.0.0.1:9/start'] })
  await postOrder(first.url, { id: 'order-1' })
  await postOrder(first.url, { id: 'order-1' }, { 'x-account-id': 'globex' })
  await second.account('acme').reset()
  t.equal((await call(first.url, 'GET', '/orders/order-1')).status, 404)
  t.match(await first.orders.list(), [{ account: 'globex' }])
  t.strictSame(
    (await first.account('acme').requests.list()).requests.map(({ operation }) => operation),
    ['orders.get'],
  )

  await first.clock.advance(60_000)
  await first.faults.add({ status: 500, always: true })
  await second.webhooks.add({ url: 'http://127.0.0.1:9/added' })
  await second.reset()
  t.equal((await postOrder(first.url, { id: 'order-1' })).status, 200)
  t.strictSame(
    (await first.orders.list()).map(({ orderedAt }) => orderedAt),
    [noon],
  )
  t.strictSame(
    (await first.webhooks.list()).map(({ url }) => url),
    ['http://127.0.0.1:9/start'],
  )
  t.strictSame(await first.faults.list(), [])
})

shared('replicas share one clock, and moving it runs what is due at any of them', async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(503).end())
  const [first, second] = await replicas(t, { clock: noon, expireAfter: 3_600 })
  await postOrder(first.url, { id: 'order-1', results_update_url: receiver.url })
  t.match(await second.clock.advance(60_000), { now: '2026-01-31T12:01:00.000Z', isFrozen: true })
  t.match(await postOrder(first.url, {}), { body: { id: String } })
  t.equal((await first.orders.list())[0]?.orderedAt, '2026-01-31T12:01:00.000Z')
  await call(second.url, 'PATCH', '/orders/order-1/result', { summary: 'Good' })
  await receiver.all(1)
  await first.clock.advance(20_000)
  t.equal(receiver.received.length, 2)
  const slow = call(second.url, 'GET', '/packages', undefined, { 'x-account-id': 'sandbox-slow' })
  await second.account('sandbox-slow').requests.list()
  let answered: { status: number } | undefined
  await until(async () => {
    await first.clock.advance(3_000)
    answered = await Promise.race([slow, Promise.resolve(undefined)])
    return answered !== undefined
  })
  t.match(answered, { status: 200 })
  await second.clock.set('2026-01-31T14:00:00.000Z')
  t.strictSame(
    (await first.orders.list()).map(({ state }) => state),
    ['expired', 'expired'],
  )
  await first.clock.resume()
  t.match(await second.clock.read(), { isFrozen: false })
})

shared('two concurrent moves of the clock add up', async (t) => {
  const [first, second] = await replicas(t, { clock: noon })
  await Promise.all([first.clock.advance(60_000), second.clock.advance(60_000)])
  t.match(await first.clock.read(), { now: '2026-01-31T12:02:00.000Z' })
})

shared('an order at one replica wakes waits and live streams at another', async (t) => {
  const [first, second] = await replicas(t)
  const remote = connectSandbox(second.url)
  const waits = [
    second.orders.waitFor({ id: 'order-7' }),
    remote.orders.waitFor({ id: 'order-7' }),
    remote.requests.waitFor({ operation: 'orders.create' }),
  ]
  const abort = new AbortController()
  t.teardown(() => {
    abort.abort()
  })
  const events = await fetch(`${second.url}/_sandbox/live`, {
    headers: { accept: 'text/event-stream' },
    signal: abort.signal,
  })
  const reader = (events.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  let told = (await reader.read()).value ?? ''
  await postOrder(first.url, { id: 'order-7' })
  for (const found of await Promise.all(waits)) t.ok(found)
  while (!told.includes('order-7')) told += (await reader.read()).value ?? ''
  t.match(told, 'order-7')
  await first.faults.add({ on: 'packages.list', status: 502 })
  while (!told.includes('fault-1')) told += (await reader.read()).value ?? ''
  t.match(told, 'fault-1', 'changes of faults are sent too')
})

shared("replicas share one journal, and each sees the others' requests immediately", async (t) => {
  const [first, second] = await replicas(t, { journalSize: 5 })
  for (let round = 0; round < 30; round++) {
    await postOrder(first.url, { id: `order-${String(round)}` })
    const { requests } = await second.requests.list({ limit: 1 })
    t.equal(requests[0]?.orderId, `order-${String(round)}`)
  }
  t.match(await first.requests.list(), { requests: { length: 5 }, dropped: 25 })
  t.match(await second.requests.match({ path: '/nowhere' }), { matched: 0, nearest: { differences: Array } })
})

shared('the order limit and the rate limit apply across replicas', async (t) => {
  const [first, second] = await replicas(t, { maxOrders: 3, rateLimit: 6, clock: noon })
  const statuses = []
  for (const { url } of [first, second, first, second, first, second, first])
    statuses.push((await postOrder(url, {})).status)
  t.strictSame(statuses, [200, 200, 200, 422, 422, 422, 429])
  await second.clock.advance(60_000)
  t.equal((await call(first.url, 'GET', '/packages')).status, 200)
})

shared('sandboxes with different prefixes share a Redis but no data', async (t) => {
  const [first] = await replicas(t)
  const [other] = await replicas(t)
  await postOrder(first.url, { id: 'order-1' })
  t.strictSame(await other.orders.list(), [])
  await other.reset()
  t.equal((await first.orders.list()).length, 1)
})

shared('a webhook receives each event once and in order, whichever replica got the calls', async (t) => {
  const receiver = await receiverFor(t)
  const [first, second] = await replicas(t)
  await first.webhooks.add({ url: receiver.url })
  t.match(await second.account('acme').webhooks.list(), [{ url: receiver.url, account: null }])
  await postOrder(second.url, { id: 'order-1' })
  for (let i = 0; i < 10; i++)
    await call((i % 2 ? first : second).url, 'PATCH', '/orders/order-1/result', { summary: String(i) })
  const received = await receiver.all(11)
  t.strictSame(
    received.map(({ headers }) => String(headers['x-sandbox-delivery']).split('.')[1]),
    Array.from({ length: 11 }, (_, i) => String(i + 1)),
  )
  await second.deliveries.waitForMany({ status: 'delivered' }, { count: 11, timeoutMs: 10_000 })
  t.equal(receiver.received.length, 11)
})

shared('a delivery left unfinished by a closed replica is sent by another', async (t) => {
  const answers: (() => void)[] = []
  const receiver = await receiverFor(t, (response) => {
    if (answers.push(() => response.end()) > 1) response.end()
  })
  const options = { store: redis.url, storePrefix: randomUUID(), webhooks: [receiver.url] }
  const first = await sandboxFor(t, options)
  await postOrder(first.url, { id: 'order-1' })
  await receiver.all(1)
  await first.close()
  const second = await sandboxFor(t, options)
  const [before, after] = await receiver.all(2)
  t.equal(after?.headers['x-sandbox-delivery'], before?.headers['x-sandbox-delivery'], 'same idempotency key')
  t.strictSame(after?.raw, before?.raw)
  t.match(await second.deliveries.waitFor({ status: 'delivered' }), { attempts: { length: 1 } })
})

shared('a retry left over from a closed replica is made by the next one', async (t) => {
  let status = 503
  const receiver = await receiverFor(t, (response) => response.writeHead(status).end())
  const options = { store: redis.url, storePrefix: randomUUID(), clock: noon, webhooks: [receiver.url] }
  const first = await sandboxFor(t, options)
  await postOrder(first.url, { id: 'order-1' })
  await first.deliveries.waitFor({ status: 'pending', orderId: 'order-1' })
  await receiver.all(1)
  await first.clock.advance(0)
  await first.close()
  status = 200
  const second = await sandboxFor(t, options)
  t.match(await second.deliveries.list(), { deliveries: [{ status: 'pending', attempts: { length: 1 } }] })
  await second.clock.advance(20_000)
  t.match(await second.deliveries.list(), { deliveries: [{ status: 'delivered', attempts: { length: 2 } }] })
})

shared('any replica can replay a delivery, and a removed webhook gets nothing', async (t) => {
  let status = 410
  const receiver = await receiverFor(t, (response) => response.writeHead(status).end())
  const [first, second] = await replicas(t, { clock: noon })
  const { id } = await second.webhooks.add({ url: receiver.url })
  await postOrder(first.url, { id: 'order-1' })
  const failed = await second.deliveries.waitFor({ status: 'failed' })
  t.match(await first.webhooks.list(), [{ disabled: /it answered 410/ }])
  status = 200
  t.match(await second.deliveries.replay(failed.id), { status: 'pending' })
  t.match(await first.deliveries.waitFor({ status: 'delivered' }), { attempts: { length: 2 } })
  await t.rejects(first.deliveries.replay('nothing.1'), { message: /not found/ })

  await first.reset()
  const { url } = { url: `http://127.0.0.1:${String(await steadyPort())}` }
  const added = await first.webhooks.add({ url })
  await postOrder(second.url, { id: 'order-1' })
  const pending = await first.deliveries.waitFor({ status: 'pending' })
  await first.clock.advance(0)
  await second.webhooks.remove(added.id)
  await t.rejects(second.webhooks.remove(id), { message: /not found/ })
  await first.clock.advance(60_000)
  t.match(await second.deliveries.list(), { deliveries: [{ id: pending.id, status: 'failed' }] })
})

shared('replaying a delivery during an attempt changes nothing', async (t) => {
  const answers: (() => void)[] = []
  const receiver = await receiverFor(t, (response) => {
    if (answers.length === 0) response.writeHead(503).end()
    answers.push(() => response.end())
  })
  const [first, second] = await replicas(t, { clock: noon, webhooks: [receiver.url] })
  await postOrder(first.url, { id: 'order-1' })
  await receiver.all(1)
  await first.clock.advance(0)
  await first.clock.advance(20_000)
  await receiver.all(2)
  const [underWay] = (await second.deliveries.list()).deliveries
  t.match(underWay, { status: 'pending', nextAttemptAt: null })
  t.match(await second.deliveries.replay(String(underWay?.id)), { status: 'pending', attempts: { length: 1 } })
  answers[1]?.()
  t.match(await first.deliveries.waitFor({ status: 'delivered' }), { attempts: { length: 2 } })
  t.equal(receiver.received.length, 2)
})

shared('resetting an account leaves nothing of it in Redis', async (t) => {
  const receiver = await receiverFor(t)
  const storePrefix = randomUUID()
  const { url, ...control } = await sandboxFor(t, { store: redis.url, storePrefix, webhooks: [receiver.url] })
  const client = new Redis(redis.url)
  t.teardown(() => {
    client.disconnect()
  })
  /** The size of each hash, sorted set and list, except BullMQ's. */
  const sizes = async () => {
    const found: Record<string, number> = {}
    for (const key of await client.keys(`{${storePrefix}}:*`)) {
      const type = await client.type(key)
      if (type === 'hash') found[key] = await client.hlen(key)
      if (type === 'zset') found[key] = await client.zcard(key)
      if (type === 'list') found[key] = await client.llen(key)
    }
    return Object.fromEntries(Object.entries(found).filter(([key]) => !key.includes(':queue:')))
  }
  const before = await sizes()
  const acme = control.account('acme')
  for (let i = 0; i < 5; i++) {
    const id = `order-${String(i)}`
    await postOrder(url, { id, results_update_url: receiver.url })
    await acme.orders.complete(id, { result: 'passed' })
  }
  await acme.faults.add({ status: 502 })
  await postOrder(url, {})
  await acme.webhooks.add({ url: receiver.url })
  await acme.deliveries.waitForMany({ status: 'delivered' }, { count: 15 })
  t.notSame(await sizes(), before)
  await acme.reset()
  t.strictSame(await sizes(), before)
})

shared('a snapshot from a memory store loads into Redis for all replicas', async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(503).end())
  const memory = await sandboxFor(t, { store: 'memory', clock: noon, webhooks: [receiver.url] })
  await postOrder(memory.url, { id: 'order-1' })
  await call(memory.url, 'PATCH', '/orders/order-1/result', { summary: 'Good' })
  await memory.account('acme').faults.add({ on: 'orders.get', status: 502, times: 3 })
  await memory.clock.advance(0)
  const snapshot = await memory.snapshot()
  const [first, second] = await replicas(t, { clock: noon })
  await first.load(snapshot)
  t.strictSame({ ...(await second.snapshot()), takenAt: snapshot.takenAt }, snapshot)
  await second.clock.advance(20_000)
  t.match(await first.deliveries.list(), { deliveries: [{ attempts: [] }, { attempts: { length: 2 } }] })
  t.equal((await call(second.url, 'GET', '/orders/order-1')).status, 502)
})

shared('a snapshot taken while orders arrive has no delivery without its order', async (t) => {
  const [first, second] = await replicas(t, { webhooks: ['http://127.0.0.1:9/down'] })
  for (let round = 0; round < 8; round++) await Promise.all(Array.from({ length: 50 }, () => postOrder(first.url, {})))
  const over = new AbortController()
  const ordering = (async () => {
    while (!over.signal.aborted) await postOrder(second.url, {})
  })()
  const snapshot = await first.snapshot()
  over.abort()
  await ordering
  const remoteIds = new Set(snapshot.orders.map(({ remoteId }) => remoteId))
  t.ok(remoteIds.size >= 400)
  t.strictSame(
    snapshot.deliveries.filter(({ remoteId }) => !remoteIds.has(remoteId)),
    [],
  )
  await second.load(snapshot)
  t.equal((await first.snapshot()).orders.length, remoteIds.size)
})

shared('orders and results use the clock that another replica has just set', async (t) => {
  const [first, second] = await replicas(t, { clock: noon })
  const { testUrl } = await first.orders.create({ id: 'order-1' })
  for (let minute = 1; minute <= 30; minute++) {
    const instant = new Date(Date.parse(noon) + minute * 60_000).toISOString()
    await first.clock.set(instant)
    t.equal((await second.orders.create()).orderedAt, instant)
    await call(second.url, 'PATCH', '/orders/order-1/result', { summary: instant }, { 'x-account-id': 'acme' })
    await first.clock.set(instant)
    await (await fetch(testUrl.replace(first.url, second.url))).text()
    t.equal((await first.orders.get('order-1')).resultAt, instant)
  }
  await first.clock.resume()
  await second.clock.resume()
  t.match(await first.clock.read(), { isFrozen: false })
})

shared('a disabled webhook gets no further attempt, and a waiting delivery is replayed immediately', async (t) => {
  const statuses = [503, 410]
  const receiver = await receiverFor(t, (response) => response.writeHead(statuses.shift() ?? 200).end())
  const options = { store: redis.url, storePrefix: randomUUID(), clock: noon, webhooks: [receiver.url] }
  const first = await sandboxFor(t, options)
  await postOrder(first.url, { id: 'order-1' })
  await receiver.all(1)
  await first.clock.advance(0)
  await postOrder(first.url, { id: 'order-2' })
  await first.deliveries.waitFor({ status: 'failed', orderId: 'order-2' })
  await first.clock.advance(20_000)
  const failed = await first.deliveries.waitFor({ status: 'failed', orderId: 'order-1' })
  t.match(failed.attempts.at(-1), { error: /the webhook is disabled: it answered 410/ })

  let hold = false
  const slow = await receiverFor(t, (response) => {
    if (!hold) response.writeHead(503).end()
  })
  const second = await sandboxFor(t, { ...options, storePrefix: randomUUID(), webhooks: [slow.url] })
  await postOrder(second.url, { id: 'order-1' })
  await slow.all(1)
  await second.clock.advance(0)
  const [waiting] = (await second.deliveries.list()).deliveries
  t.ok(waiting?.nextAttemptAt)
  hold = true
  t.match(await second.deliveries.replay(waiting?.id ?? ''), { status: 'pending', nextAttemptAt: null })
  await slow.all(2)
  t.match(await second.deliveries.replay(waiting?.id ?? ''), { status: 'pending', nextAttemptAt: null })
  t.equal(slow.received.length, 2)
})

shared('a receiver that hangs or is down does not hold up the others', async (t) => {
  const hung = await receiverFor(t, () => undefined)
  const good = await receiverFor(t)
  const [first, second] = await replicas(t)
  const down = { url: `http://127.0.0.1:${String(await steadyPort())}` }
  await first.account('down').webhooks.add(down)
  await first.account('hung').webhooks.add({ url: hung.url })
  for (let round = 0; round < 6; round++) {
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        postOrder((i % 2 ? first : second).url, {}, { 'x-account-id': i % 4 < 2 ? 'down' : 'hung' }),
      ),
    )
  }
  await first.account('good').webhooks.add({ url: good.url })
  await postOrder(first.url, {}, { 'x-account-id': 'good' })
  await second.account('good').deliveries.waitFor({ status: 'delivered' }, { timeoutMs: 15_000 })
})

shared('an immediate retry (Retry-After: 0) does not stop the clock of any replica', async (t) => {
  const statuses = [503, 503]
  const receiver = await receiverFor(t, (response) =>
    response.writeHead(statuses.shift() ?? 200, { 'retry-after': '0' }).end(),
  )
  const [first, second] = await replicas(t, { clock: noon, webhooks: [receiver.url] })
  await postOrder(first.url, {})
  await receiver.all(1)
  t.match(await first.clock.advance(1_000), { now: '2026-01-31T12:00:01.000Z' })
  t.match(await second.clock.advance(1_000), { now: '2026-01-31T12:00:02.000Z' })
  await receiver.all(3)
  await first.deliveries.waitFor({ status: 'delivered' })
})

shared('an overdue retry in a loaded snapshot is made immediately', async (t) => {
  const statuses = [503]
  const receiver = await receiverFor(t, (response) => response.writeHead(statuses.shift() ?? 200).end())
  const [first, second] = await replicas(t, { clock: noon, webhooks: [receiver.url] })
  await postOrder(first.url, {})
  await until(async () => (await first.deliveries.list()).deliveries[0]?.attempts.length === 1)
  const snapshot = JSON.parse(
    JSON.stringify(await first.snapshot()).replace(/"nextAttemptAt":\d+/g, '"nextAttemptAt":0'),
  ) as never
  await second.reset()
  await second.load(snapshot)
  await receiver.all(2)
  await first.deliveries.waitFor({ status: 'delivered' })
})

shared('malformed pub/sub messages are ignored', async (t) => {
  const storePrefix = randomUUID()
  const { url, ...control } = await sandboxFor(t, { store: redis.url, storePrefix })
  const waiting = control.orders.waitFor({ id: 'order-1' })
  const client = new Redis(redis.url)
  for (const kind of ['order', 'reset', 'delivery', 'request']) await client.publish(`{${storePrefix}}:${kind}`, 'x')
  client.disconnect()
  await postOrder(url, { id: 'order-1' })
  t.ok(await waiting)
})

shared('resetting an account removes only its own faults, whatever their messages contain', async (t) => {
  const [first, second] = await replicas(t)
  await first.account('globex').faults.add({ status: 500, message: '\ud800 "accountId":"acme",' })
  await first.account('acme').faults.add({ status: 500 })
  await second.account('acme').reset()
  t.match(await first.faults.list(), [{ account: 'globex' }])
})

shared('a replica cut off from pub/sub applies new faults and clocks to the very next order', async (t) => {
  const client = new Redis(redis.url)
  t.teardown(() => {
    client.disconnect()
  })
  await client.call('ACL', 'SETUSER', 'deaf', 'on', '>word', '~*', '&*', '+@all')
  const storePrefix = randomUUID()
  const first = await sandboxFor(t, { store: redis.url, storePrefix })
  const second = await sandboxFor(t, { store: redis.url.replace('//', '//deaf:word@'), storePrefix })
  await client.call('ACL', 'SETUSER', 'deaf', '-subscribe')
  await client.call('CLIENT', 'KILL', 'USER', 'deaf', 'TYPE', 'pubsub')
  for (const times of [1, 2]) {
    const { now } = await first.clock.freeze()
    t.equal((await postOrder(second.url, {})).status, 200)
    t.match(await first.orders.list(), [{ orderedAt: now }])
    await first.faults.add({ on: 'orders.create', status: 422, times })
    for (let i = 0; i < times; i++) t.equal((await postOrder(second.url, {})).status, 422)
    t.equal((await postOrder(second.url, {})).status, 200)
    await first.reset()
  }
})

shared('a reset aborts deliveries in flight, even at a replica that Redis now refuses', async (t) => {
  const client = new Redis(redis.url)
  t.teardown(() => {
    client.disconnect()
  })
  await client.call('ACL', 'SETUSER', 'refused', 'on', '>word', '~*', '&*', '+@all')
  for (const isRefused of [false, true]) {
    const held: ServerResponse[] = []
    const receiver = await receiverFor(t, (response) => held.push(response))
    const shared = { storePrefix: randomUUID(), webhooks: [receiver.url] }
    const sending = await sandboxFor(t, { ...shared, store: redis.url.replace('//', '//refused:word@') })
    await postOrder(sending.url, { id: 'order-1' })
    await receiver.all(1)
    const other = await sandboxFor(t, { ...shared, store: redis.url })
    if (isRefused) await client.call('ACL', 'SETUSER', 'refused', '-evalsha', '-eval')
    await other.account('acme').reset()
    await until(async () => held[0]?.destroyed === true)
    t.strictSame((await other.deliveries.list()).deliveries, [])
    const ordered = await postOrder(sending.url, {})
    if (isRefused) t.match(ordered, { status: 502, body: { message: /NOPERM/ } })
    else t.equal(ordered.status, 200)
  }
})

shared('a job for a missing delivery completes', async (t) => {
  const storePrefix = randomUUID()
  const { url } = await sandboxFor(t, { store: redis.url, storePrefix })
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null })
  const queue = new Queue('due', { connection, prefix: `{${storePrefix}}:queue` })
  t.teardown(async () => {
    await queue.close()
    connection.disconnect()
  })
  await queue.add('due', { item: 'd nothing.1', round: '1' }, { removeOnComplete: true })
  await until(async () => (await queue.getJobCountByTypes('waiting', 'active', 'failed')) === 0)
  t.equal((await postOrder(url, {})).status, 200)
})

shared('metrics count what replicas share, and advancing the clock does not wait for a hung receiver', async (t) => {
  const hung = await receiverFor(t, () => undefined)
  const refusing = await receiverFor(t, (response) => response.writeHead(400).end())
  const good = await receiverFor(t)
  const [first, second] = await replicas(t, { metrics: 'on', clock: noon })
  for (const { url } of [refusing, good, hung]) await first.webhooks.add({ url })
  await postOrder(first.url, { id: 'order-1' })
  await second.deliveries.waitFor({ status: 'failed' })
  await second.deliveries.waitFor({ status: 'delivered' })
  const before = performance.now()
  for (let i = 0; i < 3; i++) await second.clock.advance(1_000)
  t.ok(performance.now() - before < 30_000, 'otherwise each move would wait fifteen seconds')
  const text = await (await fetch(`${second.url}/metrics`)).text()
  for (const line of [
    'sandbox_orders 1',
    'sandbox_deliveries{status="pending"} 1',
    'sandbox_deliveries{status="failed"} 1',
    'sandbox_deliveries{status="delivered"} 1',
  ])
    t.match(text, `${line}\n`)
  const attempts = await Promise.all([first, second].map(async ({ url }) => (await fetch(`${url}/metrics`)).text()))
  t.match(attempts.join(), 'sandbox_delivery_attempts_total{outcome="failed"} 1')
})

shared("with the sharing guide's two replicas, one resends what the killed one was sending", async (t) => {
  const [guide] = blocksRunBy(__filename)
  const commands = [...(guide?.code ?? '').matchAll(/^SANDBOX_STORE=(\S+) npm start -- --port (\d+) &$/gm)]
  t.strictSame(
    commands.map(([, store, port]) => [store, port]),
    [
      ['redis://127.0.0.1:6379', '4601'],
      ['redis://127.0.0.1:6379', '4602'],
    ],
  )
  const held: ServerResponse[] = []
  const receiver = await receiverFor(t, (response) => {
    if (held.length === 0) held.push(response)
    else response.end()
  })
  const env = { SANDBOX_STORE: redis.url, SANDBOX_STORE_PREFIX: randomUUID(), SANDBOX_WEBHOOKS: receiver.url }
  const logFolder = t.testdir()
  const started = async (name: string) => {
    const server = await replica({ name, env, logFile: join(logFolder, `${name}.log`) })
    t.teardown(() => server.kill())
    await server.start()
    return server
  }
  const first = await started('first')
  const placed = await postOrder(first.url, { id: 'order-1' })
  const [before] = await receiver.all(1)
  const second = await started('second')
  const { deliveries } = await connectSandbox(second.url).deliveries.list()
  t.match(deliveries, [{ status: 'pending', attempts: [] }])
  await first.kill()
  t.strictSame((await postOrder(second.url, { id: 'order-1' })).body, placed.body)
  const [, after] = await receiver.all(2)
  t.equal(after?.headers['x-sandbox-delivery'], before?.headers['x-sandbox-delivery'])
  t.strictSame(after?.raw, before?.raw)
})

t.test('resetting over a thousand orders, deliveries or accounts deletes exactly those', { skip }, async (t) => {
  const [first, second] = await replicas(t, { clock: noon, callbackTargets: 'none' })
  await second.account('globex').orders.create({ id: 'order-1' })
  const snapshot = await first.snapshot()
  const [model] = snapshot.orders
  if (model === undefined) throw new Error('there is no order')
  const ordersOf = (account: (i: number) => string) =>
    Array.from({ length: 1_200 }, (_, i) => ({
      ...model,
      ...{
        accountId: account(i),
        id: `order "${String(i)}"`,
        remoteId: `remote-${String(i)}`,
        token: `t-${String(i)}`,
      },
      ...(i % 2 === 0 && { result: '{"summary":"é"}' }),
    }))
  const deliveriesOf = (orders: ReturnType<typeof ordersOf>) =>
    orders.map(({ accountId, id, remoteId }) => ({
      ...{ accountId, orderId: id, remoteId, number: 1, event: 'ats_assessments.created' as const },
      ...{
        at: model.orderedAt,
        result: null,
        status: 'failed' as const,
        nextAttemptAt: null,
        attempts: [],
        earlier: 0,
      },
      receiver: {
        method: 'POST',
        url: 'http://127.0.0.1:9/',
        secret: 'shh',
        webhookId: 'none-of-these',
        origin: 'http://127.0.0.1:9',
      },
    }))

  const ofAcme = ordersOf(() => 'acme')
  await first.load({ ...snapshot, orders: [model, ...ofAcme], deliveries: deliveriesOf(ofAcme) })
  t.equal((await second.deliveries.list()).total, 1_200)
  await first.account('acme').reset()
  t.equal((await second.deliveries.list()).total, 0)
  t.match(await second.orders.list(), [{ id: 'order-1', account: 'globex' }])
  t.equal((await second.orders.list()).total, 1)
  t.equal((await call(second.url, 'POST', '/orders', { id: 'order "1"' })).status, 200)

  const ofMany = ordersOf((i) => `account-${String(i)}`)
  await first.load({ ...snapshot, orders: ofMany, deliveries: deliveriesOf(ofMany) })
  t.equal((await second.account('account-7').orders.list()).total, 1)
  await second.reset()
  t.strictSame([(await first.orders.list()).total, (await first.deliveries.list()).total], [0, 0])
  t.strictSame((await first.account('account-7').orders.list()).total, 0)
})

t.test('a result too large for all its webhooks together answers 422', { skip }, async (t) => {
  const [first] = await replicas(t, { callbackTargets: 'none' })
  const acme = first.account('acme')
  for (let i = 0; i < 30; i++) await acme.webhooks.add({ url: `http://127.0.0.1:9/${String(i)}` })
  await call(first.url, 'POST', '/orders', { id: 'order-1' })
  const report = (length: number) => call(first.url, 'PATCH', '/orders/order-1/result', { summary: 'x'.repeat(length) })
  t.match(await report(900_000), { status: 422, body: { message: /16 MiB for all webhooks together/ } })
  t.equal((await report(100_000)).status, 200)
})
