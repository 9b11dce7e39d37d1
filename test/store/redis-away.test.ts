import { rmSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Redis } from 'ioredis'
import type { ServerResponse } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { resolve } from 'node:path'
import t, { type Test } from 'tap'
import { ErrorSchema } from '../../schemas/error'
import { steadyPort } from '../../scripts/steady-port'
import { readOptions } from '../../src/config'
import { type SandboxOptions, startSandbox } from '../../src/index'
import { runSandbox } from '../../src/start-sandbox'
import { addressOf, credentialsOf } from '../../src/store/redis/address'
import { createLogger } from '../../src/telemetry/logger'
import { serving } from '../support/command-line'
import { logStream } from '../support/log-stream'
import { listenFor, receiverFor } from '../support/receiver'
import { askRedis, redisFor, skip } from '../support/redis'
import { asForUsers, call, postOrder, sandboxFor, violationsOf } from '../support/sandbox'
import { until } from '../support/until'

/** Two seconds plus a margin for a busy machine. Without a limit a call would wait until Redis is back. */
const inTime = 10_000

const noon = '2026-01-31T12:00:00.000Z'

const readiness = async (url: string) => {
  const response = await fetch(`${url}/_sandbox/health/ready`)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

// Most tests wait for a timeout or a takeover.
t.jobs = 4

t.test('calls get 502 with a hint while Redis is down, and work again once it is back', { skip }, async (t) => {
  const redis = await redisFor(t)
  const receiver = await receiverFor(t)
  const sandbox = await sandboxFor(t, { store: redis.url, webhooks: [receiver.url] })
  const { url } = sandbox
  t.match(await readiness(url), { status: 200, body: { status: 'ready' } })
  const placed = await postOrder(url, { id: 'order-1' })
  await receiver.all(1)
  const waiting = sandbox.orders.waitFor({ id: 'order-3' }, { timeoutMs: 30_000 })

  const waitingForThree = sandbox.orders.waitForMany({}, { count: 3, timeoutMs: 30_000 })
  // Awaited below; if the test fails before that, they are not to fail another test.
  for (const wait of [waiting, waitingForThree]) wait.catch(() => undefined)

  // After this round trip both waits are active.
  await sandbox.requests.list()
  await redis.stop()
  const before = performance.now()
  const refused = await postOrder(url, { id: 'order-2' })
  t.ok(performance.now() - before < inTime, 'within two seconds')
  t.match(refused, { status: 502, body: { errorCode: 'BadGatewayError', message: /does not answer/ } })
  t.strictSame(violationsOf(ErrorSchema, refused.body), [])
  t.match(refused.headers.get('x-sandbox-hint'), /^Start Redis at 127\.0\.0\.1:\d+, or wait/)
  for (const path of ['/orders/order-1', '/packages', '/orders/order-1/results'])
    t.equal((await call(url, 'GET', path)).status, 502, path)
  await t.rejects(sandbox.orders.list(), { message: /Start Redis/ })
  await t.rejects(sandbox.requests.list(), { message: /Start Redis/ })
  t.equal((await fetch(`${url}/_sandbox/health`)).status, 200)
  t.match(await readiness(url), { status: 503, body: { status: 'not ready', reason: /The store at 127/ } })

  await redis.start()
  await until(async () => (await readiness(url)).status === 200)
  t.ok((await sandbox.requests.list()).dropped > 0, 'the list says that some requests were lost')
  t.strictSame((await postOrder(url, { id: 'order-1' })).body, placed.body)
  t.equal((await postOrder(url, { id: 'order-2' })).status, 200)
  t.equal((await postOrder(url, { id: 'order-3' })).status, 200)
  t.match(await waiting, { id: 'order-3' })
  t.equal((await waitingForThree).length, 3)
  await receiver.all(3)
  const { requests, dropped } = await sandbox.requests.list()
  t.ok(requests.length > 0)
  t.ok(dropped >= 4, 'entries that could not be written are counted')
})

t.test(
  'a wait that begins just after Redis is back succeeds, once its subscription is back too',
  { skip },
  async (t) => {
    const redis = await redisFor(t)
    const { url, orders, requests } = await sandboxFor(t, { store: redis.url })
    await postOrder(url, { id: 'order-1' })
    for (let round = 1; round <= 5; round++) {
      await askRedis(redis.url, (client) => client.call('CLIENT', 'KILL', 'TYPE', 'pubsub'))
      t.match((await requests.list()).requests, { length: round })
      await askRedis(redis.url, (client) => client.call('CLIENT', 'KILL', 'TYPE', 'pubsub'))
      t.match(await orders.waitFor(), { id: 'order-1' })
      await call(url, 'GET', '/packages')
    }
  },
)

const form = new URLSearchParams({ step: 'start' })

t.test('a hung Redis is noticed within two seconds', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { url, orders, ...control } = await sandboxFor(t, { store: redis.url }, asForUsers)
  const { body } = await postOrder(url, { id: 'order-0' })
  redis.hang()
  t.teardown(() => {
    redis.goOn()
  })
  const before = performance.now()
  t.equal((await postOrder(url, { id: 'order-1' })).status, 502)
  t.ok(performance.now() - before < inTime, 'within two seconds')
  for (const method of ['GET', 'POST']) {
    const begin = performance.now()
    const page = await fetch(String(body['test_url']), { method, body: method === 'POST' ? form : null })
    t.ok(performance.now() - begin < inTime, 'test pages answer within two seconds too')
    t.match(page, { status: 502 })
    t.match(page.headers.get('content-type'), 'text/html')
    t.match(await page.text(), /Start Redis at/)
  }
  const late = performance.now()
  await t.rejects(orders.waitFor(), { message: /subscribing to changes failed/ })
  t.ok(performance.now() - late < inTime, 'a new wait fails within two seconds too')
  // These need no store but enter the journal, and arrive before Redis is given up on: not all can wait for it.
  const many = 2_500
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  t.teardown(() => socket.destroy())
  socket.write('GET /nope HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n'.repeat(many))
  let answers = ''
  for await (const chunk of socket.setEncoding('latin1')) {
    answers += String(chunk)
    if (answers.split('HTTP/1.1 404').length > many) break
  }
  redis.goOn()
  const dropped = async () => (await control.requests.list()).dropped
  await until(async () => (await dropped().catch(() => 0)) > 1_000)
  await until(async () => (await postOrder(url, { id: 'order-1' })).status === 200)
  await until(async () => (await orders.waitFor({}, { timeoutMs: 1 }).catch(() => null)) !== null)
})

