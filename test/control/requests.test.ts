import { once } from 'node:events'
import { connect } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { pino } from 'pino'
import t from 'tap'
import { type JournalEntry, JournalEntrySchema, type RequestFilter } from '../../schemas/control/requests'
import { readOptions } from '../../src/config'
import { runSandbox } from '../../src/start-sandbox'
import { bothWays } from '../support/both'
import { logStream } from '../support/log-stream'
import { basic, call, goodHeaders, ordersPath, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

const noon = '2026-01-31T12:00:00.000Z'

/** Sends raw `bytes` to the sandbox at `url` and waits until it closes the connection. */
async function send(url: string, bytes: string): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes))
  await once(socket.resume(), 'close')
}

bothWays(
  'the journal records each request with its response',
  async (t, { url, control }) => {
    const placed = await postOrder(url, { id: 'order-1', passthrough: { a: [1] } })
    const { requests, dropped } = await control.requests.list()
    t.equal(dropped, 0)
    t.equal(requests.length, 1)
    const [entry] = requests as [JournalEntry]
    t.strictSame(violationsOf(JournalEntrySchema, entry), [])
    const { id, at, method, path, operation, account, orderId, status, hint, fault } = entry
    t.strictSame(
      { id, at, method, path, operation, account, orderId, status, hint, fault },
      {
        id: 1,
        at: noon,
        method: 'POST',
        path: ordersPath,
        operation: 'orders.create',
        account: 'acme',
        orderId: 'order-1',
        status: 200,
        hint: null,
        fault: null,
      },
    )
    t.ok(entry.ms >= 0)
    t.equal(entry.request.body, '{"id":"order-1","passthrough":{"a":[1]}}')
    t.match(entry.request.headers, { 'x-account-id': 'acme', 'content-type': 'application/json' })
    t.strictSame(JSON.parse(entry.response.body ?? ''), placed.body)
    t.match(entry.response.headers, { 'content-type': /^application\/json/, 'content-length': /^\d+$/ })
  },
  { clock: noon },
)

bothWays('a refused request tells each wrong place, and what is expected there', async (t, { url, control }) => {
  const violationsOf = async () => {
    const { requests } = await control.requests.list({ limit: 1 })
    return (await control.requests.get(requests[0]?.id ?? 0)).violations
  }
  await postOrder(url, { candidate: { emails: [{ value: 3 }] }, job: { hiring_team: 'Noor' } })
  t.strictSame(
    (await violationsOf()).sort((a, b) => a.path.localeCompare(b.path)),
    [
      {
        path: 'body/candidate/emails/0/value',
        message: 'body/candidate/emails/0/value must be string or null',
        expected: '"mia.lindqvist@example.com"',
      },
      {
        path: 'body/job/hiring_team',
        message: 'body/job/hiring_team must be array or null',
        expected: (await violationsOf()).find(({ path }) => path === 'body/job/hiring_team')?.expected ?? null,
      },
    ],
  )
  t.match(JSON.parse((await violationsOf()).find(({ path }) => path.endsWith('team'))?.expected ?? ''), [{}])

  await call(url, 'PATCH', '/orders/order-1/result', [])
  const [whole] = await violationsOf()
  t.match(whole, { path: 'body', message: 'body must be object' })
  t.match(JSON.parse(whole?.expected ?? ''), { result: { value: 'passed' } })

  await call(url, 'GET', '/packages?raw=True')
  t.strictSame(await violationsOf(), [
    { path: 'query/raw', message: 'query/raw must be boolean or null', expected: null },
  ])
  await call(url, 'GET', '/packages?page_size=many')
  t.strictSame(await violationsOf(), [], 'a sentence that names no place')
  await control.faults.add({ status: 502 })
  await postOrder(url, { id: 3 })
  t.strictSame(await violationsOf(), [])
  await control.faults.add({ answer: 'none' })
  await fetch(`${url}/unified/ats/candidates`, { headers: goodHeaders, signal: AbortSignal.timeout(100) }).catch(String)
  await control.requests.waitFor({ operation: 'candidates.list' })
  t.strictSame(await violationsOf(), [])
  await postOrder(url, '{')
  t.strictSame(await violationsOf(), [])
  await fetch(`${url}/unified/ats/elsewhere`)
  t.strictSame(await violationsOf(), [])
})

