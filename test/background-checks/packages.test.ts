import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { mostRecords } from '../../src/store/account-records'
import { redisFor, type RedisForTest, skip } from '../support/redis'
import { callChecks, sandboxFor } from '../support/sandbox'

interface Package {
  id: string
  remote_id: string
  name?: string | null
  description?: string | null
  tests?: { id: string; remote_id: string; name?: string; description?: string }[] | null
}

interface PackagePage {
  next: string | null
  data: Package[]
}

const clock = '2026-03-01T09:00:00.000Z'
let redis: Promise<RedisForTest> | undefined

/** A promise that all stores keep: `urls` are two sandboxes with one store, or twice the same sandbox. */
function everywhere(title: string, story: (t: Test, urls: [string, string]) => Promise<void>) {
  t.test(`${title} (in memory)`, async (t) => {
    const { url } = await sandboxFor(t, { clock })
    await story(t, [url, url])
  })
  t.test(`${title} (in Redis)`, { skip }, async (test) => {
    redis ??= redisFor(t)
    const shared = { clock, store: (await redis).url, storePrefix: randomUUID() }
    const [first, second] = [await sandboxFor(test, shared), await sandboxFor(test, shared)]
    await story(test, [first.url, second.url])
  })
}

const list = async (url: string, query = '', account = 'acme') => {
  const { body } = await callChecks(url, 'GET', `/packages${query}`, undefined, { 'x-account-id': account })
  return body as unknown as PackagePage
}

const idsOf = ({ data }: PackagePage) => data.map(({ id }) => id)

async function read(url: string, id: string, account = 'acme') {
  const { status, body } = await callChecks(url, 'GET', `/packages/${id}`, undefined, { 'x-account-id': account })
  return { status, data: body['data'] as Package }
}

async function create(url: string, body: object) {
  const made = await callChecks(url, 'POST', '/packages', body)
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return made.body['data'] as Package
}

const builtIn = [
  'check_basic',
  'check_driver',
  'check_executive',
  'check_finance',
  'check_references',
  'check_standard',
]

t.test('every account starts with six packages of background checks, each with tests', async (t) => {
  const { url } = await sandboxFor(t)
  const { status, body } = await callChecks(url, 'GET', '/packages')
  t.equal(status, 200)
  t.strictSame(Object.keys(body), ['data', 'next'])
  const { data, next } = body as unknown as PackagePage
  t.equal(next, null)
  t.strictSame(
    data.map(({ id }) => id),
    builtIn,
  )
  const facts = ['id', 'remote_id', 'name', 'description']
  for (const each of data) {
    t.strictSame(Object.keys(each), [...facts, 'tests'])
    t.ok(each.tests?.length)
    for (const test of each.tests ?? []) t.strictSame(Object.keys(test), facts)
  }
})

t.test('packages of background checks are paged, with short pages too', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await list(url, '?page_size=4')
  t.strictSame(idsOf(first), builtIn.slice(0, 4))
  t.strictSame(idsOf(await list(url, `?page_size=4&next=${String(first.next)}`)), builtIn.slice(4))
  t.strictSame(idsOf(await list(url, '?page_size=4&page=2')), builtIn.slice(4))
  t.equal((await callChecks(url, 'GET', '/packages?page_size=101')).status, 400)
  t.match(await callChecks(url, 'GET', '/packages?next=nonsense'), {
    status: 400,
    body: { message: 'next must be a cursor from an earlier page' },
  })
  t.strictSame(idsOf(await list(url, '?page_size=4', 'sandbox-short-pages')), builtIn.slice(0, 2))
})

t.test('filter[updated_after] lists only packages that changed since', async (t) => {
  const { url } = await sandboxFor(t, { clock })
  await callChecks(url, 'PATCH', '/packages/check_driver', { name: 'Drivers' })
  for (const name of ['filter[updated_after]', 'updated_after'])
    t.strictSame(idsOf(await list(url, `?${name}=2026-02-28`)), ['check_driver'])
})

