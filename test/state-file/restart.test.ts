import { randomUUID } from 'node:crypto'
import promises, { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Snapshot } from '../../schemas/control/snapshot'
import type { LocalClock, Standing } from '../../src/clock'
import { type Sandbox, type SandboxControl, type SandboxOptions, startSandbox, verifySignature } from '../../src/index'
import { endLine } from '../../src/state-file/entries'
import { headerSize } from '../../src/state-file/header'
import { restorer } from '../../src/state-file/restore'
import type { StoredOrder } from '../../src/store/records'
import { watch } from '../support/live-stream'
import { receiverFor } from '../support/receiver'
import { call, depsFor, fullOrder, postOrder, sandboxFor, storedOrder } from '../support/sandbox'
import { until } from '../support/until'

const noon = '2026-01-31T12:00:00.000Z'
const setUp = { clock: noon, publicUrl: 'http://sandbox.example.com' }

/** A folder of its own until the end of `t`, which sandboxes may write to until then. */
async function folderFor(t: Test): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'state-'))
  t.teardown(() => rm(dir, { recursive: true }))
  return dir
}

const fileFor = async (t: Test) => join(await folderFor(t), 'sandbox.state')

/** A snapshot without its timestamp. */
async function held(control: Pick<SandboxControl, 'snapshot'>): Promise<Omit<Snapshot, 'takenAt'>> {
  const { takenAt, ...rest } = await control.snapshot()
  return rest
}

/** Starts a sandbox on a copy of `file`, which is what a kill at this moment would leave. */
async function afterKill(t: Test, file: string, options: SandboxOptions = {}): Promise<Sandbox> {
  const copy = `${file}.${randomUUID()}`
  await copyFile(file, copy)
  return sandboxFor(t, { ...setUp, ...options, state: copy })
}

const inBytes = (order: StoredOrder) => ({ ...order, request: Buffer.from(order.request) })

/** Resolves once a kill would leave a file with `text` in it, in a step that is complete. */
const untilKept = (file: string, text: string) =>
  until(async () => {
    const kept = await readFile(file, 'utf8')
    return kept.includes(text) && kept.endsWith(endLine.toString())
  })

const orderCalled = (id: string) => `"id":"${id}","remoteId"`

t.test('everything survives a restart: orders, results, webhooks, deliveries, faults and the clock', async (t) => {
  const file = await fileFor(t)
  let isDown = true
  const receiver = await receiverFor(t, (response, { path }) =>
    response.writeHead(isDown && path === '/acme' ? 503 : 200).end(),
  )
  const first = await sandboxFor(t, { ...setUp, state: file })
  const acme = first.account('acme')
  await first.webhooks.add({ url: `${receiver.url}/all`, secret: 'whsec_all' })
  const removed = await first.webhooks.add({ url: `${receiver.url}/removed` })
  await first.webhooks.remove(removed.id)
  await acme.webhooks.add({ url: `${receiver.url}/acme`, secret: 'whsec_acme' })
  const spent = await first.faults.add({ status: 503 })
  await first.faults.remove(spent.id)
  await acme.faults.add({ on: 'packages.get', status: 429, times: 3 })
  await call(first.url, 'POST', '/orders', { ...fullOrder, results_update_url: `${receiver.url}/results` })
  await call(first.url, 'POST', '/orders', { id: 'order-1', brand_new: { a: [1] } }, { 'x-account-id': 'globex' })
  await call(first.url, 'PATCH', `/orders/${fullOrder.id}/result`, { score: { value: '92' } })
  await call(first.url, 'GET', '/packages/none')
  await first.clock.advance(1_000)
  const before = await held(first)
  const pages = await Promise.all([first.orders.list(), first.deliveries.list(), first.faults.list()])
  await first.close()

  const next = await sandboxFor(t, { ...setUp, state: file })
  t.strictSame(await held(next), before)
  const same = await Promise.all([next.orders.list(), next.deliveries.list(), next.faults.list()])
  t.strictSame(withoutRequestIds(same), withoutRequestIds(pages))
  t.strictSame(await next.clock.read(), { now: '2026-01-31T12:00:01.000Z', isFrozen: true })
  t.equal((await postOrder(next.url, { id: 'order-1' }, { 'x-account-id': 'globex' })).status, 409)
  const { id } = await next.faults.add({ status: 503, times: 1 })
  t.equal(id, 'fault-3', 'ids are not used again')

  // Deliveries that were waiting continue, with the same ids and secrets.
  const pending = (await next.deliveries.list({ status: 'pending' })).deliveries
  t.equal(pending.length, 2)
  isDown = false
  receiver.received.length = 0
  await next.clock.advance(60_000)
  t.strictSame(
    receiver.received.map(({ headers }) => headers['x-sandbox-delivery']).sort(),
    pending.map(({ id }) => id).sort(),
  )
  for (const { raw, headers } of receiver.received)
    t.ok(verifySignature(raw, headers['x-stackone-signature'], 'whsec_acme'))
})