bothWays(
  'in strict mode, the place of a likely mistake may hold blanks',
  async (t, { url, control }) => {
    await postOrder(url, { candidate: { 'first name': 'Mia' } })
    t.match((await control.requests.get(1)).violations, [{ path: 'body/candidate/first name', expected: null }])
  },
  { strict: true },
)

bothWays('the journal names the operation of each request and keeps the query', async (t, { url, control }) => {
  await postOrder(url, { id: 'order-1' })
  await call(url, 'PATCH', '/orders/order-1/result', { result: { value: 'passed' } })
  await call(url, 'GET', '/orders/order-1')
  await call(url, 'GET', '/orders/order-1/results')
  await call(url, 'GET', '/packages?page_size=1')
  await call(url, 'GET', '/packages/pkg_sql_queries')
  const { requests } = await control.requests.list()
  t.strictSame(
    requests.map(({ id, method, operation, orderId }) => [id, method, operation, orderId]),
    [
      [6, 'GET', 'packages.get', null],
      [5, 'GET', 'packages.list', null],
      [4, 'GET', 'results.get', 'order-1'],
      [3, 'GET', 'orders.get', 'order-1'],
      [2, 'PATCH', 'results.update', 'order-1'],
      [1, 'POST', 'orders.create', 'order-1'],
    ],
  )
  t.match(requests[1], { path: '/unified/ats/assessments/packages?page_size=1', request: { body: null } })
})

bothWays(
  'the journal contains no credentials',
  async (t, { url, control }) => {
    const secret = 'k3y-of-acme'
    const authorization = basic(secret)
    for (const headers of [
      { authorization },
      { authorization: authorization.replace('Basic', 'BASIC ') },
      { authorization: `Bearer ${secret}` },
      { authorization: secret },
      { authorization, cookie: `sid=${secret}`, 'x-api-key': secret, 'proxy-authorization': `Digest ${secret}` },
    ]) {
      await postOrder(url, {}, headers)
    }
    const { requests } = await control.requests.list()
    t.strictSame(
      requests.map(({ request }) => request.headers['authorization']),
      ['Basic ***', '***', 'Bearer ***', 'BASIC ***', 'Basic ***'],
    )
    t.match(requests[0]?.request.headers, { cookie: '***', 'x-api-key': '***', 'proxy-authorization': '***' })
    t.notMatch(JSON.stringify(requests), secret)
    t.notMatch(JSON.stringify(requests), authorization.replace('Basic ', ''))
    t.match(await control.requests.match({ headers: { authorization: 'Basic ***' } }), { matched: 0 })
    t.match(
      await control.requests.match({ headers: { authorization } }),
      { matched: 2 },
      'what was received is compared, not what is shown',
    )
  },
  { apiKeys: ['k3y-of-acme'] },
)

bothWays('lists truncate bodies after 65,536 characters and mark them as cut', async (t, { url, control }) => {
  const note = (length: number) => ({ id: `order-${String(length)}`, package: { description: 'é'.repeat(length) } })
  const overhead = JSON.stringify(note(0)).length + '65000'.length - '0'.length
  await postOrder(url, note(70_000))
  await call(url, 'GET', '/orders/order-70000')
  await postOrder(url, note(65_536 - overhead))
  const { requests } = await control.requests.list()
  const [exact, read, long] = requests as [JournalEntry, JournalEntry, JournalEntry]
  t.equal(exact.request.body, JSON.stringify(note(65_536 - overhead)), 'a body of exactly that length is kept whole')
  t.equal(long.request.body, JSON.stringify(note(70_000)).slice(0, 65_536))
  t.equal(read.response.body?.length, 65_536)
  t.strictSame(
    [exact, long, read].map(({ request, response }) => [request.isCut, response.isCut]),
    [
      [false, false],
      [true, false],
      [false, true],
    ],
  )
  t.strictSame(JSON.parse((await control.requests.get(long.id)).request.body ?? ''), note(70_000))
})

