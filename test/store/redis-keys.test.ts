import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { pino } from 'pino'
import t from 'tap'
import { redisState } from '../../src/compose/redis'
import { readOptions } from '../../src/config'
import { families, keys, queuePrefix } from '../../src/store/redis/keys'
import { receiverFor } from '../support/receiver'
import { askRedis, redisFor, skip } from '../support/redis'
import { call, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

/** What Redis answers to TYPE, by kind in the list of keys. */
const typeOf = {
  string: 'string',
  count: 'string',
  counts: 'hash',
  hash: 'hash',
  list: 'list',
  set: 'set',
  zset: 'zset',
}

t.test('every key that a sandbox keeps in Redis is in the list of keys with its type', { skip }, async (t) => {
  const redis = await redisFor(t)
  // The first delivery succeeds, the others are retried later.
  let calls = 0
  const receiver = await receiverFor(t, (response) => response.writeHead(++calls > 1 ? 503 : 200).end())
  const storePrefix = randomUUID()
  const options = {
    store: redis.url,
    storePrefix,
    webhooks: [`${receiver.url}/start`],
    journalSize: 5,
    rateLimit: 1_000,
    expireAfter: 60,
  }
  const sandbox = await sandboxFor(t, options)
  const replica = await redisState(
    { ...readOptions(options), store: redis.url },
    { logger: pino({ level: 'silent' }), metrics: null, resolve: () => Promise.reject(new Error()), timeout: 1_000 },
  )
  t.teardown(() => replica.close(0))
  const news = { accountId: 'acme', remoteId: null, data: {}, requestId: null }
  await replica.records.change({ accountId: 'acme', kind: 'jobs', id: 'job-1' }, () => ({
    value: '{}',
    news: { ...news, event: 'ats_jobs.created', recordId: 'job-1' },
  }))
  await replica.accounts.change('acme', () => ({
    settings: { id: 'acme', provider: null, status: 'active', packages: null, updatedAt: 0 },
    news: { ...news, event: 'account.created', recordId: 'acme' },
  }))
  replica.accounts.see('acme')
  await sandbox.account('acme').faults.add({ on: 'packages.list', status: 429, times: 1 })
  for (const id of ['order-1', 'order-2', 'order-3']) await postOrder(sandbox.url, { id })
  await call(sandbox.url, 'PATCH', '/orders/order-1/result', { score: { value: '92' } })
  for (let i = 0; i < 5; i++) await call(sandbox.url, 'GET', '/packages')
  await sandbox.clock.advance(1)
  await until(async () => (await sandbox.deliveries.list()).deliveries.some(({ status }) => status === 'delivered'))

  const found = await askRedis(redis.url, (client) => typesOf(client, `{${storePrefix}}:`))
  for (const [key, type] of found) {
    const family = Object.values(families).find(({ begins }) => key.startsWith(begins))
    const known = family ?? (keys as Partial<Record<string, { kind: keyof typeof typeOf }>>)[key]
    if (key.startsWith(`${queuePrefix}:`)) continue
    t.equal(known && typeOf[known.kind], type, key)
  }
  const seen = new Set(found.map(([key]) => key))
  // Short-lived keys, and keys for what this test leaves out: a reset, a token, thousands of deliveries.
  const rare = ['moving', 'ready', 'queued', 'journalShortened', 'resets', 'controlToken', 'dropped']
  t.strictSame(
    Object.keys(keys).filter((key) => !seen.has(key) && !rare.includes(key)),
    [],
  )
})

/** Each key that starts with `prefix`, with its type. */
async function typesOf(client: Redis, prefix: string): Promise<[key: string, type: string][]> {
  const names = await client.keys(`${prefix}*`)
  return Promise.all(names.map(async (name) => [name.slice(prefix.length), await client.type(name)]))
}

t.test('Redis scripts take every key from the list of keys', (t) => {
  const folder = join(__dirname, '../../src/store/redis')
  for (const file of readdirSync(folder))
    if (file !== 'keys.ts') t.notMatch(readFileSync(join(folder, file), 'utf8'), /p \.\. '\w/, file)
  t.end()
})