t.test('a delivery whose outcome could not be recorded while Redis was down is sent again', { skip }, async (t) => {
  const redis = await redisFor(t)
  const held: ServerResponse[] = []
  const receiver = await receiverFor(t, (response) => {
    if (held.push(response) > 1) response.end()
  })
  const sandbox = await sandboxFor(t, { store: redis.url, webhooks: [receiver.url] })
  await postOrder(sandbox.url, { id: 'order-1' })
  await receiver.all(1)
  await redis.stop()
  held[0]?.end()
  await until(async () => (await readiness(sandbox.url)).status === 503)
  await redis.start()
  const [before, after] = await receiver.all(2)
  t.equal(after?.headers['x-sandbox-delivery'], before?.headers['x-sandbox-delivery'])
  t.match(await sandbox.deliveries.waitFor({ status: 'delivered' }), { attempts: { length: 1 } })
})

t.test('a sandbox starts over when its Redis is flushed', { skip }, async (t) => {
  const redis = await redisFor(t)
  const receiver = await receiverFor(t)
  const { url, faults } = await sandboxFor(t, { store: redis.url, webhooks: [receiver.url] })
  await faults.add({ on: 'orders.create', status: 422, always: true })
  await askRedis(redis.url, (client) => client.flushall())
  t.equal((await postOrder(url, { id: 'order-1' })).status, 200)
  await receiver.all(1)
})

/** Starts a sandbox and captures its log. */
async function logged(t: Test, options: SandboxOptions) {
  const { out, text } = logStream(t)
  const starting = runSandbox(readOptions(options), createLogger('trace', out))
  return { starting, text }
}

t.test('a start without Redis waits a few seconds, logs that, and fails with advice', async (t) => {
  const port = String(await steadyPort())
  const before = performance.now()
  const { starting, text } = await logged(t, { store: `redis://someone:hunter2@127.0.0.1:${port}` })
  await t.rejects(starting, {
    message: new RegExp(
      `^Redis at 127\\.0\\.0\\.1:${port} cannot be reached: .*ECONNREFUSED.*Start it, or change store\\.$`,
    ),
  })
  t.ok(performance.now() - before > 5_000)
  t.equal([...text().matchAll(/ECONNREFUSED.*waiting for Redis/g)].length, 1, 'logged once, in one line')
  t.notMatch(text(), 'hunter2')
})

