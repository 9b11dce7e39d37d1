import t, { type Test } from 'tap'
import type { SandboxOptions } from '../../src/index'
import { bothWays } from '../support/both'
import { call, fullOrder, goodHeaders, ordersPath, postOrder, sandboxFor } from '../support/sandbox'

interface Warned {
  path: string
  message: string
}

/** Posts `body` as an order and returns the warnings. */
async function warningsOf(t: Test, body: unknown, options: SandboxOptions = {}): Promise<Warned[]> {
  const { url, requests } = await sandboxFor(t, options)
  const { status, headers } = await postOrder(url, body)
  t.equal(status, 200)
  const { warnings } = await requests.waitFor()
  const told = warnings.map(({ message }) => message.replace('…', '\\u2026')).join('; ')
  t.equal(headers.get('x-sandbox-warning') ?? '', told)
  return warnings
}

const ignored = (path: string, advice: string) => ({
  path,
  message: `${path} is not a property that StackOne knows, and is ignored: ${advice}`,
})

t.test('an order with every published property gets no warning', async (t) => {
  t.strictSame(await warningsOf(t, fullOrder), [])
})

t.test('names in camelCase and a misspelt results_update_url get a warning with the right name', async (t) => {
  t.strictSame(
    await warningsOf(t, {
      candidate: { firstName: 'Mia', emails: [{ Value: 'mia@example.com' }] },
      resultsUpdateUrl: 'http://127.0.0.1:9/',
      result_update_url: 'http://127.0.0.1:9/',
      Package: {},
      'job-': {},
    }),
    [
      ignored('body/candidate/firstName', 'did you mean first_name?'),
      ignored('body/candidate/emails/0/Value', 'did you mean value?'),
      ignored('body/resultsUpdateUrl', 'did you mean results_update_url?'),
      ignored('body/result_update_url', 'did you mean results_update_url?'),
      ignored('body/Package', 'did you mean package?'),
      ignored('body/job-', 'did you mean job?'),
    ],
  )
})

t.test('an unknown property gets a warning at any depth, with the nearest known name', async (t) => {
  const long = 'n'.repeat(300)
  const warnings = await warningsOf(t, {
    application: { application_status: { valeu: 'new' } },
    job: { hiring_team: [{ user_id: 'usr_1' }, { shoe_size: 43 }] },
    candidate: { 'a/b~c': 1, [long]: null },
  })
  t.strictSame(warnings.slice(0, 3), [
    ignored('body/application/application_status/valeu', 'did you mean value?'),
    ignored('body/job/hiring_team/1/shoe_size', 'the nearest name there is user_id'),
    ignored('body/candidate/a~1b~0c', 'the nearest name there is id'),
  ])
  t.equal(warnings[3]?.path, `body/candidate/${'n'.repeat(200)}…`)
})

t.test('objects whose properties StackOne does not define get no warning', async (t) => {
  const anything = { firstName: 1, id: '', url: 'x' }
  const body = {
    passthrough: anything,
    application: { passthrough: anything, application_status: { source_value: anything } },
    job: { passthrough: anything, hiring_team: null },
    candidate: { passthrough: anything, emails: [], profile_url: null },
  }
  t.strictSame(await warningsOf(t, body), [])
})

