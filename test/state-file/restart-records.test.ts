import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { fileState } from '../../src/compose/file'
import { readOptions } from '../../src/config'
import type { State } from '../../src/deps'
import { callbackReceiver } from '../../src/deliveries/outgoing'
import { verifySignature } from '../../src/index'
import { encoded, endLine, entryOf, lineOf, unitLine } from '../../src/state-file/entries'
import { headerSize } from '../../src/state-file/header'
import { restorer } from '../../src/state-file/restore'
import { nobody, subjectFor } from '../../src/store/records'
import { allOf } from '../support/each-store'
import { receiverFor } from '../support/receiver'
import { depsFor, postOrder, sandboxFor, storedOrder } from '../support/sandbox'
import { until } from '../support/until'

const noon = '2026-01-31T12:00:00.000Z'
const setUp = { clock: noon, publicUrl: 'http://sandbox.example.com' }

async function fileFor(t: Test): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'state-'))
  t.teardown(() => rm(dir, { recursive: true }))
  return join(dir, 'sandbox.state')
}

/** The state that `file` keeps, or would keep after a kill at this moment. */
async function opened(t: Test, file: string, clock = noon): Promise<State> {
  const state = await fileState(
    { ...readOptions({ ...setUp, clock, state: file }), state: file },
    {
      logger: pino({ level: 'silent' }),
      metrics: null,
      resolve: () => Promise.reject(new Error('tests must not look up names')),
      timeout: 600_000,
    },
  )
  t.teardown(() => state.close(0))
  return state
}

async function afterKill(t: Test, file: string): Promise<State> {
  const copy = `${file}.${randomUUID()}`
  await copyFile(file, copy)
  return opened(t, copy)
}

const untilKept = (file: string, text: string) =>
  until(async () => {
    const kept = await readFile(file, 'utf8')
    return kept.includes(text) && kept.endsWith(endLine.toString())
  })

/** What is kept beside orders. */
const held = async ({ records, accounts, deliveries, webhooks, since }: State) => ({
  records: await allOf(records.export(null)),
  accounts: await accounts.export(null),
  deliveries: await allOf(deliveries.export(null)),
  webhooks: await webhooks.export(null),
  since: since(),
})

const news = { accountId: 'acme', remoteId: 'ats-1', data: { title: 'Engineer' }, requestId: null }
const moved = (id: string, value: string | null) => () => ({
  value,
  news: { ...news, event: 'ats_jobs.updated' as const, recordId: id },
})
const disabled = (updatedAt: number) => () => ({
  settings: { id: 'acme', provider: 'greenhouse', status: 'disabled' as const, packages: null, updatedAt },
  news: { ...news, event: 'account.updated' as const, recordId: 'acme' },
})
const about = (accountId: string, id: string) => subjectFor(accountId, 'ats_jobs', id)
const job = (id: string) => ({ accountId: 'acme', kind: 'jobs', id }) as const

const ofGlobex = { accountId: 'globex', kind: 'jobs', id: 'job-9' } as const
const told = (event: 'ats_jobs.created' | 'ats_jobs.deleted') => () => ({
  value: '{"a":1}',
  news: { ...news, accountId: 'globex', event, recordId: 'job-9' },
})

/** Records, settings of accounts, webhooks, and deliveries that are about no order. */
async function fill(t: Test, state: State) {
  const receiver = await receiverFor(t, (response) => response.writeHead(503).end())
  await state.webhooks.add({
    ...{ accountId: 'acme', url: receiver.url, secret: 'whsec_1' },
    ...{ events: ['ats_jobs.updated'], style: 'synthetic' },
  })
  await state.records.change(job('job-1'), moved('job-1', '{"title":"Engineer"}'))
  await state.records.change(job('job-2'), moved('job-2', null))
  await state.accounts.change('acme', disabled(1))
  await state.webhooks.add({
    ...{ accountId: 'globex', url: receiver.url, secret: 'whsec_1', events: ['ats_jobs.created'] },
  })
  await state.records.change(ofGlobex, told('ats_jobs.deleted'))
  await state.records.change(ofGlobex, told('ats_jobs.created'))
  await receiver.all(3)
  await until(async () =>
    (await allOf(state.deliveries.list(null))).every(
      ({ status, attempts }) => status !== 'pending' || attempts.length > 0,
    ),
  )
}

t.test('records, settings of accounts and deliveries about no order survive a restart and a kill', async (t) => {
  const file = await fileFor(t)
  const first = await opened(t, file)
  await fill(t, first)
  await untilKept(file, `"${about('globex', 'job-9')}"`)
  await until(async () => (await readFile(file, 'utf8')).includes('"status":503'))
  const before = await held(first)
  t.match(before, {
    records: [
      { id: 'job-1', value: '{"title":"Engineer"}' },
      { id: 'job-2', value: null },
      { id: 'job-9', accountId: 'globex' },
    ],
    accounts: [{ id: 'acme', status: 'disabled' }],
    deliveries: [
      { orderId: null, remoteId: about('acme', 'job-1'), status: 'pending', receiver: { style: 'synthetic' } },
      { orderId: null, remoteId: about('acme', 'job-2'), payload: /"record_type":"jobs"/ },
      { remoteId: subjectFor('acme', 'account', 'acme'), status: 'not-subscribed', receiver: nobody },
      { remoteId: about('globex', 'job-9'), number: 1, status: 'not-subscribed' },
      { remoteId: about('globex', 'job-9'), number: 2, payload: /"event":"ats_jobs.created"/ },
    ],
    webhooks: [{ events: ['ats_jobs.updated'], style: 'synthetic' }, { events: ['ats_jobs.created'] }],
    since: Date.parse(noon),
  })
  await first.close(0)
  const next = await opened(t, file, '2026-03-01T00:00:00.000Z')
  t.strictSame(await held(next), before, 'with the instant that invented data leads up to')
  t.strictSame(
    await next.deliveries.exchanges(`${about('globex', 'job-9')}.2`),
    [],
    'without what was sent and received',
  )
})