t.test('a wrong Redis password fails the start, and no password is ever logged', { skip }, async (t) => {
  const redis = await redisFor(t, { password: 'correct-horse' })
  const wrong = await logged(t, { store: `redis://:hunter2@127.0.0.1:${String(redis.port)}` })
  await t.rejects(wrong.starting, { message: /^(?!.*hunter2).*refuses the sandbox: WRONGPASS/ })
  t.notMatch(wrong.text(), 'hunter2')
  await t.rejects(startSandbox({ store: `redis://127.0.0.1:${String(redis.port)}` }), { message: /NOAUTH/ })
  for (const store of ['redis://:hunter2@', 'redis://:hunter2%@127.0.0.1']) {
    const refused = await startSandbox({ store }).catch((error: unknown) => String(error))
    t.match(refused, /^(?!.*hunter2).*store must be memory, or an address such as redis/)
  }

  const receiver = await receiverFor(t)
  const { starting, text } = await logged(t, { store: redis.url, webhooks: [receiver.url] })
  const sandbox = await starting
  t.teardown(() => sandbox.close())
  t.equal((await postOrder(sandbox.url, {})).status, 200)
  await sandbox.deliveries.waitFor({ status: 'delivered' })
  await redis.stop()
  t.equal((await postOrder(sandbox.url, {})).status, 502)
  await redis.start()
  await until(async () => (await readiness(sandbox.url)).status === 200)
  await until(async () => text().includes('Redis is back'))
  t.match(text(), /Redis is away/)
  t.notMatch(text(), 'correct-horse')
  const [request] = /"request":"[^"]+"/.exec(text()) ?? []
  t.match(
    text()
      .split('\n')
      .find((line) => line.includes('"msg":"delivery"')),
    request,
  )
})

t.test('a Redis user without the needed permissions fails the start with the reason', { skip }, async (t) => {
  const redis = await redisFor(t)
  await askRedis(redis.url, (client) => client.call('ACL', 'SETUSER', 'weak', 'on', '>word', '~*', '+info', '+client'))
  await t.rejects(startSandbox({ store: redis.url.replace('//', '//weak:word@') }), {
    message: /^Redis at 127\.0\.0\.1:\d+ cannot be used: NOPERM .*'exists'.* change store\.$/,
  })
})

t.test('options that need the memory store are refused with a Redis store', async (t) => {
  const store = 'redis://127.0.0.1:1'
  for (const options of [{ seed: 'spring' }, { load: 'snapshot.json' }, { state: 'state.jsonl' }])
    await t.rejects(startSandbox({ store, ...options }), { message: /needs the memory store: / })
  await t.rejects(startSandbox({ store, storePrefix: '{a}' }), { message: /storePrefix must be letters/ })
})

t.test('a Redis that restarts with older data is used as it is', { skip }, async (t) => {
  const redis = await redisFor(t, { args: ['--appendonly', 'no', '--dbfilename', 'dump.rdb'] })
  const { url, faults } = await sandboxFor(t, { store: redis.url })
  await postOrder(url, { id: 'order-1' })
  await askRedis(redis.url, (client) => client.save())
  await faults.add({ on: 'orders.create', status: 422, always: true })
  await redis.kill()
  await redis.start()
  await until(async () => (await readiness(url)).status === 200)
  t.equal((await postOrder(url, { id: 'order-2' })).status, 200)
  t.equal((await call(url, 'GET', '/orders/order-1')).status, 200)
})

t.test('the start gives up on an address that accepts connections but never answers', async (t) => {
  const silent = createServer((socket) => socket.resume())
  const port = await listenFor(t, silent)
  await t.rejects(startSandbox({ store: `redis://127.0.0.1:${String(port)}` }), {
    message: /cannot be reached: no answer/,
  })
})

t.test('an address where something other than Redis answers is refused', async (t) => {
  const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n').on('error', () => undefined))
  const port = await listenFor(t, web)
  await t.rejects(startSandbox({ store: `redis://127.0.0.1:${String(port)}` }), {
    message: `What answers at 127.0.0.1:${String(port)} is not Redis: start one there, or change store.`,
  })
})

