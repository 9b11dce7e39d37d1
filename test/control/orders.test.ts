import t from 'tap'
import { ControlOrderSchema, type OrderFilter } from '../../schemas/control/orders'
import type { OrderRequest } from '../../schemas/order'
import { connectSandbox, ControlError } from '../../src/index'
import { memoryStore } from '../../src/store/memory/orders'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { call, fullOrder, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

const noon = '2026-01-31T12:00:00.000Z'
const ids = (orders: { id: string }[]) => orders.map(({ id }) => id)

bothWays(
  'an order is created as if a recruiter had clicked; blank fields get sample data',
  async (t, { url, control }) => {
    const order = await control.account('acme').orders.create()
    t.strictSame(violationsOf(ControlOrderSchema, order), [])
    t.match(order, { account: 'acme', state: 'ordered', orderedAt: noon, openedAt: null, startedAt: null })
    t.match(order, { resultAt: null, result: null, order: { id: order.id, remote_id: order.remoteId } })
    t.match(order.order, {
      package: { id: 'pkg_typescript_basics', name: String, description: String },
      candidate: { first_name: String, emails: [{ value: /@example\.com$/ }] },
      job: { title: String },
      application: { id: String },
      requester: { email: /@example\.com$/ },
    })
    t.ok(order.testUrl.startsWith(`${url}/tests/`))
    const { first_name = '', last_name = '' } = order.order.candidate ?? {}
    t.match(await (await fetch(order.testUrl)).text(), `${String(first_name)} ${String(last_name)}`)
    const { body } = await call(url, 'GET', `/orders/${order.id}`)
    t.strictSame(body, { data: order.order }, 'the emulated API returns it too')
  },
  { clock: noon },
)

bothWays('a created order keeps the given fields, and a known package id is completed', async (t, { control }) => {
  const mia = { first_name: 'Mia', emails: [{ value: 'mia@example.com' }] }
  const { order } = await control.orders.create({
    id: 'order-1',
    package: { id: 'pkg_sql_queries' },
    candidate: mia,
    ...({ job: undefined } as object),
  })
  t.match(order, { id: 'order-1', package: { id: 'pkg_sql_queries', name: 'SQL queries' } })
  t.matchOnly(order.candidate, { ...mia, id: /^cand_/, remote_id: /^ats-cand-/ })
  t.match(order.job, { title: String }, 'an undefined part gets sample data')

  const own = await control.orders.create({ package: { id: 'pkg_of_ours', name: 'Ours' } })
  t.strictSame(own.order.package, { id: 'pkg_of_ours', name: 'Ours' })
  const none = await control.orders.create({ package: null })
  t.equal(none.order.package ?? null, null)
})

bothWays(
  'without configured packages an order is created without a package',
  async (t, { control }) => {
    t.equal((await control.orders.create()).order.package, null)
  },
  { packages: [] },
)

bothWays('creating an existing order with a different body answers 409', async (t, { control }) => {
  const given = fullOrder as OrderRequest
  await control.orders.create(given)
  t.equal((await control.orders.create(given)).id, 'order-2041')
  await t.rejects(control.orders.create({ id: 'order-2041' }), {
    name: 'ControlError',
    statusCode: 409,
    message: /^An order with the id order-2041 already exists\nRepeat an order/,
  })
  t.equal((await control.orders.list()).length, 1)
})

bothWays('a repeated order of a recruiter is the same if it has each part again', async (t, { control }) => {
  const given = { ...(fullOrder as OrderRequest), id: 'order-1' }
  const first = await control.orders.create(given)
  const before = await control.snapshot()
  t.strictSame(await control.orders.create(given), first)
  const others: [string, OrderRequest][] = [
    ['another value', { ...given, job: { ...given.job, title: 'Another' } }],
    ['fewer items', { ...given, candidate: { ...given.candidate, emails: [] } }],
    ['a part of another type', { ...given, candidate: null }],
    ['fewer parts', { id: 'order-1', candidate: null }],
  ]
  const conflict = { name: 'ControlError', statusCode: 409 }
  for (const [what, other] of others) await t.rejects(control.orders.create(other), conflict, what)
  await t.rejects(control.orders.create(given, { kind: 'background_check' }), conflict, 'another kind')
  t.strictSame({ ...(await control.snapshot()), takenAt: '' }, { ...before, takenAt: '' }, 'nothing has changed')
})

bothWays(
  'with --repeated-orders conflict, a repeated order of a recruiter is 409',
  async (t, { control }) => {
    await control.orders.create(fullOrder as OrderRequest)
    await t.rejects(control.orders.create(fullOrder as OrderRequest), { name: 'ControlError', statusCode: 409 })
  },
  { repeatedOrders: 'conflict' },
)

bothWays(
  'an order of a recruiter that is refused as one too many leaves no records',
  async (t, { control }) => {
    await control.orders.create()
    const before = await control.snapshot()
    await t.rejects(control.orders.create(fullOrder as OrderRequest), { statusCode: 422, message: /1 / })
    t.strictSame({ ...(await control.snapshot()), takenAt: '' }, { ...before, takenAt: '' })
  },
  { maxOrders: 1 },
)

bothWays('orders are listed newest first, for one account or all', async (t, { url, control }) => {
  const acme = control.account('acme')
  t.strictSame(await acme.orders.list(), [])
  await acme.orders.create({ id: 'first' })
  await postOrder(url, { id: 'second' })
  await control.account('globex').orders.create({ id: 'third' })

  t.strictSame(ids(await acme.orders.list()), ['second', 'first'])
  t.strictSame(ids(await control.account('globex').orders.list({})), ['third'])
  t.strictSame(ids(await control.orders.list()), ['third', 'second', 'first'])
  t.strictSame(ids(await control.orders.list({ limit: 2 })), ['third', 'second'])
  t.strictSame(ids(await acme.orders.list({ limit: 1, id: 'first' })), ['first'])
})

bothWays('at most 100 orders are listed by default', async (t, { control }) => {
  for (let i = 0; i < 101; i++) await control.orders.create()
  t.equal((await control.orders.list()).length, 100)
  t.equal((await control.orders.list({ limit: 1000 })).length, 101)
})

bothWays(
  'orders can be filtered by id, state, candidate, package and job, also combined',
  async (t, { url, control }) => {
    await postOrder(url, fullOrder)
    const candidate = { id: 'cand_2', first_name: 'Ola', emails: [{ value: 'ola@example.com' }, { value: null }] }
    await postOrder(url, { id: 'other', candidate, package: { id: 'pkg_2', name: 'Rust & C++' }, job: { id: 'job_2' } })
    await postOrder(url, { id: 'bare', candidate: null })
    await control.orders.complete('other')

    for (const [filter, expected] of [
      [{ id: 'order-2041' }, ['order-2041']],
      [{ state: 'passed' }, ['other']],
      [{ state: 'ordered' }, ['bare', 'order-2041']],
      [{ candidate: { email: 'MIA.Lindqvist@example.com' } }, ['order-2041']],
      [{ candidate: { email: 'ola@example.com', id: 'cand_2', first_name: 'Ola' } }, ['other']],
      [{ candidate: { email: 'ola@example.com', id: 'cand_31' } }, []],
      [{ candidate: { last_name: 'Lindqvist' } }, ['order-2041']],
      [{ package: { id: 'pkg_2' } }, ['other']],
      [{ package: { name: 'Rust & C++' } }, ['other']],
      [{ package: { name: 'Rust & C++', id: 'pkg_3' } }, []],
      [{ job: { id: 'job_88' } }, ['order-2041']],
      [{ job: { title: 'Back-end engineer' } }, ['order-2041']],
      [{ state: 'ordered', job: { id: 'job_2' } }, []],
      [{ candidate: {} }, ['bare', 'other', 'order-2041']],
      [{ id: 'nope' }, []],
    ] as [OrderFilter, string[]][]) {
      t.strictSame(ids(await control.orders.list(filter)), expected, JSON.stringify(filter))
    }
  },
)

bothWays('order search covers id, candidate, package and state, in any case and word order', async (t, { control }) => {
  const mia = { first_name: 'Mia', last_name: 'Lindqvist', emails: [{ value: 'm.l@example.com' }] }
  await control.orders.create({ id: 'order-1', candidate: mia, package: { id: 'pkg_sql_queries' } })
  await control.orders.create({ id: 'order-2', candidate: null, package: null })
  await control.orders.create({ id: 'third', candidate: { first_name: 'Noor' }, package: { name: 'Ours' } })
  await control.orders.complete('third')
  for (const [search, expected] of [
    ['ORDER-', ['order-2', 'order-1']],
    ['lindqvist mia', ['order-1']],
    ['M.L@example', ['order-1']],
    ['sql queries', ['order-1']],
    ['ours', ['third']],
    ['passed', ['third']],
    ['mia passed', []],
    [' ', ['third', 'order-2', 'order-1']],
    ['(', []],
  ] as const) {
    t.strictSame(ids(await control.orders.list({ search })), expected, search)
  }
})

bothWays('an order shows its state, timestamps and result', async (t, { url, control }) => {
  const acme = control.account('acme')
  const { testUrl } = await acme.orders.create({ id: 'order-1' })
  await fetch(testUrl)
  t.match(await acme.orders.get('order-1'), { state: 'initiated', openedAt: /Z$/, startedAt: null, result: null })
  await fetch(testUrl, { method: 'POST', body: new URLSearchParams({ step: 'start' }) })
  t.match(await acme.orders.get('order-1'), { state: 'in_progress', startedAt: /Z$/, resultAt: null })
  await call(url, 'PATCH', '/orders/order-1/result', { result: { value: 'failed' }, summary: 'Too slow' })
  const read = await control.orders.get('order-1')
  t.match(read, { state: 'failed', resultAt: /Z$/, result: { summary: 'Too slow', result: { value: 'failed' } } })
  t.strictSame(violationsOf(ControlOrderSchema, read), [])
})

bothWays('an unknown order, or one of another account, answers 404', async (t, { control }) => {
  await control.account('acme').orders.create({ id: 'order-1' })
  for (const { orders } of [control.account('globex'), control.account('acme')]) {
    const missing = {
      name: 'ControlError',
      statusCode: 404,
      message: /^Order nope\/1 not found\nUse the id from the answer of POST/,
    }
    await t.rejects(orders.get('nope/1'), missing)
    await t.rejects(orders.complete('nope/1'), missing)
  }
  await t.rejects(control.account('globex').orders.complete('order-1'), { name: 'ControlError', statusCode: 404 })
  t.equal((await control.orders.get('order-1')).state, 'ordered', 'a call about one order uses the default account')
})

bothWays('complete finishes an order as passed without a score by default', async (t, { control }) => {
  await control.orders.create({ id: 'order-1' })
  const completed = await control.orders.complete('order-1')
  t.match(completed, { state: 'passed', resultAt: /Z$/, result: { result: { value: 'passed' } } })
  t.equal(completed.result?.score ?? null, null)
  t.strictSame(await control.orders.get('order-1'), completed)
})

bothWays('complete accepts every result, with a score and a summary', async (t, { control }) => {
  for (const result of ['passed', 'failed', 'completed', 'cancelled', 'expired'] as const) {
    const { id } = await control.orders.create()
    const completed = await control.orders.complete(id, { result, score: 62.5, summary: `It ${result}` })
    t.match(completed, {
      state: result,
      result: { result: { value: result }, score: { value: '62.5', max: '100' }, summary: `It ${result}` },
    })
    t.strictSame(violationsOf(ControlOrderSchema, completed), [])
  }
})

bothWays('complete sends the result to results_update_url', async (t, { control }) => {
  const receiver = await receiverFor(t)
  await control.orders.create({ id: 'order-1', results_update_url: receiver.url })
  await control.orders.complete('order-1', { score: 0 })
  t.match((await receiver.all(1))[0]?.json, { id: 'order-1', result: { value: 'passed' }, score: { value: '0' } })
})

bothWays('completing a finished order answers 409', async (t, { control }) => {
  await control.orders.create({ id: 'order-1' })
  await control.orders.complete('order-1', { result: 'failed' })
  await t.rejects(control.orders.complete('order-1'), {
    name: 'ControlError',
    statusCode: 409,
    message: /^This assessment is already finished\n./,
  })
  t.equal((await control.orders.get('order-1')).state, 'failed')
})

const refusedAccounts = { accounts: ['off=disabled', 'globex'] }

bothWays(
  'an unknown, disabled or invalid account is refused',
  async (t, { control }) => {
    for (const [account, statusCode, message] of [
      ['nobody', 404, /^Account nobody not found\nAdd the account to SANDBOX_ACCOUNTS/],
      ['off', 412, /^Account off is disabled\nRemove "=disabled" from/],
      [' ', 400, /^Missing x-account-id header in request\n/],
      ['a'.repeat(256), 400, /^x-account-id header is longer than 255 characters\n/],
    ] as const) {
      const { orders } = control.account(account)
      const refused = { name: 'ControlError', statusCode, message }
      await t.rejects(orders.create(), refused)
      await t.rejects(orders.list(), refused)
      await t.rejects(orders.get('order-1'), refused)
      await t.rejects(orders.complete('order-1'), refused)
      await t.rejects(orders.waitFor({}, { timeoutMs: 0 }), refused)
    }
    t.equal((await control.orders.create()).account, 'globex', 'the first usable account is the default')
  },
  refusedAccounts,
)

bothWays('order calls that violate the schema are refused with a hint', async (t, { control }) => {
  const { orders } = control
  const { id } = await orders.create()
  const wrong = (value: unknown) => value as never
  const inBody = /\nbody.* looks like .*\. Nothing is converted/
  const inQuery = /\nFix the query parameter/
  for (const [refused, message, hint] of [
    [() => orders.create(wrong({ id: 3 })), 'body/id must be string or null\n', inBody],
    [() => orders.create(wrong([])), 'body must be object\n', inBody],
    [
      () => orders.create(wrong({ candidate: { emails: {} } })),
      'body/candidate/emails must be array or null\n',
      inBody,
    ],
    [
      () => orders.complete(id, wrong({ result: 'won' })),
      /^body\/result must be one of passed, failed,.* or expired\n/,
      inBody,
    ],
    [() => orders.complete(id, { score: 101 }), 'body/score must be <= 100\n', inBody],
    [() => orders.complete(id, wrong({ score: '92' })), 'body/score must be number\n', inBody],
    [() => orders.complete(id, wrong({ outcome: 'passed' })), 'body must not have the property outcome\n', inBody],
    [() => orders.list(wrong({ state: 'lost' })), /^query\/state must be one of ordered, /, inQuery],
    [() => orders.list(wrong({ email: 'a' })), 'query must not have the property email\n', inQuery],
    [
      () => orders.list(wrong({ candidate: { mail: 'a' } })),
      'query/candidate must not have the property mail\n',
      inQuery,
    ],
    [() => orders.list({ limit: 0 }), 'query/limit must be >= 1\n', inQuery],
    [() => orders.list({ limit: 1001 }), 'query/limit must be <= 1000\n', inQuery],
    [() => orders.list({ limit: 1.5 }), 'query/limit must be integer\n', inQuery],
  ] as const) {
    const error = await refused().then(
      () => undefined,
      (error: unknown) => error,
    )
    t.type(error, ControlError)
    t.match(error, { name: 'ControlError', statusCode: 400, message, hint: /./, came: [] })
    t.match((error as Error).message, hint)
  }
  t.equal((await orders.list()).length, 1)
})

t.test('curl creates and completes an order without a body', async (t) => {
  const { url } = await sandboxFor(t)
  const post = async (path: string) => {
    const response = await fetch(`${url}/_sandbox${path}`, { method: 'POST', headers: { 'x-account-id': 'globex' } })
    return { status: response.status, body: (await response.json()) as { id: string } }
  }
  const created = await post('/orders')
  t.match(created, { status: 201, body: { account: 'globex' } })
  t.match(await post(`/orders/${created.body.id}/complete`), { status: 200, body: { state: 'passed' } })
  t.match(await post('/orders/nope/complete'), {
    status: 404,
    body: { statusCode: 404, message: 'Order nope not found', hint: /POST \/orders/ },
  })
})

t.test('an internal error answers 500 without revealing internals', async (t) => {
  const findOrder = async () => {
    throw new Error('the disk is gone')
  }
  const { url } = await sandboxFor(t, {}, { store: { ...memoryStore(10), findOrder } })
  await t.rejects(connectSandbox(url).orders.get('order-1'), {
    name: 'ControlError',
    statusCode: 500,
    message: /^(?!.*disk).+\n./,
  })
})