bothWays('a request can be read by its id while the journal keeps it', async (t, { url, control }) => {
  await postOrder(url, { id: 'order-1' })
  await postOrder(url, { id: 'order-2' })
  t.match(await control.requests.get(2), { id: 2, orderId: 'order-2', request: { body: '{"id":"order-2"}' } })
  const refusal: unknown = await control.requests.get(3).catch((error: unknown) => error)
  t.match(refusal, { statusCode: 404, message: /Request 3 not found\n.*SANDBOX_JOURNAL_SIZE/ })
})

bothWays('refused requests are journaled with their hint', async (t, { url, control }) => {
  await postOrder(url, { id: 3 })
  await postOrder(url, '{"id":')
  await postOrder(url, {}, { authorization: basic('wrong') })
  await (await fetch(`${url}/unified/nothing`)).text()
  await (await fetch(`${url}/%zz`)).text()
  const { requests } = await control.requests.list()
  for (const entry of requests) t.strictSame(violationsOf(JournalEntrySchema, entry), [])
  t.match(requests, [
    { status: 400, path: '/%zz', operation: null, account: null, hint: /Percent-encode/ },
    { status: 404, path: '/unified/nothing', operation: null, hint: /Check the path/, request: { body: null } },
    { status: 401, operation: 'orders.create', message: String, hint: /SANDBOX_API_KEYS/ },
    { status: 400, account: 'acme', hint: /JSON text/, request: { body: '{"id":' } },
    {
      status: 400,
      orderId: null,
      message: 'body/id must be string or null',
      hint: /^body\/id looks like/,
      response: { body: /body\/id must be string or null/ },
    },
  ])
  t.equal(requests[4]?.response.headers['x-sandbox-hint'], requests[4]?.hint)
})

bothWays('input that is not HTTP is journaled too', async (t, { url, control }) => {
  await send(url, 'GARBAGE\r\n\r\n')
  const [entry] = (await control.requests.list()).requests as [JournalEntry]
  t.strictSame(violationsOf(JournalEntrySchema, entry), [])
  t.match(entry, { method: '', path: '', operation: null, account: null, status: 400, hint: /speaks plain HTTP\/1\.1/ })
  t.match(entry, { request: { headers: {}, body: null }, response: { body: /"statusCode":400/ } })
})

bothWays('a call that a fault leaves unanswered has no status', async (t, { url, control }) => {
  const { id } = await control.faults.add({ answer: 'reset' })
  await t.rejects(postOrder(url, {}), { name: 'TypeError', message: 'fetch failed' })
  t.match(await control.requests.waitFor(), { status: null, fault: id, response: { body: null } })
})

bothWays('requests to the test page are journaled with their order', async (t, { url, control }) => {
  const { testUrl } = await control.account('acme').orders.create({ id: 'order-1' })
  await (await fetch(testUrl)).text()
  await fetch(testUrl, { method: 'POST', body: new URLSearchParams({ step: 'start' }), redirect: 'manual' })
  await (await fetch(`${url}/tests/unknown`)).text()
  const page = { operation: null, account: 'acme', orderId: 'order-1' }
  t.match((await control.requests.list()).requests, [
    { method: 'GET', path: '/tests/unknown', account: null, orderId: null, status: 404 },
    { method: 'POST', status: 303, ...page },
    { method: 'GET', status: 200, ...page, response: { body: /<html/ } },
  ])
})