t.test('an invalid URL gets a warning', async (t) => {
  const { url, requests } = await sandboxFor(t, { callbackTargets: 'none' })
  const problem = 'is not an absolute http:// or https:// address'
  for (const [address, isFine] of [
    ['https://ats.example.com/results', true],
    ['http://127.0.0.1:3000/results?a=b#c', true],
    ['http://[::1]:3000', true],
    ['HTTPS://ATS.EXAMPLE.COM', true],
    ['http://localhost:65535/', true],
    ['/results', false],
    ['', false],
    ['ats.example.com/results', false],
    ['ftp://ats.example.com', false],
    ['http://', false],
    ['https:///results', false],
    ['http://localhost:99999/', false],
    ['http://1.2.3.999/', false],
    ['https://ats.example.com/a b', false],
    ['{{results_url}}', false],
    ['undefined/results', false],
  ] as const) {
    await postOrder(url, { results_update_url: address, candidate: { profile_url: address } })
    const [entry] = (await requests.list({ limit: 1 })).requests
    const expected = ['body/results_update_url', 'body/candidate/profile_url']
      .map((path) => ({ path, message: `${path} ${problem}` }))
      .reverse()
    t.strictSame(
      [...(entry?.warnings ?? [])].sort((a, b) => (a.path < b.path ? -1 : 1)),
      isFine ? [] : expected,
      address,
    )
  }
  await postOrder(url, { id: 'order-1' })
  await call(url, 'PATCH', '/orders/order-1/result', {
    result_url: 'results/1',
    attachments: [{ url: 'https://provider.example.com/1.pdf' }, { url: '1.pdf' }],
  })
  t.match((await requests.list({ operation: 'results.update' })).requests[0]?.warnings, [
    { path: 'body/result_url', message: `body/result_url ${problem}` },
    { path: 'body/attachments/1/url', message: `body/attachments/1/url ${problem}` },
  ])
})

t.test('an empty id and an invalid e-mail address get a warning', async (t) => {
  const empty = 'is empty: leave it out, or send an identifier'
  t.strictSame(
    await warningsOf(t, {
      id: '',
      package: { id: ' ' },
      requester: { user_id: '', email: 'ilan' },
      candidate: { remote_id: '', emails: [{ value: 'mia@example.com' }, { value: 'mia at example.com' }] },
    }),
    [
      { path: 'body/id', message: `body/id ${empty}` },
      { path: 'body/package/id', message: `body/package/id ${empty}` },
      { path: 'body/requester/user_id', message: `body/requester/user_id ${empty}` },
      { path: 'body/requester/email', message: 'body/requester/email is not an e-mail address' },
      { path: 'body/candidate/remote_id', message: `body/candidate/remote_id ${empty}` },
      { path: 'body/candidate/emails/1/value', message: 'body/candidate/emails/1/value is not an e-mail address' },
    ],
  )
})

t.test('a score that is not a number or is out of range gets a warning', async (t) => {
  const { url, requests } = await sandboxFor(t)
  for (const [score, problem] of [
    [{ value: '92', min: '0', max: '100' }, ''],
    [{ value: '-1.5', min: '-2', max: '.5' }, ''],
    [{ value: '7', min: null }, ''],
    [{ label: 'Points' }, ''],
    [{ value: '92%' }, 'value is not a number'],
    [{ value: '' }, 'value is not a number'],
    [{ value: '92,5' }, 'value is not a number'],
    [{ value: '0x10' }, 'value is not a number'],
    [{ value: '1', min: 'zero' }, 'min is not a number'],
    [{ value: '1', max: 'Infinity' }, 'max is not a number'],
    [{ value: '101', min: '0', max: '100' }, 'value is above max'],
    [{ value: '9', max: '10' }, ''],
    [{ value: '10', max: '9' }, 'value is above max'],
    [{ value: '-1', min: '0' }, 'value is below min'],
    [{ value: '5', min: '10', max: '0' }, 'min is above max'],
  ] as const) {
    const { body } = await postOrder(url, {})
    const { status } = await call(url, 'PATCH', `/orders/${String(body['id'])}/result`, { score })
    t.equal(status, 200)
    const [entry] = (await requests.list({ limit: 1 })).requests
    const path = `body/score/${problem.split(' ', 1).join()}`
    t.strictSame(
      entry?.warnings,
      problem === '' ? [] : [{ path, message: `body/score/${problem}` }],
      JSON.stringify(score),
    )
  }
})

