import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { pino } from 'pino'
import { redisState } from '../../src/compose/redis'
import { readOptions } from '../../src/config'
import { runSandbox } from '../../src/start-sandbox'
import { allOf } from '../support/each-store'
import { watch } from '../support/live-stream'
import { logStream } from '../support/log-stream'
import { receiverFor } from '../support/receiver'
import { askRedis, redisFor, skip } from '../support/redis'
import { call, postOrder } from '../support/sandbox'
import { until } from '../support/until'

const rubbish = ['rubbish', '{"id":5,"accountId":[],"request":"x"}']

/** A sandbox on Redis with two of everything, and helpers to corrupt its data. */
async function filled(t: Test, redisUrl: string, isDown = true) {
  const receiver = await receiverFor(t, (response) => response.writeHead(isDown ? 503 : 200).end())
  const storePrefix = randomUUID()
  const config = readOptions({ store: redisUrl, storePrefix, webhooks: [`${receiver.url}/start`] })
  const { out, lines } = logStream(t)
  const start = async () => {
    const sandbox = await runSandbox(config, pino({ level: 'warn' }, out))
    t.teardown(() => sandbox.close())
    return sandbox
  }
  const sandbox = await start()
  await sandbox.faults.add({ on: 'packages.get', status: 429, always: true })
  await sandbox.faults.add({ on: 'packages.list', status: 502, always: true })
  await sandbox.webhooks.add({ url: `${receiver.url}/added` })
  for (const id of ['order-1', 'order-2']) await postOrder(sandbox.url, { id })
  await until(async () => (await sandbox.deliveries.list()).deliveries.every(({ attempts }) => attempts.length > 0))
  const p = `{${storePrefix}}:`
  const ask = <T>(what: (client: Redis, p: string) => Promise<T>) => askRedis(redisUrl, (client) => what(client, p))
  const warned = () =>
    lines()
      .filter(({ msg }) => String(msg).includes('unreadable value in Redis'))
      .map(({ key }) => String(key).slice(p.length))
  return { sandbox, receiver, start, ask, warned, p, out }
}

type Filled = Awaited<ReturnType<typeof filled>>

/** Calls everything that lists, reads, waits or writes; nothing may fail. */
async function goesOn(t: Test, { sandbox, start, receiver }: Filled) {
  for (const one of [sandbox, await start()]) {
    const id = randomUUID()
    t.equal((await postOrder(one.url, { id })).status, 200)
    t.equal((await call(one.url, 'PATCH', `/orders/${id}/result`, { score: { value: '92' } })).status, 200)
    t.match(await one.orders.waitFor({ id }), { id })
    t.match(await one.requests.waitFor({ orderId: id }), { status: 200 })
    t.ok((await one.orders.list()).length > 0)
    t.ok((await one.requests.list()).total > 0)
    t.ok((await one.deliveries.list()).total > 0)
    t.ok((await one.deliveries.waitFor({ orderId: id })).url.startsWith(receiver.url))
    await one.webhooks.list()
    await one.faults.list()
    await one.clock.read()
    await one.snapshot()
    await one.account('acme').snapshot()
    const stream = await watch(t, one.url)
    t.ok((await stream.until(({ isWhole }) => isWhole)).orders.length > 0)
    stream.leave()
    t.equal((await fetch(`${one.url}/_sandbox/health/ready`)).status, 200)
  }
  const [fault, webhook] = [
    await sandbox.faults.add({ on: 'results.get', status: 500 }),
    await sandbox.webhooks.add({ url: receiver.url }),
  ]
  t.ok((await sandbox.faults.list()).some(({ id }) => id === fault.id))
  t.ok((await sandbox.webhooks.list()).some(({ id }) => id === webhook.id))
  const frozen = await sandbox.clock.freeze()
  t.equal(frozen.isFrozen, true)
  t.match(await sandbox.clock.advance(60_000), { isFrozen: true })
  await sandbox.clock.resume()
  await sandbox.account('acme').reset()
  t.strictSame(await sandbox.account('acme').orders.list(), [])
  await sandbox.reset()
}