t.test('the start waits for a Redis that is not up yet, and logs it', { skip }, async (t) => {
  const redis = await redisFor(t)
  await redis.stop()
  const { starting, text } = await logged(t, { store: redis.url })
  await until(async () => text().includes('waiting for Redis'))
  await redis.start()
  await (await starting).close()
  t.match(text(), 'Redis answers')
})

t.test('the start waits for a Redis whose first answers are slow', { skip }, async (t) => {
  const redis = await redisFor(t)
  let connections = 0
  const slow = createServer((socket) => {
    const upstream = connect(redis.port, '127.0.0.1')
    socket.pipe(upstream)
    // The first connection only probes; the second stays open.
    if (++connections !== 2) upstream.pipe(socket)
    else setTimeout(() => upstream.pipe(socket), 2_000)
    socket.on('error', () => upstream.destroy()).on('close', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
  })
  const port = await listenFor(t, slow)
  const sandbox = await sandboxFor(t, { store: `redis://127.0.0.1:${String(port)}` }, asForUsers)
  t.equal((await postOrder(sandbox.url, {})).status, 200)
})

t.test('a Redis that refuses writes fails the start', { skip }, async (t) => {
  const redis = await redisFor(t, { args: ['--min-replicas-to-write', '1'] })
  await t.rejects(startSandbox({ store: redis.url }), { message: /NOREPLICAS/ })
})

t.test('a sandbox that is closed while its Redis is down does not keep the process alive', { skip }, async (t) => {
  const redis = await redisFor(t)
  const script = `
    const { startSandbox } = require(${JSON.stringify(resolve(__dirname, '../../dist/index.js'))})
    startSandbox({ store: ${JSON.stringify(redis.url)} }).then((sandbox) => {
      process.stdout.write('started')
      process.stdin.once('end', () => sandbox.close()).resume()
    })`
  const child = spawn(process.execPath, ['--eval', script], { stdio: ['pipe', 'pipe', 'inherit'], timeout: 20_000 })
  await once(child.stdout, 'data')
  await redis.stop()
  child.stdin.end()
  t.strictSame(await once(child, 'exit'), [0, null])
})

t.test('a server whose Redis is down exits with 0 on SIGTERM', { skip }, async (t) => {
  const redis = await redisFor(t)
  const server = await serving(t, [], { SANDBOX_STORE: redis.url })
  await postOrder(server.url, {})
  await redis.stop()
  await until(async () => (await readiness(server.url)).status === 503)
  server.child.kill('SIGTERM')
  t.strictSame(await server.exit, [0, null])
})

/** Two replicas and a webhook whose receiver holds only the first delivery. */
async function heldDelivery(t: Test) {
  const redis = await redisFor(t)
  const held: ServerResponse[] = []
  const underWay: boolean[] = []
  const receiver = await receiverFor(t, (response) => {
    underWay.push(held.some((each) => !each.destroyed))
    if (held.push(response) > 1) response.end()
  })
  const shared = { store: redis.url, clock: noon, webhooks: [receiver.url] }
  const first = await sandboxFor(t, shared)
  const second = await sandboxFor(t, shared)
  await postOrder(first.url, { id: 'order-1' })
  await receiver.all(1)
  return { redis, receiver, second, held, underWay }
}

t.test('a delivery stays with its replica however long the receiver takes', { skip }, async (t) => {
  const { second, held, underWay } = await heldDelivery(t)
  // Longer than a lock lasts unless renewed.
  await t.rejects(second.deliveries.waitFor({ status: 'delivered' }, { timeoutMs: 11_000 }))
  t.strictSame(underWay, [false])
  held[0]?.end()
  t.match(await second.deliveries.waitFor({ status: 'delivered' }), { attempts: { length: 1 } })
})

t.test('a delivery whose lock cannot be renewed is aborted before another replica sends it', { skip }, async (t) => {
  const { redis, receiver, second, held, underWay } = await heldDelivery(t)
  redis.hang()
  t.teardown(() => {
    redis.goOn()
  })
  await until(async () => held[0]?.destroyed === true)
  redis.goOn()
  const [before, after] = await receiver.all(2)
  t.strictSame(underWay, [false, false])
  t.equal(after?.headers['x-sandbox-delivery'], before?.headers['x-sandbox-delivery'])
  t.match(await second.deliveries.waitFor({ status: 'delivered' }), { attempts: { length: 1 } })
})

t.test("an error in Redis itself answers 500 and is logged without the request's data", { skip }, async (t) => {
  // Hosted Redis may lack a command.
  const redis = await redisFor(t, { args: ['--rename-command', 'HINCRBY', ''] })
  const { starting, text } = await logged(t, { store: redis.url })
  const sandbox = await starting
  t.teardown(() => sandbox.close())
  const secretive = { candidate: { first_name: 'Mia-Never-Logged' } }
  t.match(await postOrder(sandbox.url, secretive), { status: 500, body: { errorCode: 'InternalServerError' } })
  await until(async () => /unknown .*command/i.test(text()))
  t.notMatch(text(), 'Mia-Never-Logged')
})

t.test('deliveries continue after Redis is killed in the middle of them', { skip }, async (t) => {
  const redis = await redisFor(t, { args: ['--appendfsync', 'always'] })
  const receiver = await receiverFor(t)
  const first = await sandboxFor(t, { store: redis.url, webhooks: [receiver.url] })
  await sandboxFor(t, { store: redis.url, webhooks: [receiver.url] })
  const statuses: number[] = []
  for (let round = 1; round <= 3; round++) {
    const posting = Array.from({ length: 100 }, async () => {
      statuses.push((await postOrder(first.url, {})).status)
    })
    await receiver.all(round * 20)
    await redis.kill()
    await redis.start()
    await Promise.all(posting)
    await until(async () => (await readiness(first.url)).status === 200)
  }
  const answered = statuses.filter((status) => status === 200).length
  t.ok(answered > 0)
  await until(async () => (await first.deliveries.list({ status: 'pending' })).deliveries.length === 0)
  t.ok(new Set(receiver.received.map(({ headers }) => headers['x-sandbox-delivery'])).size >= answered)
})

/** Ways to make Redis refuse writes, and how to undo each. */
const unwritable: [
  reason: RegExp,
  begin: (client: Redis) => Promise<unknown>,
  end: (client: Redis) => Promise<unknown>,
][] = [
  [
    /NOREPLICAS/,
    (client) => client.config('SET', 'min-replicas-to-write', '1'),
    (client) => client.config('SET', 'min-replicas-to-write', '0'),
  ],
  [/OOM/, (client) => client.config('SET', 'maxmemory', '1'), (client) => client.config('SET', 'maxmemory', '0')],
  [/READONLY/, (client) => client.replicaof('127.0.0.1', '1'), (client) => client.replicaof('NO', 'ONE')],
  [
    /can't run this command/,
    (client) => client.call('acl', 'setuser', 'default', '-@write'),
    (client) => client.call('acl', 'setuser', 'default', '+@write'),
  ],
  [
    /MISCONF/,
    async (client) => {
      await client.config('SET', 'save', '3600 1000000')
      const [, folder = ''] = await client.config('GET', 'dir')
      rmSync(folder, { recursive: true })
      await client.bgsave()
      await until(async () => (await client.info('persistence')).includes('rdb_last_bgsave_status:err'))
    },
    (client) => client.config('SET', 'save', ''),
  ],
]

t.test('a sandbox is not ready while its Redis refuses writes, and says why', { skip }, async (t) => {
  for (const [reason, begin, end] of unwritable) {
    const redis = await redisFor(t)
    const { url } = await sandboxFor(t, { store: redis.url })
    await until(async () => (await readiness(url)).status === 200)
    await askRedis(redis.url, begin)
    t.match(await readiness(url), { status: 503, body: { status: 'not ready', reason } })
    t.equal((await postOrder(url, {})).status, 502, String(reason))
    await askRedis(redis.url, end)
    await until(async () => (await readiness(url)).status === 200)
  }
})

t.test('concurrent readiness checks share a write to Redis', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { url } = await sandboxFor(t, { store: redis.url })
  const written = async () => {
    const [, calls] =
      /cmdstat_set:calls=(\d+)/.exec(await askRedis(redis.url, (client) => client.info('commandstats'))) ?? []
    return Number(calls)
  }
  await readiness(url)
  const before = await written()
  redis.hang()
  const answers = Array.from({ length: 20 }, () => readiness(url))
  await until(async () => (await fetch(`${url}/_sandbox/health`)).status === 200)
  redis.goOn()
  await Promise.all(answers)
  t.ok((await written()) - before < 20)
})