/** The request that caused a delivery is history, as the journal is. */
const withoutRequestIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name, inner: unknown) => (name === 'requestId' ? null : inner))

t.test('what was answered survives a kill a few seconds later, without a clean end', async (t) => {
  const file = await fileFor(t)
  const sandbox = await sandboxFor(t, { ...setUp, state: file })
  await postOrder(sandbox.url, { id: 'order-1' })
  await untilKept(file, orderCalled('order-1'))
  await call(sandbox.url, 'PATCH', '/orders/order-1/result', { summary: 'Solid' })
  await untilKept(file, 'Solid')
  const killed = await afterKill(t, file)
  t.strictSame(await held(killed), await held(sandbox))
})

t.test('a reset, of an account or of everything, survives; what came after it is kept', async (t) => {
  const file = await fileFor(t)
  const sandbox = await sandboxFor(t, { ...setUp, state: file })
  for (const account of ['acme', 'globex']) {
    await sandbox.account(account).webhooks.add({ url: 'http://127.0.0.1:9/' })
    await sandbox.account(account).orders.create({ id: 'gone' })
    await sandbox.account(account).faults.add({ status: 503 })
  }
  await untilKept(file, '"accountId":"globex"')
  await sandbox.account('acme').reset()
  await sandbox.account('acme').orders.create({ id: 'after' })
  await untilKept(file, orderCalled('after'))
  t.strictSame(await held(await afterKill(t, file)), await held(sandbox))
  await sandbox.reset()
  await sandbox.orders.create({ id: 'last' })
  await untilKept(file, orderCalled('last'))
  const killed = await afterKill(t, file)
  t.match(await killed.orders.list(), { length: 1, 0: { id: 'last' } })
  t.strictSame(await held(killed), await held(sandbox))
})

t.test('a loaded snapshot survives, and replaces what was there before', async (t) => {
  const file = await fileFor(t)
  const receiver = await receiverFor(t, (response) => response.writeHead(503).end())
  const sandbox = await sandboxFor(t, { ...setUp, state: file })
  await sandbox.webhooks.add({ url: receiver.url })
  await sandbox.orders.create({ id: 'order-1' })
  await sandbox.clock.advance(0)
  const snapshot = await sandbox.snapshot()
  await sandbox.orders.create({ id: 'forgotten' })
  await untilKept(file, orderCalled('forgotten'))
  await sandbox.load(snapshot)
  await sandbox.close()
  const next = await sandboxFor(t, { ...setUp, state: file })
  const { takenAt, ...rest } = snapshot
  t.strictSame(await held(next), rest)
})

t.test('a file of --save-on-exit, or any other snapshot, is read as the state, and becomes one', async (t) => {
  const file = await fileFor(t)
  const other = await sandboxFor(t, setUp)
  await other.orders.create({ id: 'order-1' })
  await writeFile(file, JSON.stringify(await other.snapshot()))
  const sandbox = await sandboxFor(t, { ...setUp, state: file })
  t.strictSame(await held(sandbox), await held(other))
  await sandbox.orders.create({ id: 'order-2' })
  await untilKept(file, orderCalled('order-2'))
  t.match(await (await afterKill(t, file)).orders.list(), [{ id: 'order-2' }, { id: 'order-1' }])
})