t.test('fields and raw work for packages of background checks as for those of assessments', async (t) => {
  const { url } = await sandboxFor(t)
  t.strictSame((await callChecks(url, 'GET', '/packages/check_references?fields=id,name&raw=true')).body, {
    data: { id: 'check_references', name: 'References only' },
    raw: [
      {
        method: 'GET',
        url: 'https://provider.example.com/v1/background-check-packages/prov-check-6',
        body: null,
        response: {
          ...(await read(url, 'check_references')).data,
          updated_at: '2026-02-09T08:00:00.000Z',
        },
      },
    ],
  })
  t.strictSame((await list(url, '?fields=id&page_size=1')).data, [{ id: 'check_basic' }])
  const { headers } = await callChecks(url, 'GET', '/packages?fields=test')
  t.match(headers.get('x-sandbox-warning'), /query\/fields: test is not a property .* did you mean tests\?/)
})

everywhere('a package of background checks can be created, and is read by its id or remote id', async (t, [a, b]) => {
  const given = {
    name: 'Pilots',
    description: null,
    tests: [{ name: 'Licence' }, { name: 'Health', description: 'x' }],
  }
  const answer = await callChecks(a, 'POST', '/packages', { ...given, passthrough: { colour: 'blue' } })
  t.equal(answer.status, 201)
  t.equal(answer.headers.get('x-sandbox-warning'), null)
  const { id, remote_id } = answer.body['data'] as Package
  t.match([id, remote_id], [/^[\da-f-]{36}$/, /^[\da-f-]{36}$/])
  t.strictSame(answer.body, {
    statusCode: 201,
    message: 'Record created successfully.',
    timestamp: clock,
    data: { id, remote_id },
  })

  const made = (await read(b, id)).data
  t.match(made, { id, remote_id, ...given })
  t.equal(new Set(made.tests?.flatMap((test) => [test.id, test.remote_id])).size, 4)
  t.strictSame((await read(b, remote_id)).data, made)
  t.strictSame(idsOf(await list(b)), [...builtIn, id].sort())
  t.equal((await read(b, id, 'globex')).status, 404, 'it belongs to its account')
  t.strictSame(idsOf(await list(b, '', 'globex')), builtIn)

  const empty = await create(b, {})
  t.strictSame((await read(a, empty.id)).data, { id: empty.id, remote_id: empty.remote_id })
  t.match((await read(a, (await create(a, { tests: null })).id)).data, { tests: null })
})

everywhere('a change of a package keeps what it leaves out, and null clears', async (t, [a, b]) => {
  const before = (await read(a, 'check_basic')).data
  t.strictSame((await callChecks(a, 'PATCH', '/packages/prov-check-1', { name: 'Quick', description: null })).body, {
    statusCode: 200,
    message: 'Record updated successfully.',
    timestamp: clock,
  })
  t.strictSame((await read(b, 'check_basic')).data, { ...before, name: 'Quick', description: null })
  await callChecks(b, 'PATCH', '/packages/check_basic', { description: 'Fast', tests: null })
  t.strictSame((await read(a, 'check_basic')).data, { ...before, name: 'Quick', description: 'Fast', tests: null })
})

everywhere(
  'the tests of a change replace those of the package; one with an id is the earlier test',
  async (t, [a, b]) => {
    const [identity, rightToWork] = (await read(a, 'check_basic')).data.tests ?? []
    const tests = [
      { id: rightToWork?.remote_id, name: 'Work permit' },
      { name: 'Languages' },
      { id: 'test_unknown', name: 'Unknown' },
    ]
    await callChecks(b, 'PATCH', '/packages/check_basic', { tests })
    const now = (await read(a, 'check_basic')).data.tests ?? []
    t.strictSame(now[0], { ...rightToWork, name: 'Work permit' })
    t.match(now.slice(1), [
      { id: /^[\da-f-]{36}$/, remote_id: /^[\da-f-]{36}$/, name: 'Languages' },
      { id: /^[\da-f-]{36}$/, name: 'Unknown' },
    ])
    t.notOk(now.some(({ id }) => id === identity?.id))

    await callChecks(b, 'PATCH', '/packages/check_basic', { tests: null })
    await callChecks(b, 'PATCH', '/packages/check_basic', { tests: [{ id: 'test_identity' }] })
    t.match((await read(a, 'check_basic')).data.tests, [{ id: /^[\da-f-]{36}$/ }])
  },
)