t.test('a score out of a range reported earlier gets a warning', async (t) => {
  const { url } = await sandboxFor(t)
  await postOrder(url, { id: 'order-1' })
  const report = async (score: unknown) =>
    (await call(url, 'PATCH', '/orders/order-1/result', { score })).headers.get('x-sandbox-warning')
  t.equal(await report({ value: '150' }), null)
  t.equal(await report({ max: '100' }), 'body/score/value is above max, together with what was reported before')
  t.equal(await report({ max: 'all' }), 'body/score/max is not a number')
  t.equal(await report({ label: 'Points' }), null)
  t.equal(await report({ max: '200' }), null)
  t.match(
    await report({ Value: '1', value: 'x' }),
    /^body\/score\/Value is not .*; body\/score\/value is not a number$/,
  )
})

t.test('a score of half a million digits is checked quickly', async (t) => {
  const { url } = await sandboxFor(t)
  await postOrder(url, { id: 'order-1' })
  const score = { value: `${'1'.repeat(500_000)}x` }
  t.match(
    (await call(url, 'PATCH', '/orders/order-1/result', { score })).headers.get('x-sandbox-warning'),
    /is not a number/,
  )
})

bothWays(
  'a result update that changes nothing gets a warning and triggers no callback',
  async (t, { url, control }) => {
    await postOrder(url, { id: 'order-1', results_update_url: 'http://127.0.0.1:9/results' })
    const report = async (update: unknown) => {
      const { headers } = await call(url, 'PATCH', '/orders/order-1/result', update)
      return headers.get('x-sandbox-warning')
    }
    const nothing = 'body has no property of a result that StackOne knows, so the result stays as it is'
    t.equal(await report({}), nothing)
    t.equal(
      await report({ Result: { value: 'passed' } }),
      `body/Result is not a property that StackOne knows, and is ignored: did you mean result?; ${nothing}`,
    )
    t.match(await report({ result: { Value: 'passed' } }), /body\/result\/Value .*; body has no property/)
    t.equal(await report({ score: {} }), nothing)
    t.match(
      await report({ attachments: [{ Url: 'https://provider.example.com/1' }] }),
      /^body\/attachments\/0\/Url [^;]*$/,
    )
    await control.account('acme').reset()
    await postOrder(url, { id: 'order-1', results_update_url: 'http://127.0.0.1:9/results' })
    t.strictSame((await control.deliveries.list()).deliveries, [])
    t.match(await control.account('acme').orders.get('order-1'), { state: 'ordered' })

    t.equal(
      await report({ result: { value: 'passed' }, attachments: [{ url: 'https://provider.example.com/1' }] }),
      null,
    )
    t.equal((await control.deliveries.list()).total, 1)
    const again = 'body changes nothing that was reported before'
    t.equal(await report({ result: { value: 'passed' } }), again)
    t.equal(await report({ attachments: [{ url: 'https://provider.example.com/1' }] }), again)
    t.equal(await report({ result: { value: 'failed' } }), null)
    t.equal(await report({ passthrough: { a: 1 } }), null, 'passthrough alone gets no warning')
    t.equal(
      await report({ summary: null, score: { value: null } }),
      again,
      'null for a missing property changes nothing',
    )
    t.equal(await report({ summary: 'x' }), null)
    t.equal(await report({ summary: null }), null)
  },
)