t.test('a first start that fails leaves the file new, so that the next one still loads its snapshot', async (t) => {
  const dir = await folderFor(t)
  const [file, fixture] = [join(dir, 'sandbox.state'), join(dir, 'fixture.json')]
  await writeFile(fixture, '{}')
  await t.rejects(sandboxFor(t, { ...setUp, load: fixture, state: file }), /^load must be a snapshot, but/)
  const other = await sandboxFor(t, setUp)
  await other.orders.create({ id: 'from the fixture' })
  await writeFile(fixture, JSON.stringify(await other.snapshot()))
  const sandbox = await sandboxFor(t, { ...setUp, load: fixture, state: file })
  t.match(await sandbox.orders.list(), [{ id: 'from the fixture' }])
})

t.test('what is removed or reset right after a restart does not come back', async (t) => {
  const file = await fileFor(t)
  const first = await sandboxFor(t, { ...setUp, state: file })
  await first.webhooks.add({ url: 'http://127.0.0.1:9/' })
  await first.faults.add({ status: 503 })
  await first.close()
  const second = await sandboxFor(t, { ...setUp, state: file })
  t.strictSame([(await second.webhooks.list()).length, (await second.faults.list()).length], [1, 1])
  await second.reset()
  await second.close()
  const third = await sandboxFor(t, { ...setUp, state: file })
  t.strictSame([(await third.webhooks.list()).length, (await third.faults.list()).length], [0, 0])
})

t.test('an order that is made again after a reset replaces the earlier one, whatever a copy knew', (t) => {
  const state = depsFor() as unknown as Parameters<typeof restorer>[0]
  const restored = restorer(state)
  const [before, after] = ['before', 'after'].map((name) => inBytes(storedOrder({ token: name, remoteId: name })))
  for (const order of [before, after]) if (order) restored.take({ order })
  restored.take({ reset: 'acme' })
  if (after) restored.take({ order: after })
  t.strictSame([...state.store.each()], [after])
  t.end()
})

t.test('with a seed, ids of webhooks and results are not repeated after a restart, either', async (t) => {
  const file = await fileFor(t)
  const ids: (string | null | undefined)[] = []
  for (const run of ['1', '2', '3']) {
    const sandbox = await sandboxFor(t, { ...setUp, seed: 'spring', state: file })
    ids.push((await sandbox.webhooks.add({ url: `http://127.0.0.1:9/${run}` })).id)
    await sandbox.orders.create({ id: `order-${run}` })
    ids.push((await sandbox.orders.complete(`order-${run}`)).result?.id)
    await sandbox.close()
  }
  t.equal(new Set(ids).size, 6)
  t.equal((await (await sandboxFor(t, { ...setUp, seed: 'spring', state: file })).webhooks.list()).length, 3)
})

t.test('requests are kept as they were sent, in several lines and with tabs and all of Unicode', async (t) => {
  const file = await fileFor(t)
  const first = await sandboxFor(t, { ...setUp, state: file })
  const texts = [
    '{\n\t"id": "order-1",\r\n\t"candidate": { "first_name": "Zoë" }\n}\n',
    '\t{"id":\t"order-2","candidate":{"first_name":"Łukasz 🦉"}}',
    '{"id":"order-3"}',
  ]
  for (const text of texts) await postOrder(first.url, text)
  const requestsIn = async (sandbox: Sandbox) => (await sandbox.snapshot()).orders.map(({ request }) => request)
  t.strictSame(await requestsIn(first), texts)
  await first.close()
  const next = await sandboxFor(t, { ...setUp, state: file })
  t.strictSame(await requestsIn(next), texts)
})

t.test('--load fills a new state only, so that a restart continues instead of starting over', async (t) => {
  const dir = await folderFor(t)
  const [file, fixture] = [join(dir, 'sandbox.state'), join(dir, 'fixture.json')]
  const other = await sandboxFor(t, setUp)
  await other.orders.create({ id: 'from the fixture' })
  await writeFile(fixture, JSON.stringify(await other.snapshot()))
  await writeFile(file, '')
  const first = await sandboxFor(t, { ...setUp, load: fixture, state: file })
  await first.orders.create({ id: 'order-2' })
  await first.close()
  const next = await sandboxFor(t, { ...setUp, load: fixture, state: file })
  t.match(await next.orders.list(), [{ id: 'order-2' }, { id: 'from the fixture' }])
})

