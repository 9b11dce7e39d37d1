import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t from 'tap'
import type { RequestFilter } from '../../src/index'
import { bothWays } from '../support/both'
import { basic, call, goodHeaders, ordersPath, postOrder, sandboxFor } from '../support/sandbox'

const refused = (message: RegExp | string, came: unknown[] = []) => ({
  name: 'ControlError',
  statusCode: 417,
  message,
  came,
})

bothWays('verify passes when a matching request was received', async (t, { url, control }) => {
  const acme = control.account('acme')
  for (const id of ['order-1', 'order-2']) await postOrder(url, { id, candidate: { first_name: 'Mia' } })
  const filter = { operation: 'orders.create', body: { candidate: { first_name: 'Mia' } } } as const
  t.strictSame(await acme.requests.verify(filter), { matched: 2, nearest: null })
  t.match(await acme.requests.verify(), { matched: 2 })
  for (const expectation of [
    { count: 2 },
    { atLeast: 2 },
    { atLeast: 0 },
    { atMost: 2 },
    { atMost: 3 },
    { atLeast: 1, atMost: 2 },
  ])
    t.match(await acme.requests.verify(filter, expectation), { matched: 2 }, JSON.stringify(expectation))
  t.match(await control.account('globex').requests.verify({}, { atMost: 0 }), { matched: 0 })
  t.match(await control.account('globex').requests.verify({}, { count: 0 }), { matched: 0 })
})

bothWays('verify fails and shows how the nearest request differs', async (t, { url, control }) => {
  await postOrder(url, { id: 'order-1', candidate: { first_name: 'Mya' } })
  await call(url, 'GET', '/packages')
  const filter = { operation: 'orders.create', body: { candidate: { first_name: 'Mia' } } } as const
  await t.rejects(
    control.account('acme').requests.verify(filter),
    refused(
      `Expected at least 1 request with ${JSON.stringify(filter)}, but 0 of 2 match; the nearest is #1 POST ${ordersPath} (200): body.candidate.first_name is "Mya", not "Mia"\nCompare the filter with what arrived. POST /_sandbox/requests/match compares without failing.`,
      [{ id: 1, orderId: 'order-1' }],
    ),
  )
})