/** Publishes what any change of a fault, a webhook or the clock publishes. */
const tellOfChange = ({ ask }: Filled) =>
  ask(async (client, p) => client.publish(`${p}version`, String(await client.incr(`${p}version`))))

const firstOf = async (client: Redis, key: string) => String((await client.hkeys(key))[0])

/** How to corrupt one entry of each kind, and the key that is logged for it. */
const entries: [kind: string, key: RegExp, spoil: (client: Redis, p: string, text: string) => Promise<unknown>][] = [
  [
    'an order',
    /^orders/,
    async (client, p, text) => client.hset(`${p}orders`, await firstOf(client, `${p}orders`), text),
  ],
  [
    'the facts of a delivery',
    /^facts/,
    async (client, p, text) => client.hset(`${p}facts`, await firstOf(client, `${p}facts`), text),
  ],
  [
    'the progress of a delivery',
    /^facts, progress/,
    async (client, p, text) => client.hset(`${p}progress`, await firstOf(client, `${p}progress`), text),
  ],
  ['a fault', /^faults fault-1$/, (client, p, text) => client.hset(`${p}faults`, 'fault-1', text)],
  [
    'a webhook',
    /^webhooks /,
    async (client, p, text) => client.hset(`${p}webhooks`, await firstOf(client, `${p}webhooks`), text),
  ],
  ['a journal entry', /^journal \(line/, (client, p, text) => client.lset(`${p}journal`, 0, text)],
  ['the clock', /^clock$/, (client, p, text) => client.set(`${p}clock`, text)],
]

// Each test starts its own Redis, and waits.
t.jobs = 2

for (const [kind, key, spoil] of entries) {
  t.test(`unreadable data in Redis for ${kind} is logged and affects nothing else`, { skip }, async (t) => {
    const redis = await redisFor(t)
    for (const text of rubbish) {
      const it = await filled(t, redis.url)
      await it.ask((client, p) => spoil(client, p, text))
      // Makes the sandbox reload its settings.
      await tellOfChange(it)
      await goesOn(t, it)
      await until(async () => it.warned().length > 0)
      const told = it.warned()
      for (const each of told) t.match(each, key, text)
      await it.sandbox.close()
    }
  })
}

t.test('readable faults and webhooks keep working beside unreadable ones', { skip }, async (t) => {
  const redis = await redisFor(t)
  const it = await filled(t, redis.url)
  const { sandbox, ask } = it
  await ask((client, p) => client.hset(`${p}faults`, 'fault-1', 'rubbish'))
  await ask(async (client, p) => {
    const [first] = await client.hkeys(`${p}webhooks`)
    return client.hset(`${p}webhooks`, String(first), 'x')
  })
  await tellOfChange(it)
  t.match(await sandbox.faults.list(), [{ id: 'fault-2' }])
  t.equal((await sandbox.webhooks.list()).length, 1)
  t.equal((await call(sandbox.url, 'GET', '/packages')).status, 502)
  t.equal((await call(sandbox.url, 'GET', '/packages/pkg_sql_queries')).status, 200)
})

t.test('an unreadable order answers 404 and can be ordered again', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { sandbox, ask } = await filled(t, redis.url)
  for (const spoiled of ['rubbish', null]) {
    await ask(async (client, p) => {
      const token = String(await client.hget(`${p}ids:acme`, 'order-1'))
      return spoiled === null ? client.hdel(`${p}orders`, token) : client.hset(`${p}orders`, token, spoiled)
    })
    t.equal((await call(sandbox.url, 'GET', '/orders/order-1')).status, 404)
    t.equal((await call(sandbox.url, 'PATCH', '/orders/order-1/result', {})).status, 404)
    t.equal((await call(sandbox.url, 'GET', '/orders/order-2')).status, 200)
    t.equal((await postOrder(sandbox.url, { id: 'order-1' })).status, 200)
    t.equal((await call(sandbox.url, 'GET', '/orders/order-1')).status, 200)
  }
})