t.test('webhooks of the set-up follow it over a restart; those that were added stay', async (t) => {
  const file = await fileFor(t)
  const [left, kept, added, fresh] = ['left', 'kept', 'added', 'fresh'].map((name) => `http://127.0.0.1:9/${name}`)
  const first = await sandboxFor(t, { webhooks: [String(left), String(kept)], state: file })
  await first.webhooks.add({ url: String(added) })
  const ids = new Map((await first.webhooks.list()).map(({ url, id }) => [url, id]))
  await first.close()
  const next = await sandboxFor(t, { webhooks: [String(kept), String(fresh)], state: file })
  const found = await next.webhooks.list()
  t.strictSame(
    found.map(({ url }) => url),
    [kept, added, fresh],
  )
  for (const { url, id } of found) t.equal(id === ids.get(url), url !== fresh)
})

t.test('time limits go on after a restart, and with a seed ids are not repeated', async (t) => {
  const file = await fileFor(t)
  const options = { ...setUp, expireAfter: 60, seed: 'spring', state: file }
  const first = await sandboxFor(t, options)
  const { remoteId } = await first.orders.create({ id: 'order-1' })
  await first.orders.create({ id: 'order-2' })
  await first.orders.complete('order-2')
  await first.clock.advance(30_000)
  await first.close()
  const next = await sandboxFor(t, options)
  t.not((await next.orders.create({ id: 'order-3' })).remoteId, remoteId)
  await next.clock.advance(30_000)
  t.match(await next.orders.list(), [{ state: 'ordered' }, { state: 'passed' }, { state: 'expired' }])
})

t.test('a clock that was moved stays as far ahead, and a move under way is not lost', async (t) => {
  const file = await fileFor(t)
  const hour = 60 * 60_000
  const first = await sandboxFor(t, { state: file })
  await first.clock.advance(hour)
  await first.close()
  const next = await sandboxFor(t, { state: file })
  const { now, isFrozen } = await next.clock.read()
  t.equal(isFrozen, false)
  const ahead = Date.parse(now) - Date.now()
  t.ok(ahead > hour - 1_000 && ahead < hour + 60_000)
  // While it moves, a clock stands still: a kill then must not leave it frozen.
  const { clock } = depsFor() as unknown as { clock: LocalClock }
  const standings: Standing[] = []
  clock.at(clock.now() + hour, () => standings.push(clock.standing()))
  await clock.advance(hour)
  t.match(standings, [{ frozen: null }])
  t.ok(Number(standings[0]?.ahead) > hour - 1_000)
})

t.test('a state with more orders than the set-up allows is refused with the setting to raise', async (t) => {
  const file = await fileFor(t)
  const first = await sandboxFor(t, { state: file })
  await first.orders.create()
  await first.orders.create()
  await first.close()
  const tooMany = sandboxFor(t, { state: file, maxOrders: 1 })
  await t.rejects(
    tooMany,
    /^state must be a state file, but .*it has 2 orders, and the maximum is 1: raise maxOrders\.$/,
  )
  await t.rejects(sandboxFor(t, { state: file, maxOrderBytes: 1 }), /and the maximum is 1: raise maxOrderBytes\.$/)
  t.match(await (await sandboxFor(t, { state: file })).orders.list(), { length: 2 })
})

t.test('a file that is not a state file is refused by name, and left alone', async (t) => {
  const file = await fileFor(t)
  for (const [text, why] of [
    ['{"format":"wiremock"}', /it is not a snapshot of this sandbox/],
    ['not JSON at all', /it is not a snapshot of this sandbox/],
    ['\ufffe', /sandbox\.state cannot be read: /],
  ] as const) {
    await writeFile(file, text)
    await t.rejects(sandboxFor(t, { state: file }), why)
    t.equal(await readFile(file, 'utf8'), text)
  }
  await writeFile(file, Buffer.from('\ufeff{}', 'utf16le'))
  await t.rejects(sandboxFor(t, { state: file }), /it is UTF-16: save it as UTF-8/)
})

t.test('a snapshot that cannot become a state, for want of room, prevents the start and stays', async (t) => {
  const file = await fileFor(t)
  const text = JSON.stringify(await (await sandboxFor(t, setUp)).snapshot())
  await writeFile(file, text)
  // In place, for a folder is where the copy would go.
  await mkdir(join(`${file}.unfinished`, 'x'), { recursive: true })
  const { statfs } = promises
  t.teardown(() => (promises.statfs = statfs))
  promises.statfs = (async () => ({ bavail: 0, bsize: 4096 })) as unknown as typeof statfs
  await t.rejects(sandboxFor(t, { state: file }), /^state must be a state file, but the disk has no room left for/)
  t.equal(await readFile(file, 'utf8'), text)
})