t.test('connections whose peer disappears silently are reopened', { skip }, async (t) => {
  const redis = await redisFor(t)
  const sockets = new Set<Socket>()
  let silent = new Set<Socket>()
  const proxy = createServer((socket) => {
    const server = connect(redis.port, '127.0.0.1')
    sockets.add(socket)
    socket.on('data', (chunk) => silent.has(socket) || server.write(chunk))
    server.on('data', (chunk) => silent.has(socket) || socket.write(chunk))
    for (const each of [socket, server]) {
      each.on('error', () => undefined)
      each.on('close', () => {
        socket.destroy()
        server.destroy()
      })
    }
  })
  const port = await listenFor(t, proxy)
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
  })
  const storePrefix = randomUUID()
  const far = await sandboxFor(t, { store: `redis://127.0.0.1:${String(port)}`, storePrefix }, asForUsers)
  const near = await sandboxFor(t, { store: redis.url, storePrefix })
  const waiting = far.orders.waitFor({ id: 'order-2' }, { timeoutMs: 30_000 })
  await far.requests.list()
  silent = new Set(sockets)
  t.equal((await postOrder(far.url, { id: 'order-1' })).status, 502)
  await until(async () => (await postOrder(far.url, { id: 'order-1' })).status === 200)
  t.equal((await postOrder(near.url, { id: 'order-2' })).status, 200)
  t.match(await waiting, { id: 'order-2' }, 'subscriptions recover too')
})