bothWays("calls to the sandbox's own paths are not journaled", async (t, { url, control }) => {
  for (const path of ['/_sandbox/orders', '/_sandbox/health', '/_sandbox', '/_sandbox/nothing?a', '/openapi.json', '/'])
    await (await fetch(url + path)).text()
  await control.orders.create()
  t.strictSame(await control.requests.list(), { requests: [], total: 0, next: null, dropped: 0 })
})

bothWays(
  'the journal keeps the latest requests and counts the dropped ones',
  async (t, { url, control }) => {
    const kept = async (account?: string) => {
      const { requests, dropped } = await (account ? control.account(account) : control).requests.list()
      return [requests.map(({ id }) => id), dropped]
    }
    for (let i = 1; i <= 3; i++) await postOrder(url, {})
    t.strictSame(await kept(), [[3, 2, 1], 0])
    for (let i = 4; i <= 5; i++) await postOrder(url, {}, { 'x-account-id': 'globex' })
    t.strictSame(await kept(), [[5, 4, 3], 2])
    t.strictSame(await kept('acme'), [[3], 2])

    await control.account('acme').reset()
    t.strictSame(await kept(), [[5, 4], 2], 'resetting an account deletes its requests')
    for (let i = 6; i <= 8; i++) await postOrder(url, {})
    t.strictSame(await kept(), [[8, 7, 6], 4])
    await control.reset()
    t.strictSame(await kept(), [[], 0])
    await postOrder(url, {})
    t.strictSame(await kept(), [[1], 0])
  },
  { journalSize: 3 },
)

bothWays(
  'entries keep their headers and bodies while others are added and dropped',
  async (t, { url, control }) => {
    const descriptions = ['a', 'é'.repeat(900), 'b'.repeat(1_800), 'ü'.repeat(3_000), '日本', '']
    const send = (i: number, account: string) =>
      postOrder(
        url,
        { id: `order-${String(i)}`, package: { description: descriptions[i % descriptions.length] } },
        { 'x-account-id': account, 'x-trace': `trace-${String(i)}` },
      )
    const isWhole = async () => {
      const { requests } = await control.requests.list({ limit: 1000 })
      for (const { request, response, orderId } of requests) {
        const i = Number(orderId?.slice('order-'.length))
        const description = descriptions[i % descriptions.length]
        const wanted = {
          sent: JSON.stringify({ id: orderId, package: { description } }),
          answered: orderId,
          trace: `trace-${String(i)}`,
          length: String(Buffer.byteLength(response.body ?? '')),
        }
        const found = {
          sent: request.body,
          answered: (JSON.parse(response.body ?? '') as { id: string }).id,
          trace: request.headers['x-trace'],
          length: response.headers['content-length'],
        }
        // An assertion for each of a thousand would take as long as the requests.
        if (!isDeepStrictEqual(found, wanted)) t.strictSame(found, wanted)
      }
      return requests.length
    }
    for (let i = 0; i < 400; i++) await send(i, i % 3 === 0 ? 'globex' : 'acme')
    t.equal(await isWhole(), 300)
    await control.account('globex').reset()
    t.equal(await isWhole(), 200)
    for (let i = 400; i < 650; i++) await send(i, 'acme')
    t.equal(await isWhole(), 300)
  },
  { journalSize: 300 },
)

bothWays(
  'a journal of size 0 keeps nothing, yet waiting for requests works',
  async (t, { url, control }) => {
    const waiting = control.requests.waitFor({}, { timeoutMs: 60_000 })
    const wait = { isOver: false }
    void waiting.finally(() => (wait.isOver = true))
    // The wait may start late, and earlier requests are not kept.
    for (let i = 0; !wait.isOver; i++) await postOrder(url, { id: `order-${String(i)}` })
    t.match(await waiting, { operation: 'orders.create' })
    const { requests, dropped } = await control.requests.list()
    t.strictSame(requests, [])
    t.ok(dropped >= 1)
  },
  { journalSize: 0 },
)