t.test('an unreadable delivery does not block those behind it', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { sandbox, ask, receiver } = await filled(t, redis.url)
  await call(sandbox.url, 'PATCH', '/orders/order-1/result', { score: { value: '92' } })
  await ask(async (client, p) => {
    for (const id of await client.hkeys(`${p}facts`))
      if (id.endsWith('.1')) await client.hset(`${p}facts`, id, 'rubbish')
  })
  receiver.received.length = 0
  await sandbox.clock.advance(60_000)
  await until(async () => receiver.received.some(({ json }) => json['event'] === 'ats_assessments.updated'))
})

t.test('the clock can be changed after another program deleted it or formatted it differently', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { sandbox, ask } = await filled(t, redis.url)
  await ask((client, p) => client.del(`${p}clock`))
  t.match(await sandbox.clock.freeze(), { isFrozen: true })
  t.match(await sandbox.clock.advance(60_000), { isFrozen: true })
  await ask((client, p) => client.set(`${p}clock`, '{ "ahead": 0, "frozen": null }'))
  t.match(await sandbox.clock.read(), { isFrozen: false })
  t.match(await sandbox.clock.freeze(), { isFrozen: true })
})

t.test('deliveries to an unreadable webhook end as if it had been removed', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { sandbox, ask, warned } = await filled(t, redis.url)
  await ask(async (client, p) => {
    for (const id of await client.hkeys(`${p}webhooks`)) await client.hset(`${p}webhooks`, id, 'rubbish')
  })
  await sandbox.clock.advance(60_000)
  await until(async () => (await sandbox.deliveries.list({ status: 'failed' })).total === 4)
  t.match(warned(), [/^webhooks /, /^webhooks /])
})

t.test('a webhook that another program formatted differently can still be changed', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { sandbox, ask } = await filled(t, redis.url)
  const [, added] = await sandbox.webhooks.list()
  const id = String(added?.id)
  await ask(async (client, p) => {
    const kept = JSON.parse(String(await client.hget(`${p}webhooks`, id))) as object
    await client.hset(`${p}webhooks`, id, JSON.stringify(kept, null, 1))
  })
  t.match(await sandbox.webhooks.update(id, { style: 'synthetic' }), { id, style: 'synthetic' })
  t.match(await sandbox.webhooks.list(), [{ style: 'native' }, { id, style: 'synthetic' }])
})

t.test('an unreadable exchange is empty, and the others stay with their attempts', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { sandbox, ask, warned, receiver } = await filled(t, redis.url)
  const [delivery] = (await sandbox.deliveries.list({ orderId: 'order-1' })).deliveries
  const id = String(delivery?.id)
  await sandbox.clock.freeze()
  await sandbox.clock.advance(20_000)
  await until(async () => (await sandbox.deliveries.get(id)).attempts.length === 2)
  for (const text of ['rubbish', '{"request":5,"response":null}', '{"request":{"headers":[],"body":""}}']) {
    await ask(async (client, p) => {
      const [, oldest] = String(await client.hget(`${p}exchanges`, id)).split('\n')
      await client.hset(`${p}exchanges`, id, `${text}\n${String(oldest)}\n`)
    })
    const { attempts } = await sandbox.deliveries.get(id)
    t.match(attempts, [
      {
        status: 503,
        request: { body: String, headers: { host: new URL(receiver.url).host } },
        response: { isCut: false },
      },
      { status: 503, request: null, response: null },
    ])
  }
  t.match(warned(), [`exchanges ${id}`])
  await ask((client, p) => client.hset(`${p}exchanges`, id, 'no end of line'))
  t.match((await sandbox.deliveries.get(id)).attempts, [{ request: null }, { request: null }])
})