t.test('a Redis that may evict keys is logged with the setting to change', { skip }, async (t) => {
  const redis = await redisFor(t, { args: ['--maxmemory-policy', 'allkeys-lru'] })
  const { starting, text } = await logged(t, { store: redis.url })
  const sandbox = await starting
  t.teardown(() => sandbox.close())
  t.match(text(), /"policy":"allkeys-lru".*set maxmemory-policy to noeviction/)
})

t.test('a failed start leaves no connection to Redis open', { skip }, async (t) => {
  const redis = await redisFor(t)
  await t.rejects(startSandbox({ store: redis.url, packages: '/nowhere.json' }), { message: /must be a JSON file/ })
  const clients = await askRedis(redis.url, (client) => client.client('LIST'))
  t.equal(String(clients).trim().split('\n').length, 1, 'the only client is the one asking')
})

t.test('a Redis address is parsed into host, port, credentials and TLS', (t) => {
  t.strictSame(addressOf('redis://redis.example.com'), { host: 'redis.example.com', port: 6379 })
  t.strictSame(addressOf('redis://:x@127.0.0.1:7000/1'), { host: '127.0.0.1', port: 7000 })
  t.strictSame(credentialsOf('redis://127.0.0.1'), {})
  t.strictSame(credentialsOf('rediss://some%20one:p%40ss@127.0.0.1'), {
    username: 'some one',
    password: 'p@ss',
    tls: {},
  })
  t.end()
})

t.test('a sandbox that cannot listen closes its connections to Redis', { skip }, async (t) => {
  const redis = await redisFor(t)
  const { url } = await sandboxFor(t, {})
  await t.rejects(startSandbox({ store: redis.url, port: Number(new URL(url).port) }), { code: 'EADDRINUSE' })
  await until(
    async () => !String(await askRedis(redis.url, (client) => client.client('LIST'))).includes('cmd=bzpopmin'),
  )
})

const promises = [
  { how: 'without persistence', args: ['--appendonly', 'no'], end: 'stop', isKept: false },
  { how: 'with AOF', args: [], end: 'stop', isKept: true },
  { how: 'with AOF at every write', args: ['--appendfsync', 'always'], end: 'kill', isKept: true },
] as const

for (const { how, args, end, isKept } of promises) {
  const what = isKept ? 'keeps answered orders' : 'loses answered orders'
  t.test(`a Redis ${how} ${what} after a ${end} and restart`, { skip }, async (t) => {
    const redis = await redisFor(t, { args: [...args] })
    const { url } = await sandboxFor(t, { store: redis.url })
    const placed = await postOrder(url, { id: 'order-1' })
    await redis[end]()
    await redis.start()
    await until(async () => (await readiness(url)).status === 200)
    t.equal((await call(url, 'GET', '/orders/order-1')).status, isKept ? 200 : 404)
    const again = await postOrder(url, { id: 'order-1' })
    t.equal(again.body['remote_id'] === placed.body['remote_id'], isKept)
  })
}