bothWays('at most 100 requests are listed by default', async (t, { url, control }) => {
  for (let i = 0; i < 101; i++) await (await fetch(`${url}/tests/unknown`)).text()
  t.equal((await control.requests.list()).requests.length, 100)
  t.equal((await control.requests.list({ limit: 1000 })).requests.length, 101)
  t.strictSame(
    (await control.requests.list({ limit: 2 })).requests.map(({ id }) => id),
    [101, 100],
  )
})

bothWays(
  'requests can be filtered by operation, method, path, status, order, headers and body',
  async (t, { url, control }) => {
    await postOrder(url, { id: 'order-1', candidate: { first_name: 'Mia', emails: [{ value: 'mia@example.com' }] } })
    await call(url, 'GET', '/orders/order-1?expand=candidate', undefined, { 'X-Trace': 'abc' })
    await postOrder(url, { id: 'order-2' }, { 'x-account-id': 'globex' })
    await postOrder(url, [])

    const acme = control.account('acme')
    for (const [filter, expected, inAcme = expected] of [
      [{}, [4, 3, 2, 1], [4, 2, 1]],
      [{ operation: 'orders.create' }, [4, 3, 1], [4, 1]],
      [{ operation: 'orders.create', status: 200 }, [3, 1], [1]],
      [{ status: 400 }, [4]],
      [{ method: 'GET' }, [2]],
      [{ path: '/unified/ats/assessments/orders/order-1' }, [2]],
      [{ orderId: 'order-2' }, [3], []],
      [{ headers: { 'x-trace': 'abc' } }, [2]],
      [{ headers: { 'X-TRACE': 'abc', 'X-Account-Id': 'acme' } }, [2]],
      [{ headers: { 'x-trace': 'abcd' } }, []],
      [{ body: { candidate: { first_name: 'Mia' } } }, [1]],
      [{ body: { candidate: { emails: [{ value: 'mia@example.com' }] } } }, [1]],
      [{ body: [] }, [4]],
      [{ body: null }, [2]],
      [{ body: {} }, [3, 1], [1]],
    ] as [RequestFilter, number[], number[]?][]) {
      const of = async (requests: typeof control.requests) => (await requests.list(filter)).requests.map(({ id }) => id)
      t.strictSame(await of(control.requests), expected, JSON.stringify(filter))
      t.strictSame(await of(acme.requests), inAcme, `${JSON.stringify(filter)} in acme`)
    }
  },
)

bothWays('a filter for the body null finds an empty body and the JSON value null, and no text', async (t, sandbox) => {
  const { url, control } = sandbox
  const send = (body: string) => fetch(url + ordersPath, { method: 'POST', headers: goodHeaders, body })
  for (const body of ['null', '"null"', '{"id":null}']) await send(body)
  const { requests } = await control.requests.list({ body: null })
  t.strictSame(
    requests.map(({ request }) => request.body),
    ['null'],
  )
})

t.test('curl filters requests with query parameters', async (t) => {
  const { url } = await sandboxFor(t)
  await postOrder(url, { id: 'order-1' })
  await postOrder(url, { id: 'order-2' }, { 'x-account-id': 'globex' })
  const listed = async (query: string) => {
    const response = await fetch(`${url}/_sandbox/requests${query}`)
    return (await response.json()) as { requests: JournalEntry[]; message?: string }
  }
  for (const [query, expected] of [
    ['', [2, 1]],
    ['?account=acme', [1]],
    ['?operation=orders.create&status=200&orderId=order-2&method=POST', [2]],
    ['?limit=1', [2]],
    ['?status=404', []],
  ] as const) {
    t.strictSame(
      (await listed(query)).requests.map(({ id }) => id),
      expected,
      query,
    )
  }
  for (const query of ['?operation=orders.make', '?status=x', '?limit=0', '?body=a'])
    t.match(await listed(query), { message: /^query/, hint: /./ }, query)
  const found = await fetch(`${url}/_sandbox/requests/find`, { method: 'POST' })
  t.equal(((await found.json()) as { requests: unknown[] }).requests.length, 2)
})