t.test('unknown query parameters get a warning, on reads and writes', async (t) => {
  const { url, requests } = await sandboxFor(t)
  const warned = async (method: string, path: string, body?: unknown) => {
    await call(url, method, path, body)
    return (await requests.list({ limit: 1 })).requests[0]?.warnings
  }
  const unknown = (name: string, advice: string) => ({
    path: `query/${name}`,
    message: `query/${name} is not a query parameter that StackOne knows, and is ignored: ${advice}`,
  })
  t.strictSame(
    await warned('GET', '/packages?page_size=2&proxy[tenant]=7&filter[updated_after]=2026-01-01&raw=true&fields=id'),
    [],
  )
  t.strictSame(await warned('GET', '/packages?pageSize=2&limit=3'), [
    unknown('pageSize', 'did you mean page_size?'),
    unknown('limit', 'the nearest name there is next'),
  ])
  t.strictSame(await warned('GET', '/packages?filter[updatedAfter]=2026-01-01'), [
    unknown('filter/updatedAfter', 'did you mean updated_after?'),
  ])
  t.strictSame(await warned('GET', '/packages/pkg_sql_queries?filds=id'), [unknown('filds', 'did you mean fields?')])
  for (const path of ['/packages?fields=id,nmae', '/packages/pkg_sql_queries?fields=nmae'])
    t.strictSame(await warned('GET', path), [
      { ...ignored('query/fields: nmae', 'did you mean name?'), path: 'query/fields' },
    ])
  t.strictSame(await warned('GET', '/packages?fields=id, name,,description'), [])
  t.strictSame(await warned('GET', '/packages/pkg_sql_queries?constructor=1'), [
    unknown('constructor', 'the nearest name there is raw'),
  ])
  t.strictSame(await warned('POST', '/orders?dry_run=true', { id: 'order-1' }), [
    unknown('dry_run', 'it has none here'),
  ])
  t.strictSame(await warned('PATCH', '/orders/order-1/result?force', { summary: 'x' }), [
    unknown('force', 'it has none here'),
  ])
})

t.test('a package missing from a custom catalogue gets a warning', async (t) => {
  const packages = [
    { id: 'own_sql', remote_id: 'prov-1', name: 'Our SQL test' },
    { id: 'own_go', name: 'Our Go test' },
  ]
  const place = async (options: SandboxOptions, ordered: unknown) => {
    const { url, requests } = await sandboxFor(t, options)
    t.equal((await postOrder(url, { package: ordered })).status, 200)
    return (await requests.list()).requests[0]?.warnings
  }
  for (const known of [{ id: 'own_sql' }, { id: 'prov-1' }, { remote_id: 'prov-1' }, { name: 'Our Go test' }, {}, null])
    t.strictSame(await place({ packages }, known), [], JSON.stringify(known))
  const missing = (property: string, nearest: string) => [
    {
      path: `body/package/${property}`,
      message: `body/package/${property} is not in the catalogue of SANDBOX_PACKAGES${nearest}`,
    },
  ]
  t.strictSame(
    await place({ packages }, { id: 'own_sql', remote_id: 'prov-2' }),
    missing('remote_id', '; the nearest there is prov-1'),
  )
  t.strictSame(await place({ packages }, { id: 'own_sql', name: 'Their name' }), [])
  t.strictSame(await place({ packages }, { id: 'own_sq' }), missing('id', '; the nearest there is own_sql'))
  t.strictSame(
    await place({ packages }, { remote_id: 'prov-2' }),
    missing('remote_id', '; the nearest there is prov-1'),
  )
  t.strictSame(await place({ packages }, { name: 'Our test' }), missing('name', '; the nearest there is Our Go test'))
  t.strictSame(await place({ packages: [] }, { id: 'own_sql' }), missing('id', ''))
  t.strictSame(await place({}, { id: 'own_sql' }), [], 'ids are not checked against the sample catalogue')
})

t.test('withdrawn operations get a warning and still work', async (t) => {
  const { url } = await sandboxFor(t)
  await postOrder(url, { id: 'order-1' })
  await call(url, 'PATCH', '/orders/order-1/result', { summary: 'x' })
  for (const path of ['/orders/order-1', '/orders/order-1/results']) {
    const { status, headers } = await call(url, 'GET', path)
    t.equal(status, 200)
    t.match(headers.get('x-sandbox-warning'), /^StackOne has withdrawn this call/)
  }
  t.equal((await call(url, 'GET', '/packages')).headers.get('x-sandbox-warning'), null)
})