everywhere('a deleted package is gone until a reset', async (t, [a, b]) => {
  const { id } = await create(a, { name: 'Short-lived' })
  for (const each of [id, 'check_driver']) {
    t.strictSame((await callChecks(b, 'DELETE', `/packages/${each}`)).body, {
      statusCode: 200,
      message: 'Record deleted successfully.',
      timestamp: clock,
    })
    for (const [method, body] of [['GET'], ['PATCH', {}], ['DELETE']] as const) {
      t.match(await callChecks(a, method, `/packages/${each}`, body), {
        status: 404,
        body: { message: `Package ${each} not found` },
      })
    }
  }
  const withType = { 'content-type': 'application/json' }
  const typed = await callChecks(a, 'DELETE', `/packages/${(await create(a, {})).id}`, undefined, withType)
  t.equal(typed.status, 200, 'a content type without a body, which some clients send, is no reason to refuse')
  t.strictSame(
    idsOf(await list(a)),
    builtIn.filter((each) => each !== 'check_driver'),
  )
  await fetch(`${a}/_sandbox/reset?account=acme`, { method: 'POST' })
  t.strictSame(idsOf(await list(b)), builtIn)
})

everywhere('concurrent changes of one package are all kept', async (t, urls) => {
  const { id } = await create(urls[0], {})
  const changes = [{ name: 'Name' }, { description: 'Description' }, { tests: [{ name: 'Test' }] }]
  await Promise.all(changes.map((change, i) => callChecks(urls[i % 2] ?? '', 'PATCH', `/packages/${id}`, change)))
  t.match((await read(urls[0], id)).data, { name: 'Name', description: 'Description', tests: [{ name: 'Test' }] })
})

everywhere('only one of two concurrent deletions of a package succeeds', async (t, urls) => {
  const answers = await Promise.all(urls.map((url) => callChecks(url, 'DELETE', '/packages/check_basic')))
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 404])
})

t.test('a package that breaks the schema is refused with 400, and unknown properties get a warning', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [method, path] of [
    ['POST', '/packages'],
    ['PATCH', '/packages/check_basic'],
  ] as const) {
    t.match(await callChecks(url, method, path, { tests: [{ name: 3 }] }), {
      status: 400,
      body: { errors: ['body/tests/0/name must be string or null'] },
    })
    const { headers } = await callChecks(url, method, path, { nmae: 'x' })
    t.match(headers.get('x-sandbox-warning'), /body\/nmae .* did you mean name\?/)
  }
})

t.test('a read-only key can list packages of background checks, and change none', async (t) => {
  const { url } = await sandboxFor(t, { apiKeys: ['sandbox=read-only'] })
  t.equal((await callChecks(url, 'GET', '/packages')).status, 200)
  for (const [method, path, body] of [
    ['POST', '/packages', {}],
    ['PATCH', '/packages/check_basic', {}],
    ['DELETE', '/packages/check_basic'],
    ['POST', '/orders', {}],
  ] as const)
    t.equal((await callChecks(url, method, path, body)).status, 403, `${method} ${path}`)
})

t.test('the limit of packages of background checks in an account is 422', async (t) => {
  const most = mostRecords.ofKind
  t.teardown(() => Object.assign(mostRecords, { ofKind: most }))
  Object.assign(mostRecords, { ofKind: 1 })
  const { url } = await sandboxFor(t)
  await create(url, {})
  t.match(await callChecks(url, 'POST', '/packages', {}), { status: 422, body: { message: /limit of records/ } })
})