bothWays('match counts the matching requests', async (t, { url, control }) => {
  const acme = control.account('acme')
  for (const id of ['order-1', 'order-2']) await postOrder(url, { id, candidate: { first_name: 'Mia' } })
  await postOrder(url, { id: 'order-3', candidate: { first_name: 'Mia' } }, { 'x-account-id': 'globex' })
  const expected = { operation: 'orders.create', body: { candidate: { first_name: 'Mia' } } } as const
  t.strictSame(await acme.requests.match(expected), { matched: 2, nearest: null })
  t.strictSame(await control.requests.match(expected), { matched: 3, nearest: null })
})

bothWays('match returns no nearest request when none was received', async (t, { url, control }) => {
  await postOrder(url, {})
  t.strictSame(await control.account('globex').requests.match({}), { matched: 0, nearest: null })
})

bothWays('match shows how the nearest request differs when none matches', async (t, { url, control }) => {
  await postOrder(url, '{"id":')
  await call(url, 'GET', '/packages')
  await postOrder(
    url,
    {
      id: 'order-1',
      package: { id: 'pkg_1', name: 'n'.repeat(300) },
      candidate: {
        first_name: 'Mya',
        emails: [{ value: 'mia@example.com' }, { value: 'm@example.com' }],
        last_name: null,
      },
    },
    { prefer: 'heartbeat' },
  )
  const differences = async (filter: RequestFilter) => {
    const { matched, nearest } = await control.requests.match(filter)
    t.equal(matched, 0)
    return nearest?.differences
  }

  const { nearest } = await control.requests.match({ orderId: 'order-1', body: { candidate: { first_name: 'Mia' } } })
  t.match(nearest?.request, { id: 3, orderId: 'order-1' })
  t.strictSame(nearest?.differences, ['body.candidate.first_name is "Mya", not "Mia"'])

  const of = { orderId: 'order-1' }
  for (const [filter, expected] of [
    [{ ...of, status: 400 }, ['status is 200, not 400']],
    [
      { ...of, method: 'PUT', path: '/orders' },
      ['method is "POST", not "PUT"', `path is "${ordersPath}", not "/orders"`],
    ],
    [{ ...of, headers: { Prefer: 'no' } }, ['header Prefer is "heartbeat", not "no"']],
    [{ ...of, headers: { 'X-Trace': 'a' } }, ['header X-Trace is missing, not "a"']],
    [{ ...of, body: { job: { id: 'job_1' } } }, ['body.job is missing, not {"id":"job_1"}']],
    [{ ...of, body: { candidate: { id: null } } }, ['body.candidate.id is missing, not null']],
    [{ ...of, body: { toString: 1 } }, ['body.toString is missing, not 1']],
    [{ ...of, body: { candidate: { last_name: 'L' } } }, ['body.candidate.last_name is null, not "L"']],
    [{ ...of, body: { candidate: { last_name: { a: 1 } } } }, ['body.candidate.last_name is null, not {"a":1}']],
    [{ ...of, body: { candidate: { emails: [] } } }, ['body.candidate.emails has 2 entries, not 0']],
    [
      { ...of, body: { candidate: { emails: [{ value: 'x' }, { value: 'm@example.com', type: 'work' }] } } },
      [
        'body.candidate.emails[0].value is "mia@example.com", not "x"',
        'body.candidate.emails[1].type is missing, not "work"',
      ],
    ],
    [
      { ...of, body: { candidate: { emails: { 0: {} } } } },
      ['body.candidate.emails is [{"value":"mia@example.com"},{"value":"m@example.com"}], not {"0":{}}'],
    ],
    [{ ...of, body: { package: [] } }, [`body.package is {"id":"pkg_1","name":"${'n'.repeat(178)} …, not []`]],
    [{ status: 400, body: 'x' }, ['body is "{\\"id\\":", not "x"']],
    [{ operation: 'packages.list', method: 'GET', body: { id: 1 } }, ['body is null, not {"id":1}']],
    [{ operation: 'results.get', status: 200, method: 'GET' }, ['operation is "packages.list", not "results.get"']],
  ] as [RequestFilter, string[]][]) {
    t.strictSame(await differences(filter), expected, JSON.stringify(filter))
  }
})

