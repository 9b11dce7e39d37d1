import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { StackOne } from '@stackone/stackone-client-ts'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { FaultListSchema, FaultSchema, type FaultToAdd } from '../../schemas/control/faults'
import { JournalEntrySchema } from '../../schemas/control/requests'
import { ErrorSchema } from '../../schemas/error'
import { createClock, type LocalClock } from '../../src/clock'
import { readOptions } from '../../src/config'
import type { ControlError, SandboxControl } from '../../src/index'
import { runSandbox } from '../../src/start-sandbox'
import { bothWays } from '../support/both'
import { logStream } from '../support/log-stream'
import { call, callChecks, goodHeaders, ordersPath, postOrder, sandboxFor, violationsOf } from '../support/sandbox'
import { until } from '../support/until'

const noon = { clock: '2026-01-31T12:00:00.000Z' }
const broken = ['reset-in-body', 'truncated-json', 'not-json'] as const

/** Resolves once the faults of `control` have been applied `count` times in total. */
const struck = (control: Pick<SandboxControl, 'faults'>, count = 1) =>
  until(async () => (await control.faults.list()).reduce((sum, fault) => sum + fault.struck, 0) === count)

const hasOrder = (control: SandboxControl, id: string) =>
  control.orders.get(id).then(
    () => true,
    (error: unknown) => (error as ControlError).statusCode !== 404,
  )