bothWays('verify fails when fewer or more requests match than expected', async (t, { url, control }) => {
  for (const id of ['order-1', 'order-2', 'order-3']) await postOrder(url, { id })
  const creating = { operation: 'orders.create' } as const
  const names = `#3 POST ${ordersPath} \\(200\\), #2 .*, #1 .*`
  for (const [expectation, message] of [
    [{ count: 2 }, new RegExp(`^Expected exactly 2 requests with .*, but 3 of 3 match; they are ${names}`)],
    [{ count: 4 }, /^Expected exactly 4 requests with .*, but 3 of 3 match\n/],
    [{ atLeast: 4 }, /^Expected at least 4 requests with .*, but 3 of 3 match\n/],
    [{ atMost: 1 }, /^Expected at most 1 request with .*, but 3 of 3 match; they are #3/],
    [{ atLeast: 1, atMost: 2 }, /^Expected 1 to 2 requests with/],
    [{ count: 0 }, /^Expected exactly 0 requests with/],
  ] as const)
    await t.rejects(control.requests.verify(creating, expectation), refused(message), JSON.stringify(expectation))
  await t.rejects(control.requests.verify({ orderId: 'order-2' }, { count: 0 }), refused(/but 1 of 3 matches; they/))
  await t.rejects(
    control.requests.verify(creating, { atMost: 0 }),
    refused(/./, [{ orderId: 'order-3' }, { orderId: 'order-2' }, { orderId: 'order-1' }]),
  )
})

bothWays('an expectation that contradicts itself is refused with 400', async (t, { control }) => {
  for (const [expectation, message] of [
    [{ count: 1, atLeast: 1 }, /^body must not have count together with atLeast or atMost\n/],
    [{ count: 1, atMost: 1 }, /^body must not have count together with atLeast or atMost\n/],
    [{ atLeast: 2, atMost: 1 }, /^body\/atLeast must not be above body\/atMost\n/],
    [{ count: -1 }, /^body\/count must be >= 0\n/],
    [{ atLeast: 1.5 }, /^body\/atLeast must be integer\n/],
    [{ times: 1 }, /^body must not have the property times\n/],
  ] as const)
    await t.rejects(control.requests.verify({}, expectation as never), { statusCode: 400, message })
})

t.test('a failed verification answers 417 with a hint over HTTP', async (t) => {
  const { url } = await sandboxFor(t)
  const verify = async (path: string, body: unknown) => {
    const response = await fetch(`${url}/_sandbox/requests/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  await postOrder(url, { id: 'order-1' })
  t.match(await verify('verify?account=acme', { filter: { orderId: 'order-1' } }), {
    status: 200,
    body: { matched: 1 },
  })
  t.match(await verify('verify?account=acme', { filter: { orderId: 'order-2' } }), {
    status: 417,
    body: { statusCode: 417, errorCode: 'NotVerifiedError', hint: /match/, came: [{ orderId: 'order-1' }] },
  })
  t.match(await verify('verify', { orderId: 'order-2' }), { status: 400 }, 'a filter must be nested under filter')
  t.match(await verify('match', { filter: { orderId: 'order-2' } }), {
    status: 200,
    body: {
      matched: 0,
      nearest: { request: { orderId: 'order-1' }, differences: ['orderId is "order-1", not "order-2"'] },
    },
  })
})

bothWays('bodies of any length the API accepts are matched exactly', async (t, { url, control }) => {
  for (const [id, length] of [
    ['short', 10],
    ['long', 70_000],
    ['longest', 500_000],
  ] as const) {
    const body = { id, package: { description: 'é'.repeat(length) } }
    await postOrder(url, body)
    t.match(await control.requests.verify({ body }, { count: 1 }), { matched: 1 }, id)
    const other = { id, package: { description: `${'é'.repeat(length - 1)}e` } }
    t.match(await control.requests.match({ body: other }), { matched: 0 }, id)
    const waited = await control.requests.waitFor({ body })
    t.equal(waited.orderId, id)
    t.equal(waited.request.isCut, length > 65_536)
    const whole = await control.requests.get(waited.id)
    t.strictSame(JSON.parse(whole.request.body ?? ''), body)
    t.equal(whole.request.isCut, false)
  }
})

const mebibyte = 1024 * 1024

t.test('verify cannot tell about bodies dropped to keep the journal within its budget', async (t) => {
  const control = await sandboxFor(t)
  const { url } = control
  const acme = control.account('acme')
  const body = { id: 'first', package: { description: 'x'.repeat(mebibyte - 100) } }
  await postOrder(url, body)
  t.match(await acme.requests.verify({ body }), { matched: 1 })
  for (let i = 0; i < 66; i++) await postOrder(url, { ...body, id: `later-${String(i)}` })
  await postOrder(url, { id: 'last' })

  const { requests } = await acme.requests.list({ orderId: 'first' })
  t.match(requests, [{ status: 200, request: { body: null, isCut: true } }])
  const lost = { orderId: 'first', body: { id: 'first' } }
  t.match(await acme.requests.match(lost), { matched: 0, undecided: 1, nearest: { request: { orderId: 'last' } } })
  const message = /for 1 the journal cannot tell, as it no longer keeps their bodies/
  for (const expectation of [{}, { count: 0 }])
    await t.rejects(acme.requests.verify(lost, expectation), refused(message), JSON.stringify(expectation))
  t.match(await acme.requests.verify(lost, { atMost: 1 }), { matched: 0 }, 'at most one matches, whatever was dropped')
  t.match(await acme.requests.verify({ orderId: 'first' }, { count: 1 }), { matched: 1 }, 'all but the body is known')
  t.match(await acme.requests.verify({ orderId: 'last', body: { id: 'last' } }, { count: 1 }), { matched: 1 })
  t.match(await acme.requests.verify({ orderId: 'later-65', body: { id: 'later-65' } }, { count: 1 }), { matched: 1 })
  const unsure = /; for 1 it cannot tell, as their bodies are no longer kept\n/
  await t.rejects(acme.requests.waitFor(lost, { timeoutMs: 0 }), { statusCode: 408, message: unsure })
  t.match(await acme.requests.list(lost), { total: 0, undecided: 1 })

  await control.account('globex').reset()
  t.match(await acme.requests.list({ orderId: 'first' }), { requests: [{ request: { body: null, isCut: true } }] })
})

bothWays(
  "verify cannot count an account's requests once some were dropped",
  async (t, { url, control }) => {
    const [acme, globex] = [control.account('acme'), control.account('globex')]
    await postOrder(url, { id: 'order-1' })
    await postOrder(url, { id: 'order-2' })
    await postOrder(url, { id: 'order-1' }, { 'x-account-id': 'globex' })
    await postOrder(url, { id: 'order-2' }, { 'x-account-id': 'globex' })
    const creating = { operation: 'orders.create' } as const
    const unsure = refused(/the journal no longer keeps every request, so it cannot tell how many there were\n/)
    await t.rejects(acme.requests.verify(creating, { count: 1 }), unsure)
    await t.rejects(acme.requests.verify(creating, { atMost: 1 }), unsure)
    await t.rejects(acme.requests.verifyClean(), refused(/^The journal no longer keeps every request/))
    await t.rejects(
      control.requests.verify(creating, { atMost: 5 }),
      unsure,
      'the total across accounts is unknown too',
    )
    t.match(await acme.requests.verify(creating), { matched: 1 }, 'one certainly arrived')
    t.match(await globex.requests.verify(creating, { count: 2 }), { matched: 2 }, 'another account lost none')

    await acme.reset()
    t.match(await acme.requests.verify(creating, { count: 0 }), { matched: 0 })
    await control.reset()
    t.match(await control.requests.verify(creating, { count: 0 }), { matched: 0 })
  },
  { journalSize: 3 },
)

bothWays(
  'verify and verifyClean fail with a journal of size 0',
  async (t, { url, control }) => {
    await postOrder(url, {})
    await t.rejects(control.account('acme').requests.verify({}, { count: 0 }), refused(/it cannot tell/))
    await t.rejects(control.requests.verifyClean(), refused(/it cannot tell/))
  },
  { journalSize: 0 },
)

bothWays('truncated lists give the total and a cursor for the next page', async (t, { url, control }) => {
  const acme = control.account('acme')
  for (let i = 1; i <= 5; i++)
    await postOrder(url, { id: `order-${String(i)}`, results_update_url: 'http://127.0.0.1:9/' })
  for (let i = 1; i <= 5; i++) await acme.orders.complete(`order-${String(i)}`)
  await postOrder(url, {}, { 'x-account-id': 'globex' })

  const orders = await acme.orders.list({ limit: 2 })
  t.strictSame([orders.map(({ id }) => id), orders.total], [['order-5', 'order-4'], 5])
  t.strictSame(Object.keys(orders), ['0', '1'], 'only its items are enumerable')
  await postOrder(url, { id: 'order-6' })
  const more = await acme.orders.list({ limit: 3, next: orders.next ?? '' })
  t.strictSame([more.map(({ id }) => id), more.total, more.next], [['order-3', 'order-2', 'order-1'], 6, null])
  const passed = await acme.orders.list({ limit: 4, state: 'passed' })
  t.strictSame([passed.length, passed.total], [4, 5])
  const last = await acme.orders.list({ limit: 4, state: 'passed', next: passed.next ?? '' })
  t.strictSame([last.map(({ id }) => id), last.total, last.next], [['order-1'], 5, null])
  t.match(await acme.orders.list({ id: 'none' }), { length: 0, total: 0, next: null })

  const requests = await acme.requests.list({ limit: 4, operation: 'orders.create' })
  t.match(requests, { requests: { length: 4 }, total: 6, dropped: 0 })
  t.match(await acme.requests.list({ limit: 4, operation: 'orders.create', next: requests.next ?? '' }), {
    requests: [{ orderId: 'order-2' }, { orderId: 'order-1' }],
    total: 6,
    next: null,
  })
  const deliveries = await acme.deliveries.list({ limit: 2 })
  t.match(deliveries, { deliveries: [{ orderId: 'order-5' }, { orderId: 'order-4' }], total: 5 })
  t.match(await acme.deliveries.list({ limit: 9, next: deliveries.next ?? '' }), {
    deliveries: { length: 3 },
    total: 5,
    next: null,
  })
  const nowhere = { next: 'nowhere' }
  for (const list of [
    () => acme.orders.list(nowhere),
    () => acme.requests.list(nowhere),
    () => acme.deliveries.list(nowhere),
  ] as (() => Promise<unknown>)[])
    await t.rejects(list(), { statusCode: 400, message: /^next must be a cursor/ })
})

t.test('curl pages through orders, requests and deliveries with query parameters', async (t) => {
  const { url } = await sandboxFor(t)
  for (const id of ['order-1', 'order-2', 'order-3']) await postOrder(url, { id })
  const read = async (path: string) =>
    (await (await fetch(`${url}/_sandbox${path}`)).json()) as { next: string; total: number } & Record<
      string,
      unknown[]
    >
  for (const list of ['orders', 'requests']) {
    const first = await read(`/${list}?account=acme&limit=2`)
    t.strictSame([first[list]?.length, first.total], [2, 3])
    t.match(await read(`/${list}?account=acme&limit=2&next=${first.next}`), {
      [list]: { length: 1 },
      total: 3,
      next: null,
    })
  }
  t.match(await read('/deliveries'), { deliveries: [], total: 0, next: null })
})

bothWays('verifyClean fails if any request was refused or warned about', async (t, { url, control }) => {
  const acme = control.account('acme')
  await postOrder(url, { id: 'order-1' })
  t.strictSame(await acme.requests.verifyClean(), { checked: 1 })

  await postOrder(url, { id: 3 })
  await postOrder(url, {}, { authorization: basic('wrong') })
  await fetch(`${url}/unified/ats/assessment/orders`, { headers: goodHeaders })
  const told =
    /^3 of 4 requests were refused or have warnings: #2 POST \S+ \(400\): body\/id must be string or null; #3 POST \S+ \(401\): Invalid API key; #4 GET \S+ \(404\): Cannot GET/
  await t.rejects(acme.requests.verifyClean(), refused(told, [{ status: 400 }, { status: 401 }, { status: 404 }]))
  await t.rejects(control.requests.verifyClean(), refused(told))

  const allow = [
    { status: 400 },
    { status: 401, operation: 'orders.create' as const },
    { path: '/unified/ats/assessment/orders' },
  ]
  t.strictSame(await acme.requests.verifyClean({ allow }), { checked: 4 })
  await t.rejects(acme.requests.verifyClean({ allow: allow.slice(1) }), refused(/^1 of 4 requests were .*: #2 /))
  await t.rejects(acme.requests.verifyClean({ allow: [{ state: 400 }] as never }), {
    statusCode: 400,
    message: /state/,
  })
})

bothWays('verifyClean ignores failures caused by a fault but not other refusals', async (t, { url, control }) => {
  const acme = control.account('acme')
  await acme.faults.add({ status: 502 })
  t.equal((await postOrder(url, {})).status, 502)
  await acme.faults.add({ answer: 'reset' })
  await t.rejects(postOrder(url, {}))
  await acme.requests.waitFor({ status: 502 })
  await acme.requests.waitForMany({}, { count: 2 })
  await t.rejects(
    acme.requests.verify({ status: 200 }),
    refused(/the nearest is #2 POST \S+ \(no answer\): status is null, not 200\n/),
  )
  t.strictSame(await acme.requests.verifyClean(), { checked: 2 })
  await acme.faults.add({ delayMs: 1 })
  t.equal((await postOrder(url, [])).status, 400)
  await t.rejects(acme.requests.verifyClean(), refused(/^1 of 3 requests/))
})

t.test('curl --fail fails if any request of an account was refused or warned about', async (t) => {
  const { url } = await sandboxFor(t)
  const clean = (account: string) =>
    promisify(execFile)('curl', [
      '--silent',
      '--show-error',
      '--fail-with-body',
      '-X',
      'POST',
      `${url}/_sandbox/requests/verify-clean?account=${account}`,
    ])
  await postOrder(url, { id: 'order-1' })
  t.match((await clean('acme')).stdout, '{"checked":1}')
  await postOrder(url, { candidate: { firstName: 'Mia' } })
  await t.rejects(clean('acme'), { code: 22, stdout: /body\/candidate\/firstName/, stderr: /417/ })
  await t.rejects(clean('acne'), { code: 22, stdout: /is it the right account/ })
})

bothWays('error messages name at most ten requests or differences', async (t, { url, control }) => {
  for (let i = 0; i < 12; i++) await postOrder(url, [])
  await t.rejects(control.requests.verifyClean(), refused(/^12 of 12 requests were .*#10 .*; and 2 more\n/))
  const filter: RequestFilter = { body: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`n${String(i)}`, i])) }
  await postOrder(url, {})
  await t.rejects(
    control.requests.verify({ ...filter, status: 200 }),
    refused(/body\.n9 is missing, not 9, and 2 more\n/),
  )
})

bothWays('verifyClean fails when no request was received, unless expected', async (t, { url, control }) => {
  await postOrder(url, {})
  const [acme, globex] = [control.account('acme'), control.account('globex')]
  await t.rejects(
    globex.requests.verifyClean(),
    refused(/^Only 0 requests arrived, and at least 1 were expected: is it the right account\?\n/),
  )
  t.strictSame(await globex.requests.verifyClean({ atLeast: 0 }), { checked: 0 })
  t.strictSame(await acme.requests.verifyClean({ atLeast: 1 }), { checked: 1 })
  await t.rejects(
    acme.requests.verifyClean({ atLeast: 2 }),
    refused(/^Only 1 requests arrived, and at least 2 were expected/),
  )
})

bothWays('calls about an order count even if they failed before it was looked up', async (t, { url, control }) => {
  const acme = control.account('acme')
  const { body } = await postOrder(url, { id: 'order-1' })
  const remote = String(body['remote_id'])
  await acme.faults.add({ on: 'results.update', status: 500 })
  for (const [id, update] of [
    ['order-1', { summary: 'x' }],
    ['order-1', { summary: 'x' }],
    ['order-1', { summary: 3 }],
    [remote, { summary: 3 }],
  ] as const)
    await call(url, 'PATCH', `/orders/${id}/result`, update)
  for (const orderId of ['order-1', remote]) {
    const reports = { operation: 'results.update', orderId } as const
    await t.rejects(acme.requests.verify(reports, { count: 1 }), refused(/but 4 of 5 match/))
    t.match(await acme.requests.verify({ ...reports, status: 400 }, { count: 2 }), { matched: 2 })
  }
  await acme.faults.add({ on: 'orders.create', status: 502 })
  await postOrder(url, { id: 'order-2' })
  await postOrder(url, { id: 'order-2' })
  await postOrder(url, { id: 3 })
  t.match(await acme.requests.match({ operation: 'orders.create', orderId: 'order-2' }), { matched: 2 })
  t.match(await acme.requests.match({ status: 400, orderId: '3' }), { matched: 0 })
})

bothWays('a remote id distinguishes orders with the same id in two accounts', async (t, { url, control }) => {
  const place = async (account: string) =>
    String((await postOrder(url, { id: 'order-1' }, { 'x-account-id': account })).body['remote_id'])
  const [ofAcme, ofGlobex] = [await place('acme'), await place('globex')]
  t.match(await control.requests.verify({ orderId: ofAcme }, { count: 1 }), { matched: 1 })
  t.match(await control.requests.verify({ orderId: 'order-1' }, { count: 2 }), { matched: 2 })
  t.match(await control.account('acme').requests.match({ orderId: ofGlobex }), { matched: 0 })
  t.match(await control.account('acme').requests.list({ orderId: ofGlobex }), { total: 0 })
  t.match(await control.account('globex').requests.match({ orderId: ofGlobex }), { matched: 1 })
})

bothWays(
  'a filter value that JSON cannot represent is refused: it would match everything',
  async (t, { url, control }) => {
    await postOrder(url, {})
    const { requests, orders, deliveries } = control.account('acme')
    const wrong = (value: unknown) => value as never
    for (const [refusing, message] of [
      [
        () => requests.verify(wrong({ orderId: undefined })),
        /^filter\.orderId is undefined, which JSON does not have\n/,
      ],
      [
        () => requests.match(wrong({ body: { candidate: { emails: [undefined] } } })),
        /^filter\.body\.candidate\.emails\[0\] is undef/,
      ],
      [() => requests.match(wrong({ body: { candidate: /Mia/ } })), /^filter\.body\.candidate is a RegExp/],
      [() => requests.waitFor(wrong({ body: new Map() })), /^filter\.body is a Map/],
      [() => requests.list(wrong({ status: NaN })), /^filter\.status is NaN/],
      [() => requests.verifyClean({ allow: [wrong({ status: undefined })] }), /^allow\[0\]\.status is undefined/],
      [() => requests.verify({}, wrong({ count: undefined })), /^expectation\.count is undefined/],
      [() => requests.verify({}, wrong(2)), /^body must not have the property expectation\n/],
      [() => orders.list(wrong({ id: undefined })), /^filter\.id is undefined/],
      [() => deliveries.waitFor(wrong({ orderId: undefined })), /^filter\.orderId is undefined/],
    ] as [() => Promise<unknown>, RegExp][])
      await t.rejects(refusing(), { name: 'ControlError', statusCode: 400, message })
    t.match(await requests.list({ limit: undefined, body: Object.assign(Object.create(null) as object, {}) }), {
      total: 1,
    })
    t.throws(() => control.account(wrong(undefined)), { name: 'TypeError', message: /not undefined/ })
  },
)

bothWays('filters ignore the case of methods and compare the query only if given', async (t, { url, control }) => {
  await call(url, 'GET', '/packages?page_size=2')
  const path = '/unified/ats/assessments/packages'
  for (const [filter, matched] of [
    [{ method: 'get' }, 1],
    [{ path }, 1],
    [{ path: `${path}?page_size=2` }, 1],
    [{ path: `${path}?page_size=3` }, 0],
  ] as [RequestFilter, number][])
    t.match(await control.requests.match(filter), { matched }, JSON.stringify(filter))
  await t.rejects(control.requests.match({ status: 2000 }), { statusCode: 400, message: /<= 599/ })
})

const values = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${String(i)}`, i]))

function nested(levels: number): unknown {
  return levels === 0 ? 1 : { a: nested(levels - 1) }
}

bothWays('a filter that is too large or too deeply nested is refused', async (t, { control }) => {
  const { requests } = control.account('acme')
  for (const [body, refusal] of [
    [values(1_000), /^body\/filter must not have over 1000 values: compare with a part of the body/],
    [nested(60), /^body\/filter must not be nested deeper than 50 levels/],
  ] as const) {
    await t.rejects(requests.verify({ body }), refusal)
    await t.rejects(requests.match({ body }), refusal)
    await t.rejects(requests.waitFor({ body }), refusal)
    await t.rejects(requests.list({ body }), refusal)
  }
  const allow = Array.from({ length: 20 }, () => ({ body: values(600) }))
  await t.rejects(requests.verifyClean({ allow }), /^body\/allow must not have over 10000/)
  t.match(await requests.match({ body: { a: nested(40), ...values(900) } }), { matched: 0 })
})

bothWays('a failed verification shows at most a hundred unexpected requests', async (t, { url, control }) => {
  for (let i = 0; i < 120; i++) await postOrder(url, { id: `order-${String(i)}` })
  const failed: unknown = await control
    .account('acme')
    .requests.verify({}, { count: 0 })
    .catch((error: unknown) => error)
  t.match(failed, { statusCode: 417, came: { length: 100 } })
})