t.test('the file stays small however often the same things change', async (t) => {
  const file = await fileFor(t)
  const sandbox = await sandboxFor(t, { ...setUp, state: file })
  await sandbox.webhooks.add({ url: 'http://127.0.0.1:9/' })
  const summary = (letter: string) => ({ summary: letter.repeat(900_000) })
  for (let i = 0; i < 6; i++) await postOrder(sandbox.url, { id: `order-${String(i)}` })
  for (const letter of ['a', 'b', 'c', 'd']) {
    for (let i = 0; i < 6; i++) await call(sandbox.url, 'PATCH', `/orders/order-${String(i)}/result`, summary(letter))
    await untilKept(file, letter.repeat(900_000))
  }
  await until(async () => !(await readFile(file)).subarray(0, headerSize).includes('"whole":0}'))
  await until(async () => (await stat(file)).size < 60_000_000)
  await sandbox.close()
  const next = await sandboxFor(t, { ...setUp, state: file })
  const letters = (await next.orders.list()).map(({ result }) => result?.summary?.replace(/(.)\1*/, '$1'))
  t.strictSame(
    letters,
    Array.from({ length: 6 }, () => 'd'),
  )
})

t.test('a state whose trouble is over is well again, even if nothing has changed since', async (t) => {
  const file = await fileFor(t)
  const sandbox = await sandboxFor(t, { ...setUp, state: file })
  const status = async () => (await fetch(`${sandbox.url}/_sandbox/health/ready`)).status
  await rename(file, `${file}.moved`)
  await until(async () => (await status()) === 503)
  await rename(`${file}.moved`, file)
  await until(async () => (await status()) === 200)
})

t.test('a state that cannot be saved is reported by the health check and the live view, and close fails', async (t) => {
  const file = await fileFor(t)
  const sandbox = await startSandbox({ ...setUp, state: file })
  const live = await watch(t, sandbox.url)
  t.equal((await live.next()).problem, null)
  const ready = async () => {
    const response = await fetch(`${sandbox.url}/_sandbox/health/ready`)
    return { status: response.status, ...((await response.json()) as object) }
  }
  t.match(await ready(), { status: 'ready' })
  await rename(file, `${file}.moved`)
  await sandbox.orders.create()
  const problem = `the state is not saved: ${file} was removed or replaced by something else`
  t.match(await live.until((message) => message.problem !== null), { problem })
  t.match(await ready(), { status: 'not ready', reason: problem })

  await rename(`${file}.moved`, file)
  t.match(await live.until((message) => message.problem === null), { orderCount: 1 })
  t.match(await ready(), { status: 'ready' })
  t.match(await (await afterKill(t, file)).orders.list(), { length: 1 })

  await rename(file, `${file}.moved`)
  await sandbox.orders.create()
  await t.rejects(sandbox.close(), { message: problem })
})

t.test('of finished deliveries, the latest ten thousand are restored', async (t) => {
  const deps = depsFor() as unknown as Parameters<typeof restorer>[0]
  const restored = restorer(deps)
  const delivery = (number: number) => ({
    accountId: 'acme',
    orderId: 'order-1',
    remoteId: 'remote-1',
    number,
    event: 'results_callback' as const,
    at: 0,
    result: null,
    payload: null,
    receiver: {
      ...{ method: 'PATCH', url: 'http://127.0.0.1:9/', secret: null, webhookId: null, origin: 'x' },
      style: 'native' as const,
    },
    status: 'delivered' as const,
    nextAttemptAt: null,
    attempts: [],
    earlier: 0,
    turn: number,
  })
  restored.take({ order: inBytes(storedOrder()) })
  for (let i = 1; i <= 10_002; i++) restored.take({ deliveries: [delivery(i)] })
  await restored.finish()
  const numbers: number[] = []
  for await (const { number } of deps.deliveries.list(null)) numbers.push(number)
  t.equal(numbers.length, 10_000)
  t.strictSame([numbers.at(-1), numbers[0]], [3, 10_002])
})