bothWays('warnings are in the journal, which can be filtered by them', async (t, { url, control }) => {
  const acme = control.account('acme')
  await postOrder(url, { id: 'order-1', candidate: { firstName: 'Mia' } })
  await postOrder(url, { id: 'order-2' })
  const warnings = [ignored('body/candidate/firstName', 'did you mean first_name?')]
  t.match(await acme.requests.list({ warned: true }), { requests: [{ orderId: 'order-1', warnings }], total: 1 })
  t.match(await acme.requests.list({ warned: false }), { requests: [{ orderId: 'order-2', warnings: [] }], total: 1 })
  const listed = await fetch(`${url}/_sandbox/requests?warned=true`)
  t.match(await listed.json(), { requests: [{ orderId: 'order-1', warnings }], total: 1 })

  const message =
    /^1 of 2 requests were refused or have warnings: #1 POST \S+ \(200\): body\/candidate\/firstName is not a property/
  await t.rejects(acme.requests.verifyClean(), { statusCode: 417, message })
  t.strictSame(await acme.requests.verifyClean({ allow: [{ warning: 'body/candidate/firstName' }] }), { checked: 2 })
  for (const allow of [[{ warning: 'body/candidate' }], [{ orderId: 'order-2', warning: 'body/candidate/firstName' }]])
    await t.rejects(acme.requests.verifyClean({ allow }), { statusCode: 417, message })
  await t.rejects(acme.requests.verifyClean({ allow: [{ warning: '' }] }), { statusCode: 400, message: /warning/ })
  t.match((await acme.requests.match({ warned: true, orderId: 'order-2' })).nearest?.differences, [
    'warned is false, not true',
  ])
})