bothWays('a request with a similar body is nearer than one without a body', async (t, { url, control }) => {
  await postOrder(url, { id: 'order-1', candidate: { first_name: 'Mya', last_name: 'Lindquist' } })
  await postOrder(url, { id: 'order-2', candidate: null })
  await call(url, 'GET', '/packages')
  const body = { candidate: { first_name: 'Mia', last_name: 'Lindqvist' } }
  const { nearest } = await control.requests.match({ body })
  t.match(nearest?.request, { orderId: 'order-1' })
  t.strictSame(nearest?.differences, [
    'body.candidate.first_name is "Mya", not "Mia"',
    'body.candidate.last_name is "Lindquist", not "Lindqvist"',
  ])
})

bothWays('a list call or filter that violates the schema is refused', async (t, { control }) => {
  const { requests } = control
  const wrong = (value: unknown) => value as never
  for (const [refused, message] of [
    [
      () => requests.list(wrong({ operation: 'orders.make' })),
      /^body\/filter\/operation must be one of orders\.create, /,
    ],
    [() => requests.list(wrong({ status: '200' })), /^body\/filter\/status must be integer\n/],
    [() => requests.list(wrong({ order: 'a' })), /^body\/filter must not have the property order\n/],
    [() => requests.list({ limit: 0 }), /^body\/limit must be >= 1\n/],
    [() => requests.list({ limit: 1001 }), /^body\/limit must be <= 1000\n/],
    [() => requests.verify(wrong({ headers: { a: 1 } })), /^body\/filter\/headers\/a must be string\n/],
    [() => requests.verify(wrong({ query: 'a' })), /^body\/filter must not have the property query\n/],
    [() => requests.match(wrong({ query: 'a' })), /^body\/filter must not have the property query\n/],
    [() => control.deliveries.list({ limit: 0 }), /^query\/limit must be >= 1\n/],
  ] as [() => Promise<unknown>, RegExp][]) {
    await t.rejects(refused(), { name: 'ControlError', statusCode: 400, message })
  }
})

t.test('the journal records HTTP/1.0 requests and joins repeated headers', async (t) => {
  const { url, requests } = await sandboxFor(t)
  const head = Object.entries(goodHeaders).map(([name, value]) => `${name}: ${value}`)
  const lines = [`POST ${ordersPath} HTTP/1.0`, ...head, 'x-tag: a', 'X-Tag: b', 'content-length: 2', '', '{}']
  await send(url, lines.join('\r\n'))
  t.match((await requests.list()).requests, [{ status: 200, request: { headers: { 'x-tag': 'a, b' }, body: '{}' } }])
})

t.test('unanswered calls are logged too, with the fault that applied', async (t) => {
  const { out, lines } = logStream(t)
  const sandbox = await runSandbox(readOptions({}), pino({ level: 'info' }, out))
  t.teardown(() => sandbox.close())
  const { id } = await sandbox.faults.add({ answer: 'reset' })
  await t.rejects(postOrder(sandbox.url, {}), { name: 'TypeError', message: 'fetch failed' })
  await sandbox.requests.waitFor()
  t.match(lines(), [
    { level: 40, path: ordersPath, account: 'acme', fault: id, error: /^the connection ended without a whole answer$/ },
  ])
  t.notOk('status' in (lines()[0] ?? {}))
})