t.test('unreadable records and settings of accounts are logged and affect nothing else', { skip }, async (t) => {
  const redis = await redisFor(t)
  const it = await filled(t, redis.url)
  const state = await redisState(
    { ...readOptions({ store: redis.url, storePrefix: it.p.slice(1, -2) }), store: redis.url },
    { logger: pino({ level: 'warn' }, it.out), metrics: null, resolve: () => Promise.reject(new Error()), timeout: 1 },
  )
  t.teardown(() => state.close(0))
  const { records, accounts } = state
  const key = (id: string) => ({ accountId: 'acme', kind: 'jobs', id }) as const
  for (const id of ['job-1', 'job-2']) await records.change(key(id), () => ({ value: '{}', news: null }))
  const settings = { provider: null, status: 'active', packages: null, updatedAt: 0 } as const
  for (const id of ['acme', 'globex']) await accounts.change(id, () => ({ settings: { id, ...settings }, news: null }))
  await it.ask((client, p) => client.hset(`${p}jobs:acme`, 'job-1', 'rubbish'))
  t.equal(await records.find(key('job-1')), null)
  t.match(await records.list('acme', 'jobs'), [{ id: 'job-2' }])
  t.match(await allOf(records.export(null)), [{ id: 'job-2' }])
  t.equal(await records.change(key('job-1'), () => ({ value: '{"a":1}', news: null })), '{"a":1}', 'it can be replaced')
  t.match(await records.list('acme', 'jobs'), [{ id: 'job-2' }, { id: 'job-1' }])

  for (const text of [...rubbish, '{"id":"acme","provider":null,"status":"lost","packages":null,"updatedAt":0}']) {
    await it.ask((client, p) => client.hset(`${p}accountSettings`, 'acme', text))
    await tellOfChange(it)
    await until(async () => !accounts.current().has('acme'))
    t.match(await accounts.export(null), [{ id: 'globex' }], text)
    await accounts.change('acme', () => ({ settings: { id: 'acme', ...settings }, news: null }))
  }
  await it.ask((client, p) => client.set(`${p}since`, 'rubbish'))
  await tellOfChange(it)
  await accounts.export(null)
  t.type(state.since(), 'number')
  t.match(new Set(it.warned()), new Set(['jobs:acme job-1', 'accountSettings acme']))
  await goesOn(t, it)
})

/** Keys that get overwritten. */
const keys = [
  ...[
    'orders',
    'remoteIds',
    'facts',
    'progress',
    'lanes',
    'accountOf',
    'faults',
    'webhooks',
    'journalBodies',
    'initial',
  ],
  ...['all', 'accounts', 'sent', 'finished', 'agenda', 'queued', 'rounds', 'seen', 'struck', 'rates'],
  ...['journal', 'journalWhole', 'journalLossy', 'clock', 'turns', 'journalCount', 'faultsAdded'],
  ...['journalDropped', 'journalBytes', 'dropped', 'resets', 'ids:acme', 'all:acme', 'sent:acme', 'numbers:acme'],
  ...['otherAccounts', 'exchanges', 'exchangeAges', 'exchangeBytes', 'accountSettings', 'seenAccounts', 'since'],
  ...['recordBytes', 'recordBytesOf', 'jobs:acme', 'ats_basis:acme'],
]

for (const [kind, put, spoiled] of [
  ['a string', (client: Redis, key: string) => client.set(key, 'rubbish'), keys],
  ['a stream', (client: Redis, key: string) => client.xadd(key, '*', 'a', 'b'), ['clock', 'turns', 'journalCount']],
] as const) {
  t.test(`a sandbox keeps working when a Redis key is overwritten with ${kind}`, { skip }, async (t) => {
    const redis = await redisFor(t)
    for (const key of spoiled) {
      const it = await filled(t, redis.url)
      await it.ask(async (client, p) => {
        await client.del(p + key)
        await put(client, p + key)
      })
      t.comment(key)
      await goesOn(t, it)
      await it.sandbox.close()
    }
  })
}

t.test('counters with an invalid value keep counting', { skip }, async (t) => {
  const redis = await redisFor(t)
  const it = await filled(t, redis.url)
  await it.ask(async (client, p) => {
    for (const key of ['numbers:acme', 'seen', 'struck', 'rates', 'rounds'])
      for (const field of await client.hkeys(p + key)) await client.hset(p + key, field, 'rubbish')
    await client.set(`${p}turns`, '9223372036854775807')
    for (const field of ['numbers:acme', 'seen']) t.ok(await client.exists(p + field), field)
  })
  await call(it.sandbox.url, 'PATCH', '/orders/order-1/result', { score: { value: '92' } })
  t.equal((await call(it.sandbox.url, 'GET', '/packages')).status, 502)
  const ids = (await it.sandbox.deliveries.list()).deliveries.map(({ id }) => id)
  t.equal(new Set(ids).size, ids.length)
  await goesOn(t, it)
})