t.test('the warning header is ASCII, at most 8 KiB, and counts what it omits', async (t) => {
  const { url, requests } = await sandboxFor(t)
  const short = await postOrder(url, { 'naïve 😀': 1 })
  t.match(short.headers.get('x-sandbox-warning'), 'body/na\\u00efve \\ud83d\\ude00 is not a property')

  const many = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, i) => [`unknown_${'x'.repeat(40)}_${String(i)}`, i]),
  )
  const { status, headers } = await postOrder(url, many)
  t.equal(status, 200)
  const header = headers.get('x-sandbox-warning') ?? ''
  t.ok(header.length <= 8 * 1024)
  const [, rest] = /; and (\d+) more$/.exec(header) ?? []
  t.equal(Number(rest) + header.split('; ').length - 1, 10_000)
  const [entry] = (await requests.list({ limit: 1 })).requests
  t.equal(entry?.warnings.length, 51)
  t.strictSame(entry?.warnings.at(-1), { path: '', message: 'and 9950 more' })

  const long = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${'x'.repeat(180)}_${String(i)}`, i]))
  const cut = (await postOrder(url, long)).headers.get('x-sandbox-warning') ?? ''
  t.ok(cut.length <= 8 * 1024)
  t.match(cut, /; and \d+ more$/)

  const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`n${String(i)}`, i]))
  await postOrder(url, { ...fifty, id: '' })
  t.strictSame((await requests.list({ limit: 1 })).requests[0]?.warnings.at(-1), { path: '', message: 'and 1 more' })
})

t.test('warnings about the query and the body are combined', async (t) => {
  const { url } = await sandboxFor(t)
  const response = await fetch(`${url}${ordersPath}?a=1`, { method: 'POST', headers: goodHeaders, body: '{"b":1}' })
  await response.json()
  t.match(response.headers.get('x-sandbox-warning'), /^body\/b .*; query\/a /)
})

bothWays(
  'with SANDBOX_STRICT, warnings become errors in the same words, and nothing changes',
  async (t, { url, control }) => {
    await postOrder(url, { id: 'order-1' })
    const message = `${ignored('body/candidate/firstName', 'did you mean first_name?').message}; body/id is empty: leave it out, or send an identifier`
    const { status, body, headers } = await postOrder(url, { candidate: { firstName: 'Mia' }, id: '' })
    t.equal(status, 400)
    t.match(body, { errorCode: 'ValidationError', message })
    t.match(headers.get('x-sandbox-hint'), 'SANDBOX_STRICT')
    t.equal(headers.get('x-sandbox-warning'), null)
    t.equal((await control.orders.list()).total, 1)

    for (const [method, path, given] of [
      ['PATCH', '/orders/order-1/result', {}],
      ['PATCH', '/orders/order-1/result', { Result: { value: 'passed' } }],
      ['PATCH', '/orders/order-1/result', { score: {} }],
      ['PATCH', '/orders/order-1/result', { result_url: 'x' }],
      ['POST', '/orders', { results_update_url: '/x' }],
      ['POST', '/orders', { package: { id: 'pkg' } }],
      ['GET', '/packages?pageSize=2', undefined],
    ] as const)
      t.match(await call(url, method, path, given), { status: 400, body: { errorCode: 'ValidationError' } }, path)
    t.match(await control.account('acme').orders.get('order-1'), { result: null })
    t.equal((await call(url, 'PATCH', '/orders/order-1/result', { summary: 'x' })).status, 200)
    t.equal((await call(url, 'PATCH', '/orders/order-1/result', { summary: 'x' })).status, 400)
    t.equal((await call(url, 'PATCH', '/orders/none/result', {})).status, 404)

    t.equal((await postOrder(url, { id: 'order-1' })).status, 200, 'assumed behaviour is not refused')
    t.equal((await call(url, 'GET', '/orders/order-1')).status, 200, 'nor is a withdrawn operation')
    t.equal((await postOrder(url, { id: 'order-2', passthrough: { firstName: 1 } })).status, 200)
  },
  { strict: true, packages: [{ id: 'own_1' }] },
)

bothWays("a recruiter's order must not have unknown properties", async (t, { control }) => {
  await t.rejects(control.orders.create({ candidate: { firstName: 'Mia' } } as never), {
    statusCode: 400,
    message: /^body\/candidate\/firstName is not a property that StackOne knows: did you mean first_name\?\n/,
  })
  t.match(await control.orders.create({ results_update_url: '/x', passthrough: { firstName: 1 } }), {
    state: 'ordered',
  })
  t.equal((await control.orders.list()).total, 1)
})

t.test('a repeated order gets the same answer and a warning', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await postOrder(url, { id: 'order-1' })
  t.equal(first.headers.get('x-sandbox-warning'), null)
  const again = await postOrder(url, { id: 'order-1' })
  t.strictSame(again.body, first.body)
  t.match(
    again.headers.get('x-sandbox-warning'),
    /^body\/id is the id of an earlier order, and this one is treated as the same/,
  )
  t.equal((await postOrder(url, { id: 'order-1', job: null })).status, 409)
})

bothWays(
  'with SANDBOX_REPEATED_ORDERS=conflict, a repeated order gets 409 whatever its body',
  async (t, { url, control }) => {
    t.equal((await postOrder(url, { id: 'order-1' })).status, 200)
    const { status, headers } = await postOrder(url, { id: 'order-1' })
    t.equal(status, 409)
    t.match(headers.get('x-sandbox-hint'), 'SANDBOX_REPEATED_ORDERS')
    t.equal((await postOrder(url, { id: 'order-1' }, { 'x-account-id': 'globex' })).status, 200)
    await t.rejects(control.account('acme').orders.create({ id: 'order-1' }), { statusCode: 409, message: /exists/ })
  },
  { repeatedOrders: 'conflict' },
)

bothWays(
  'with SANDBOX_REPEATED_ORDERS=new, a repeated order is a new order with its own id',
  async (t, { url, control }) => {
    const acme = control.account('acme')
    const order = { id: 'order-1', candidate: { emails: [{ value: 'mia+passed@example.com' }] } }
    const first = await postOrder(url, order)
    const second = await postOrder(url, order)
    t.equal(first.body['id'], 'order-1')
    t.not(second.body['id'], 'order-1')
    t.not(second.body['test_url'], first.body['test_url'])
    t.match(second.headers.get('x-sandbox-warning'), /this one is placed as a new order/)
    t.match(await acme.orders.list(), [
      { id: second.body['id'], state: 'passed', order: { id: second.body['id'] }, testUrl: second.body['test_url'] },
      { id: 'order-1', state: 'passed' },
    ])
    t.equal((await postOrder(url, { id: 'order-1', job: null })).status, 200)
  },
  { repeatedOrders: 'new' },
)