const order = (url: string, id: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  fetch(url + ordersPath, {
    method: 'POST',
    headers: { ...goodHeaders, ...headers },
    body: JSON.stringify({ id }),
    ...(signal && { signal }),
  })

/** Orders over a separate connection; returns the raw response, and how the connection ended. */
async function orderByHand(url: string, id: string): Promise<{ text: string; ending: string | undefined }> {
  const body = JSON.stringify({ id })
  const headers = { ...goodHeaders, host: 'localhost', connection: 'close', 'content-length': String(body.length) }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let text = ''
  let ending: string | undefined = 'end'
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  socket.on('error', ({ code }: NodeJS.ErrnoException) => (ending = code))
  socket.write(`POST ${ordersPath} HTTP/1.1\r\n${head.join('')}\r\n${body}`)
  await once(socket, 'close').catch(() => undefined)
  return { text, ending }
}

/** The statuses of `count` calls, made one after the other. */
async function statuses(url: string, count: number, account = 'acme', path = '/packages'): Promise<number[]> {
  const all = []
  for (let i = 0; i < count; i++)
    all.push((await call(url, 'GET', path, undefined, { 'x-account-id': account })).status)
  return all
}

bothWays(
  'a fault answers with any error status and its typed body, and the call has no effect',
  async (t, { url, control }) => {
    for (const status of [400, 401, 403, 404, 408, 409, 412, 418, 422, 429, 500, 501, 502, 503, 599]) {
      const { id } = await control.faults.add({ status })
      const answer = await postOrder(url, { id: `order-${String(status)}` })
      t.equal(answer.status, status)
      t.match(answer.body, { statusCode: status, message: /./, errorCode: /Error$/ })
      t.strictSame(violationsOf(ErrorSchema, answer.body), [])
      t.equal(answer.headers.get('retry-after'), status === 408 || status === 429 ? '60' : null)
      t.ok(answer.headers.get('x-sandbox-hint')?.startsWith(`${id} asked for this answer`))
      t.notOk(await hasOrder(control, `order-${String(status)}`), `${String(status)}: nothing was ordered`)

      const [entry] = (await control.requests.list({ operation: 'orders.create' })).requests
      t.match(entry, { status, fault: id, account: 'acme', orderId: null })
      t.strictSame(violationsOf(JournalEntrySchema, entry), [])
    }
    t.equal((await postOrder(url, { id: 'order-404' })).status, 200)
    const { requests } = await control.requests.list({ orderId: 'order-404' })
    t.match(requests, [{ status: 200, fault: null }])
  },
)

bothWays('a fault uses the given message, errorCode and Retry-After', async (t, { url, control }) => {
  const asked: FaultToAdd[] = [
    { status: 429, retryAfter: 0 },
    { status: 408, retryAfter: 1 },
    { status: 503, retryAfter: 86_400, message: 'Back tomorrow – désolé' },
    { status: 401, retryAfter: 5, errorCode: 'AccountExpiredCredentialsError' },
  ]
  for (const fault of asked) {
    t.strictSame((await control.faults.add(fault)).fault, fault)
    const { status, headers, body } = await postOrder(url, {})
    t.equal(status, fault.status)
    t.equal(headers.get('retry-after'), String(fault.retryAfter))
    if (fault.message !== undefined) t.equal(body['message'], fault.message)
    if (fault.errorCode !== undefined) t.equal(body['errorCode'], fault.errorCode)
  }
})

bothWays('422 and 502 carry provider_errors', async (t, { url, control }) => {
  for (const [status, told] of [
    [422, 422],
    [502, 503],
  ] as const) {
    await control.faults.add({ status })
    t.match((await postOrder(url, {})).body['provider_errors'], [{ status: told, url: /^https:/ }])
  }
  await control.faults.add({ status: 500 })
  t.strictSame((await postOrder(url, {})).body['provider_errors'], [])
})

bothWays('a call that is never answered has no effect and does not block others', async (t, { url, control }) => {
  const fault = await control.faults.add({ answer: 'none' })
  const client = new AbortController()
  const unanswered = order(url, 'lost', {}, client.signal)
  await struck(control)
  t.equal((await postOrder(url, { id: 'next' })).status, 200)
  client.abort()
  await t.rejects(unanswered, { name: 'AbortError' })
  t.match(await control.requests.waitForMany({ operation: 'orders.create' }, { count: 2 }), [
    { status: 200, fault: null },
    { status: null, fault: fault.id, response: { body: null } },
  ])
  t.notOk(await hasOrder(control, 'lost'))
})

bothWays('a connection is reset before the answer', async (t, { url, control }) => {
  const fault = await control.faults.add({ answer: 'reset' })
  t.strictSame(await orderByHand(url, 'lost'), { text: '', ending: 'ECONNRESET' })
  const entry = await control.requests.waitFor({ operation: 'orders.create' })
  t.match(entry, { status: null, fault: fault.id })
  t.strictSame(violationsOf(JournalEntrySchema, entry), [])
  t.notOk(await hasOrder(control, 'lost'))
})

bothWays('a connection is reset mid-body, after the order is placed', async (t, { url, control }) => {
  const fault = await control.faults.add({ answer: 'reset-in-body' })
  // Node's client can't always tell a reset from an end.
  const { text } = await orderByHand(url, 'placed')
  const [head = '', half = ''] = text.split('\r\n\r\n')
  t.match(head, /^HTTP\/1\.1 200 OK\r\n/)
  t.match(head, /\r\ncontent-type: application\/json/i)
  const whole = Number(/content-length: (\d+)/i.exec(head)?.[1])
  t.equal(half.length, Math.ceil(whole / 2))
  t.match(half, /^\{"id":"placed"/)
  t.ok(await hasOrder(control, 'placed'))
  t.match(await control.requests.waitFor({ operation: 'orders.create' }), {
    status: null,
    orderId: 'placed',
    fault: fault.id,
    response: { body: half },
  })
  await control.faults.add({ answer: 'reset-in-body' })
  const response = await order(url, 'also placed')
  await t.rejects(response.text(), { name: 'TypeError', message: 'terminated' })
})

bothWays('an answer is truncated to half its JSON, after the order is placed', async (t, { url, control }) => {
  const fault = await control.faults.add({ answer: 'truncated-json' })
  const response = await order(url, 'placed')
  const text = await response.text()
  t.equal(response.status, 200)
  t.match(response.headers.get('content-type'), 'application/json')
  t.equal(response.headers.get('content-length'), String(text.length))
  t.match(text, /^\{"id":"placed"/)
  t.throws(() => JSON.parse(text) as unknown, SyntaxError)
  t.ok(await hasOrder(control, 'placed'))
  const entry = await control.requests.waitFor({ operation: 'orders.create' })
  t.match(entry, { status: 200, fault: fault.id })
  t.equal(entry.response.body, text, 'the journal has the bytes that were sent')
})

bothWays('an answer is not JSON, after the order is placed', async (t, { url, control }) => {
  const fault = await control.faults.add({ answer: 'not-json' })
  const response = await order(url, 'placed')
  const text = await response.text()
  t.equal(response.status, 200)
  t.match(response.headers.get('content-type'), 'text/html')
  t.equal(response.headers.get('content-length'), String(text.length))
  t.throws(() => JSON.parse(text) as unknown, SyntaxError)
  t.ok(await hasOrder(control, 'placed'))
  const entry = await control.requests.waitFor({ operation: 'orders.create' })
  t.match(entry, { status: 200, fault: fault.id, response: { headers: { 'content-type': /html/ } } })
  t.equal(entry.response.body, text, 'the journal has the bytes that were sent')
})

bothWays('a fault does not break a genuine error response', async (t, { url, control }) => {
  for (const answer of broken) {
    await control.faults.add({ answer })
    const { status, body } = await call(url, 'GET', '/orders/none')
    t.equal(status, 404)
    t.strictSame(violationsOf(ErrorSchema, body), [])
  }
})

t.test('a keep-alive client recovers from each kind of broken answer', async (t) => {
  const sandbox = await sandboxFor(t)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => {
    agent.destroy()
  })
  const read = () =>
    new Promise<string>((resolve) => {
      const fail = ({ code }: NodeJS.ErrnoException) => {
        resolve(String(code))
      }
      const { authorization, 'x-account-id': account } = goodHeaders
      const headers = { authorization, 'x-account-id': account }
      get(`${sandbox.url}/unified/ats/assessments/packages`, { agent, headers }, (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => {
          resolve(text)
        })
        response.on('error', fail)
      }).on('error', fail)
    })
  const proper = await read()
  t.ok(JSON.parse(proper))
  for (const [answer, got] of [
    ['reset', 'ECONNRESET'],
    ['reset-in-body', 'ECONNRESET'],
    ['truncated-json', proper.slice(0, Math.ceil(proper.length / 2))],
    ['not-json', /^<!doctype html>/],
  ] as const) {
    await sandbox.faults.add({ answer })
    t.match(await read(), got, answer)
    t.equal(await read(), proper, `after ${answer}`)
  }
})

bothWays(
  "a delay follows the sandbox's clock, and the order is placed after it",
  async (t, { url, control }) => {
    const fault = await control.faults.add({ delayMs: 3_600_000 })
    let isAnswered = false
    const answer = order(url, 'slow').finally(() => (isAnswered = true))
    await struck(control)
    await control.clock.advance(3_599_999)
    t.equal((await postOrder(url, { id: 'quick' })).status, 200)
    t.notOk(isAnswered)
    t.notOk(await hasOrder(control, 'slow'))
    await control.clock.advance(1)
    const response = await answer
    t.equal(response.status, 200)
    t.equal(response.headers.get('preference-applied'), null)
    t.match(await response.text(), /^\{"id":"slow".*\}$/, 'the body contains no newline')
    t.match((await control.requests.waitFor({ orderId: 'slow' })).fault, fault.id)
  },
  noon,
)

bothWays(
  'a delay also applies before a status, a reset or a broken body',
  async (t, { url, control }) => {
    for (const [fault, got] of [
      [{ status: 429 }, /^HTTP\/1\.1 429 /],
      [{ answer: 'reset' }, ''],
      [{ answer: 'not-json' }, 'not JSON'],
    ] as const) {
      await control.faults.clear()
      await control.faults.add({ ...fault, delayMs: 1_000 })
      let isAnswered = false
      const answer = orderByHand(url, 'order-1').finally(() => (isAnswered = true))
      await struck(control)
      await control.clock.advance(999)
      t.equal((await statuses(url, 1))[0], 200)
      t.notOk(isAnswered)
      await control.clock.advance(1)
      t.match((await answer).text, got)
    }
  },
  noon,
)

/** A clock on which nothing waits, and which records each requested wait. */
function hurriedClock() {
  const waits: number[] = []
  const clock = createClock(0)
  const hurried = Object.assign(Object.create(clock) as LocalClock, {
    at(instant: number, action: () => unknown) {
      waits.push(instant - clock.now())
      void setImmediate().then(action)
      return () => undefined
    },
  })
  return { clock: hurried, waits }
}

t.test('a random delay stays within its bounds and is the same in every run', async (t) => {
  const runs = []
  for (let run = 0; run < 2; run++) {
    const { clock, waits } = hurriedClock()
    const sandbox = await sandboxFor(t, {}, { clock })
    await sandbox.faults.add({ delayMs: 200, delayToMs: 800, always: true })
    await statuses(sandbox.url, 50)
    runs.push(waits)
  }
  const [first = [], second] = runs
  t.equal(first.length, 50)
  t.strictSame(second, first)
  for (const ms of first) t.ok(Number.isInteger(ms) && ms >= 200 && ms <= 800, `${String(ms)} ms`)
  t.ok(new Set(first).size > 25)
  t.ok(Math.min(...first) < 350 && Math.max(...first) > 650, 'the delays are spread over the range')
})

t.test('a random delay may have equal bounds, and a delay of 0 is none', async (t) => {
  const { clock, waits } = hurriedClock()
  const sandbox = await sandboxFor(t, {}, { clock })
  await sandbox.faults.add({ delayMs: 250, delayToMs: 250 })
  await sandbox.faults.add({ delayMs: 0 })
  t.strictSame(await statuses(sandbox.url, 2), [200, 200])
  t.strictSame(waits, [250])
  t.match(await sandbox.faults.list(), [{ struck: 1 }, { struck: 1 }])
})

bothWays(
  'with Prefer: heartbeat, newlines keep the connection alive during a delay',
  async (t, { url, control }) => {
    const fault = await control.faults.add({ delayMs: 3_500 })
    const answer = order(url, 'slow', { prefer: 'respond-async, Heartbeat' })
    await struck(control)
    await control.clock.advance(1_000)
    const response = await answer
    t.equal(response.status, 200)
    t.match(Object.fromEntries(response.headers), {
      'preference-applied': 'heartbeat',
      'content-type': 'application/json; charset=utf-8',
      'transfer-encoding': 'chunked',
    })
    const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>
    const read = async () => Buffer.from((await reader.read()).value ?? []).toString()
    t.equal(await read(), '\n')
    t.notOk(await hasOrder(control, 'slow'))
    await control.clock.advance(1_000)
    t.equal(await read(), '\n')
    await control.clock.advance(1_500)
    let rest = ''
    for (let text = await read(); text !== ''; text = await read()) rest += text
    t.match(rest, /^\n\{/)
    t.match(JSON.parse(rest), { id: 'slow', test_url: /^http/ })
    const entry = await control.requests.waitFor({ orderId: 'slow' })
    t.match(entry, { status: 200, fault: fault.id })
    await control.clock.advance(60_000)
    t.equal((await control.requests.list({ orderId: 'slow' })).requests.length, 1)
  },
  noon,
)

bothWays(
  'a heartbeat sends no newline before an answer within a second, or before a faulty answer',
  async (t, { url, control }) => {
    for (const fault of [{ delayMs: 1_000 }, { delayMs: 3_000, status: 429 }, { delayMs: 3_000, answer: 'not-json' }]) {
      await control.faults.clear()
      await control.faults.add(fault as FaultToAdd)
      const answer = order(url, 'order-1', { prefer: 'heartbeat' })
      await struck(control)
      await control.clock.advance(3_000)
      const response = await answer
      const text = await response.text()
      t.equal(response.status, fault.status ?? 200)
      t.equal(response.headers.get('preference-applied'), 'heartbeat')
      t.equal(response.headers.get('content-length'), String(text.length))
      t.notMatch(text, /^\n/)
    }
  },
  noon,
)

bothWays(
  'after a heartbeat newline, an error keeps the status 200 already sent',
  async (t, { url, control }) => {
    await control.faults.add({ delayMs: 2_500 })
    const { 'content-type': _, ...headers } = goodHeaders
    const answer = fetch(`${url}${ordersPath}/none`, { headers: { ...headers, prefer: 'heartbeat' } })
    await struck(control)
    await control.clock.advance(2_500)
    const response = await answer
    t.equal(response.status, 200)
    const text = await response.text()
    t.match(text, /^\n\n\{/)
    t.match(JSON.parse(text), { statusCode: 404, message: 'Order none not found' })
  },
  noon,
)

bothWays(
  'a delayed HEAD request gets no heartbeat, since it has no body',
  async (t, { url, control }) => {
    await control.faults.add({ on: 'packages.list', delayMs: 2_500 })
    const { 'content-type': _, ...headers } = goodHeaders
    let isAnswered = false
    const answer = fetch(`${url}/unified/ats/assessments/packages`, {
      method: 'HEAD',
      headers: { ...headers, prefer: 'heartbeat' },
    }).finally(() => (isAnswered = true))
    await struck(control)
    await control.clock.advance(2_499)
    t.equal((await postOrder(url, {})).status, 200)
    t.notOk(isAnswered)
    await control.clock.advance(1)
    t.equal((await answer).status, 200)
    t.match(await control.requests.waitFor({ operation: 'packages.list' }), { method: 'HEAD', status: 200 })
    t.equal((await control.requests.list({ operation: 'packages.list' })).requests.length, 1)
  },
  noon,
)

for (const prefer of ['wait=1', 'heartbeat']) {
  bothWays(
    `a client that gives up during a delay has one journal entry, and its order is still placed (Prefer: ${prefer})`,
    async (t, { url, control }) => {
      const fault = await control.faults.add({ delayMs: 5_000 })
      const client = new AbortController()
      const answer = order(url, 'slow', { prefer }, client.signal)
      await struck(control)
      if (prefer === 'heartbeat') {
        await control.clock.advance(1_000)
        t.equal((await answer).status, 200)
      }
      client.abort()
      await t.rejects(
        answer.then((response) => response.text()),
        { name: 'AbortError' },
      )
      t.match(await control.requests.waitFor({ operation: 'orders.create' }), {
        status: null,
        fault: fault.id,
        orderId: null,
      })
      await control.clock.advance(60_000)
      await control.orders.waitFor()
      t.ok(await hasOrder(control, 'slow'))
      t.equal((await statuses(url, 1))[0], 200)
      t.equal((await control.requests.list({ operation: 'orders.create' })).requests.length, 1)
    },
    noon,
  )
}

t.test('the log names the fault, and reports connections that ended without a complete answer', async (t) => {
  const { lines, sandbox } = await logging(t)
  for (const fault of [{ status: 502 }, { answer: 'reset' }, { answer: 'reset-in-body' }])
    await sandbox.faults.add(fault as FaultToAdd)
  for (let i = 0; i < 4; i++) await orderByHand(sandbox.url, `order-${String(i)}`)
  await until(async () => lines().length === 4)
  t.match(lines(), [
    { level: 40, status: 502, fault: 'fault-1', error: 'asked for by fault-1', hint: /^fault-1 / },
    { level: 40, fault: 'fault-2', error: 'the connection ended without a whole answer' },
    { level: 40, fault: 'fault-3', order: 'order-2', error: 'the connection ended without a whole answer' },
    { level: 30, status: 200, order: 'order-3' },
  ])
  for (const i of [1, 2]) t.notOk('status' in (lines()[i] ?? {}), 'an incomplete answer is logged without a status')
  t.notOk('fault' in (lines()[3] ?? {}))
})

/** A sandbox and its log, an object per line. */
async function logging(t: Test) {
  const { out, lines } = logStream(t)
  const sandbox = await runSandbox(readOptions({}), pino({ level: 'info' }, out))
  t.teardown(() => sandbox.close())
  return { sandbox, lines }
}

t.test('a 500 from a fault is not logged as a defect', async (t) => {
  const { lines, sandbox } = await logging(t)
  await sandbox.faults.add({ status: 500 })
  t.strictSame(await statuses(sandbox.url, 1), [500])
  t.strictSame(await statuses(sandbox.url, 1, 'sandbox-broken'), [500])
  await until(async () => lines().length === 2)
  t.match(lines(), [
    { level: 50, msg: 'request', status: 500, fault: 'fault-1' },
    { level: 50, msg: 'request', status: 500, fault: 'sandbox-broken' },
  ])
})

t.test('an endless 429 fault logs a warning, since the SDK retries for an hour', async (t) => {
  const { lines, sandbox } = await logging(t)
  for (const fault of [{}, { times: 100 }, { every: 2, times: 3 }]) await sandbox.faults.add({ status: 429, ...fault })
  await sandbox.faults.add({ status: 500, always: true })
  t.strictSame(lines(), [])
  const endless = []
  for (const fault of [{ always: true }, { every: 2 }, { after: 3 }])
    endless.push((await sandbox.faults.add({ status: 429, ...fault })).id)
  await until(async () => lines().length === 3)
  t.match(
    lines(),
    endless.map((fault) => ({ level: 40, fault, msg: /an hour.*hang/ })),
  )
})

bothWays('faults count exactly under concurrent calls', async (t, { url, control }) => {
  await control.faults.add({ status: 409, every: 10 })
  await control.faults.add({ status: 502, times: 7 })
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => postOrder(url, { id: `order-${String(i)}` })))
  const count = (status: number) => answers.filter((answer) => answer.status === status).length
  t.strictSame([count(409), count(502), count(200)], [10, 7, 83])
  t.match(await control.faults.list(), [
    { seen: 100, struck: 10, isEndless: true, isSpent: false },
    { seen: 7, struck: 7, isEndless: false, isSpent: true },
  ])
  t.equal((await control.orders.list({ limit: 1_000 })).length, 83)
})

bothWays('a fault applies to one account, or to all', async (t, { url, control }) => {
  const own = await control.account('acme').faults.add({ status: 409, always: true })
  t.equal(own.account, 'acme')
  t.strictSame(await statuses(url, 2, 'globex'), [200, 200])
  t.strictSame(await statuses(url, 2), [409, 409])
  const all = await control.faults.add({ status: 502, times: 2 })
  t.equal(all.account, null)
  t.strictSame(await statuses(url, 1, 'globex'), [502])
  t.strictSame(await statuses(url, 1), [409])
  t.strictSame(await statuses(url, 2, 'initech'), [502, 200])
})

bothWays('a fault applies to one operation, or to all', async (t, { url, control }) => {
  const operations = {
    'orders.create': ['POST', '/orders', {}],
    'orders.get': ['GET', '/orders/order-1', undefined],
    'results.update': ['PATCH', '/orders/order-1/result', {}],
    'results.get': ['GET', '/orders/order-1/results', undefined],
    'packages.list': ['GET', '/packages', undefined],
    'packages.get': ['GET', '/packages/pkg_sql_queries', undefined],
    'background_checks.orders.create': ['POST', '/orders', {}],
    'background_checks.results.update': ['PATCH', '/orders/order-1/result', {}],
    'background_checks.packages.list': ['GET', '/packages', undefined],
    'background_checks.packages.get': ['GET', '/packages/check_basic', undefined],
    'background_checks.packages.create': ['POST', '/packages', {}],
    'background_checks.packages.update': ['PATCH', '/packages/check_basic', {}],
    'background_checks.packages.delete': ['DELETE', '/packages/check_basic', undefined],
  } as const
  const callAll = async () => {
    const struck = []
    for (const [name, [method, path, body]] of Object.entries(operations)) {
      const caller = name.startsWith('background_checks') ? callChecks : call
      if ((await caller(url, method, path, body)).status === 503) struck.push(name)
    }
    return struck
  }
  for (const on of Object.keys(operations) as (keyof typeof operations)[]) {
    const { id } = await control.faults.add({ on, status: 503, always: true })
    t.strictSame(await callAll(), [on])
    t.match(await control.faults.list(), [{ id, seen: 1 }])
    await control.faults.remove(id)
  }
  for (const fault of [{}, { on: '*' as const }]) {
    const { id } = await control.faults.add({ ...fault, status: 503, always: true })
    t.strictSame(await callAll(), Object.keys(operations))
    await control.faults.remove(id)
  }
  t.strictSame(await callAll(), [])
})

bothWays('faults apply only to calls of the assessments API', async (t, { url, control }) => {
  await control.faults.add({ status: 503, always: true })
  t.equal((await fetch(`${url}/_sandbox/health`)).status, 200)
  t.equal((await fetch(`${url}/openapi.json`)).status, 200)
  t.equal((await call(url, 'GET', '/nothing')).status, 404)
  t.equal((await call(url, 'GET', '/packages', undefined, { authorization: 'Basic eDo=' })).status, 401)
  t.match(await control.faults.list(), [{ seen: 0, struck: 0 }])
})

bothWays('faults are listed, removed and cleared', async (t, { url, control }) => {
  const acme = control.account('acme')
  t.strictSame(await control.faults.list(), [])
  const all = await control.faults.add({ on: 'orders.create', status: 500, times: 2 })
  const own = await acme.faults.add({ answer: 'not-json', every: 2 })
  const other = await control.account('globex').faults.add({ delayMs: 1, always: true })
  const counted = { seen: 0, struck: 0, isSpent: false }
  t.strictSame(await control.faults.list(), [
    { id: all.id, account: null, fault: { on: 'orders.create', status: 500, times: 2 }, ...counted, isEndless: false },
    { id: own.id, account: 'acme', fault: { answer: 'not-json', every: 2 }, ...counted, isEndless: true },
    { id: other.id, account: 'globex', fault: { delayMs: 1, always: true }, ...counted, isEndless: true },
  ])
  t.strictSame(await acme.faults.list(), [all, own])
  t.strictSame(violationsOf(FaultSchema, own), [])
  t.strictSame(violationsOf(FaultListSchema, { faults: await control.faults.list() }), [])

  await control.faults.remove(all.id)
  t.equal((await postOrder(url, {})).status, 200)
  await acme.faults.clear()
  t.match(await control.faults.list(), [{ id: other.id }])
  t.strictSame(await statuses(url, 2), [200, 200])

  const again = await control.faults.add({ status: 500, always: true })
  await acme.faults.clear()
  t.match(await acme.faults.list(), [{ id: again.id }], 'clearing an account keeps faults that apply to all accounts')
  await control.faults.clear()
  t.strictSame(await control.faults.list(), [])
  t.strictSame(await statuses(url, 2, 'globex'), [200, 200])
})

bothWays('removing an unknown fault gets 404, and a blank account 400', async (t, { control }) => {
  const { id } = await control.faults.add({ status: 500 })
  await control.faults.remove(id)
  for (const unknown of [id, 'fault-99', '__proto__'])
    await t.rejects(control.faults.remove(unknown), { name: 'ControlError', statusCode: 404, message: unknown })
  await t.rejects(control.account(' ').faults.add({ status: 500 }), { name: 'ControlError', statusCode: 400 })
})

bothWays('a contradictory fault is refused with the reason', async (t, { control }) => {
  const contradictions: [FaultToAdd, string][] = [
    [{}, 'body must have a status, an answer or a delayMs'],
    [{ on: 'orders.get', times: 2, delayToMs: 5 }, 'body must have a status, an answer or a delayMs'],
    [{ status: 500, answer: 'none' }, 'body cannot have both a status and an answer'],
    [{ answer: 'none', message: '' }, 'body/message, body/errorCode and body/retryAfter need a status'],
    [{ delayMs: 5, errorCode: 'ConflictError' }, 'body/message, body/errorCode and body/retryAfter need a status'],
    [{ delayMs: 5, retryAfter: 0 }, 'body/message, body/errorCode and body/retryAfter need a status'],
    [{ status: 500, delayToMs: 5 }, 'body/delayToMs needs a delayMs that is not above it'],
    [{ delayMs: 6, delayToMs: 5 }, 'body/delayToMs needs a delayMs that is not above it'],
    [{ status: 500, times: 1, always: true }, 'body cannot have both times and always'],
  ]
  for (const [fault, message] of contradictions)
    await t.rejects(control.faults.add(fault), { statusCode: 400, message }, JSON.stringify(fault))

  const invalid: [object, RegExp][] = [
    [{ status: 399 }, /body\/status must be >= 400/],
    [{ status: 600 }, /body\/status must be <= 599/],
    [{ status: '500' }, /body\/status must be integer/],
    [{ status: 500, times: 0 }, /body\/times must be >= 1/],
    [{ status: 500, every: 0 }, /body\/every must be >= 1/],
    [{ status: 500, after: -1 }, /body\/after must be >= 0/],
    [{ delayMs: 3_600_001 }, /body\/delayMs must be <= 3600000/],
    [{ answer: 'silence' }, /body\/answer/],
    [{ on: 'orders.delete', status: 500 }, /body\/on/],
    [{ statuss: 500 }, /statuss/],
    [{ status: 401, errorCode: '' }, /body\/errorCode must NOT have fewer than 1 characters/],
    [{ status: 401, errorCode: 'x'.repeat(101) }, /body\/errorCode must be at most 100 characters long/],
    [{ status: 401, errorCode: 5 }, /body\/errorCode must be string/],
  ]
  for (const [fault, message] of invalid)
    await t.rejects(control.faults.add(fault as FaultToAdd), { statusCode: 400, message }, JSON.stringify(fault))
  t.strictSame(await control.faults.list(), [])
})

bothWays('a snapshot includes faults with their counts', async (t, { url, control }) => {
  await control.faults.add({ status: 409, every: 3 })
  await control.account('acme').faults.add({ status: 502, times: 2 })
  t.strictSame(await statuses(url, 1), [502])
  const [snapshot, ofGlobex] = [await control.snapshot(), await control.account('globex').snapshot()]
  const before = await control.faults.list()
  await control.reset()
  t.strictSame(await control.faults.list(), [])
  await control.load(snapshot)
  t.strictSame(await control.faults.list(), before)
  t.strictSame(await statuses(url, 5), [502, 409, 200, 200, 409])
  await control.reset()
  await control.load(ofGlobex)
  t.strictSame(await control.faults.list(), [], "an account's snapshot omits faults that apply to all accounts")
})

t.test('a sandbox closes in time while calls are delayed or unanswered', async (t) => {
  const sandbox = await sandboxFor(t, { store: 'memory', ...noon })
  await sandbox.faults.add({ delayMs: 10_000, times: 2 })
  await sandbox.faults.add({ answer: 'none' })
  const calls = [order(sandbox.url, 'delayed'), order(sandbox.url, 'beating', { prefer: 'heartbeat' })]
  await struck(sandbox, 2)
  calls.push(order(sandbox.url, 'unanswered'))
  await struck(sandbox, 3)
  await sandbox.clock.advance(1_000)
  const ends = Promise.all(
    calls.map((answer) =>
      answer
        .then((response) => response.text())
        .then(
          () => 'answered',
          () => 'broken',
        ),
    ),
  )
  const start = performance.now()
  await sandbox.close()
  t.ok(performance.now() - start < 20_000, 'closing does not wait for clients to give up')
  t.strictSame(await ends, ['broken', 'broken', 'broken'])
  const entries = await sandbox.requests.waitForMany({ operation: 'orders.create' }, { count: 3 })
  for (const { status } of entries) t.equal(status, null)
})

t.test('the official SDK recovers from a 429 and a 408 by itself', async (t) => {
  const sandbox = await sandboxFor(t)
  const sdk = new StackOne({
    serverURL: sandbox.url,
    security: sandbox.credentials,
    retryConfig: {
      strategy: 'backoff',
      backoff: { initialInterval: 1, maxInterval: 50, exponent: 1, maxElapsedTime: 5_000 },
      retryConnectionErrors: false,
    },
  })
  for (const status of [429, 408]) {
    await sandbox.faults.clear()
    await sandbox.faults.add({ on: 'orders.create', status, retryAfter: 1, times: 2 })
    const id = `order-${String(status)}`
    const { createAssessmentOrderResult } = await sdk.ats.orderAssessmentsRequest({
      xAccountId: 'acme',
      atsCreateCandidatesAssessmentsRequestDto: { id },
    })
    t.equal(createAssessmentOrderResult?.id, id)
    t.match(await sandbox.faults.list(), [{ struck: 2 }])
  }
  t.match(
    (await sandbox.requests.list()).requests,
    [200, 408, 408, 200, 429, 429].map((status) => ({ status })),
  )
})

t.test('a snapshot holds at most 5,000 faults, and 500 of an account', async (t) => {
  const sandbox = await sandboxFor(t)
  const faults = Array.from({ length: 5_000 }, (_, i) => ({
    accountId: `account-${String(i % 10)}`,
    fault: { status: 500 },
    seen: 0,
    struck: 0,
  }))
  const snapshot = await sandbox.snapshot()
  await sandbox.load({ ...snapshot, faults })
  t.equal((await sandbox.faults.list()).length, 5_000)
  for (const wrong of [[...faults, ...faults], faults.map((fault) => ({ ...fault, accountId: 'acme' }))])
    await t.rejects(sandbox.load({ ...snapshot, faults: wrong }), /over 500 faults for an/)
})

t.test('the heartbeat stops when its client disconnects', async (t) => {
  const clock = createClock(Date.parse('2026-01-31T12:00:00.000Z'))
  const sandbox = await sandboxFor(t, {}, { clock })
  await sandbox.faults.add({ delayMs: 3_600_000 })
  const client = new AbortController()
  const answer = order(sandbox.url, 'slow', { prefer: 'heartbeat' }, client.signal).catch(() => null)
  await struck(sandbox)
  t.equal(clock.nextAt(), Date.parse('2026-01-31T12:00:01.000Z'), 'the first heartbeat is due')
  client.abort()
  await answer
  await until(async () => clock.nextAt() === Date.parse('2026-01-31T13:00:00.000Z'))
  await sandbox.clock.advance(3_600_000)
  await sandbox.orders.waitFor()
  t.ok(await hasOrder(sandbox, 'slow'), 'its order is still placed')
})