t.test('a reset of an account removes its records and settings from the file', async (t) => {
  const file = await fileFor(t)
  const state = await opened(t, file)
  await fill(t, state)
  await untilKept(file, '"job-1"')
  await state.reset('acme')
  await state.records.change(job('job-3'), () => ({ value: '{}', news: null }))
  await untilKept(file, '"job-3"')
  const killed = await afterKill(t, file)
  t.strictSame(await held(killed), await held(state))
  t.match(await held(killed), { records: [{ id: 'job-9' }, { id: 'job-3' }], accounts: [], deliveries: { length: 2 } })
  await state.reset(null)
  await state.close(0)
  t.match(await held(await opened(t, file)), { records: [], accounts: [], deliveries: [] })
})

t.test('a compaction keeps records, settings of accounts and deliveries about no order', async (t) => {
  const file = await fileFor(t)
  const state = await opened(t, file)
  await fill(t, state)
  for (const letter of 'abcdefgh') {
    await state.records.change(job('job-4'), () => ({ value: JSON.stringify(letter.repeat(1_000_000)), news: null }))
    await untilKept(file, letter.repeat(1_000_000))
  }
  await until(async () => !(await readFile(file)).subarray(0, headerSize).includes('"whole":0}'))
  t.ok((await stat(file)).size < 8_000_000)
  await state.records.change(job('job-5'), () => ({ value: '{}', news: null }))
  await state.close(0)
  const next = await opened(t, file)
  const { records, ...rest } = await held(next)
  t.match(rest, { accounts: { length: 1 }, deliveries: { length: 5 }, webhooks: { length: 2 } })
  t.match(records, [
    ...[{ id: 'job-1' }, { id: 'job-2' }, { id: 'job-4', value: /^"h+"$/ }, { id: 'job-5' }],
    { id: 'job-9' },
  ])
})

t.test('records are not written again at a restart', async (t) => {
  const file = await fileFor(t)
  const first = await opened(t, file)
  await first.records.change(job('job-1'), () => ({ value: JSON.stringify('only once'), news: null }))
  await first.close(0)
  await (await opened(t, file)).close(0)
  t.equal((await readFile(file, 'utf8')).split('only once').length, 2)
})

t.test("a restart keeps webhooks' events, styles and rotated secrets", async (t) => {
  const file = await fileFor(t)
  let status = 503
  const receiver = await receiverFor(t, (response) => response.writeHead(status).end())
  const first = await sandboxFor(t, { ...setUp, webhooks: [`${receiver.url}/start`], state: file })
  const [start] = await first.webhooks.list()
  await first.webhooks.update(String(start?.id), { events: ['account.created'], style: 'synthetic' })
  const { id } = await first.webhooks.add({ url: receiver.url, secret: 'whsec_old', style: 'synthetic' })
  await postOrder(first.url, { id: 'order-1' })
  await first.clock.advance(0)
  await first.webhooks.update(id, { secret: 'whsec_new' })
  const before = await first.webhooks.list()
  await first.close()
  status = 200
  const next = await sandboxFor(t, { ...setUp, webhooks: [`${receiver.url}/start`], state: file })
  t.strictSame(await next.webhooks.list(), before)
  await next.clock.advance(20_000)
  const [, retry] = await receiver.all(2)
  t.ok(verifySignature(String(retry?.raw), retry?.headers['x-stackone-signature'], 'whsec_new'))
})

t.test('a file of an earlier version is read: orders, webhooks and deliveries lack what is new', async (t) => {
  const deps = depsFor()
  const restored = restorer(deps as unknown as Parameters<typeof restorer>[0])
  const { kind, request, ...order } = storedOrder()
  const { style, ...receiver } = callbackReceiver('PATCH', 'http://127.0.0.1:9/')
  const delivery = {
    ...{ accountId: 'acme', orderId: 'order-1', remoteId: 'remote-1', number: 1, event: 'results_callback', at: 0 },
    ...{ result: null, receiver, status: 'delivered', nextAttemptAt: null, attempts: [], earlier: 0, turn: 1 },
  }
  const webhook = {
    id: 'hook-1',
    accountId: null,
    url: 'http://127.0.0.1:9/',
    secret: 's',
    disabled: null,
    isConfigured: false,
  }
  for (const fact of [{ webhook }, { order: { ...order, request }, deliveries: [delivery] }]) {
    const entry = entryOf(encoded(lineOf(fact as unknown as Parameters<typeof lineOf>[0])).subarray(0, -1))
    if (entry === null) return t.fail('a line is not as it was written')
    restored.take(entry)
  }
  await restored.finish()
  t.match(await deps.store.findOrder('acme', 'order-1'), { kind: 'assessment' })
  t.match(await deps.webhooks.list(), [{ id: 'hook-1', events: { length: 3 }, style: 'native' }])
  t.match(await allOf(deps.deliveries.list(null)), [{ payload: null, receiver: { style: 'native' } }])
})

t.test('an order of another kind is kept as that', (t) => {
  for (const kind of ['assessment', 'background_check'] as const) {
    const order = { ...storedOrder({ kind, id: kind, remoteId: kind, token: kind }) }
    const inBytes = { ...order, request: Buffer.from(order.request) }
    const entry = entryOf(encoded(unitLine(inBytes, [])).subarray(0, -1))
    t.match(entry, { order: { kind } })
  }
  t.end()
})
