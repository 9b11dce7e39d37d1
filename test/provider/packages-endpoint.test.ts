import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { connectSandbox, verifySignature } from '../../src/index'
import { judgePackages } from '../../src/provider/judge-packages'
import { fetchPackages } from '../../src/provider/fetch-packages'
import { memoryDeps } from '../../src/compose/deps'
import { readOptions } from '../../src/config'
import { pino } from 'pino'
import { bothWays } from '../support/both'
import { listed } from '../support/ats'
import { listenFor, receiverFor } from '../support/receiver'
import { sandboxFor } from '../support/sandbox'

const packages = [
  { id: 'pkg-1', remote_id: 'r-1', name: 'Knots', description: 'Twelve knots' },
  { id: 'pkg-2', name: 'Tides' },
]
const good = { next: null, data: packages }

/** A packages endpoint that answers with `answer`: a body as JSON or as it is, or whatever the function does. */
const endpointFor = (t: Test, answer: unknown = good) =>
  receiverFor(t, (response) => {
    if (typeof answer === 'function') (answer as (response: ServerResponse) => void)(response)
    else response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  })

bothWays('the packages endpoint is asked as StackOne asks: POST, signed, with HTTP Basic', async (t, { control }) => {
  const endpoint = await endpointFor(t)
  const acme = control.account('acme')
  await acme.link({ provider: 'teamtailor' })
  const url = `${endpoint.url}/packages?team=1`
  await acme.packages.setEndpoint({ url, secret: 'whsec', auth: 'provider-key:' })
  const report = await acme.packages.fetch({ job_id: 'job-1' })
  const [received] = endpoint.received
  t.match(received, {
    method: 'POST',
    path: '/packages?team=1',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('provider-key:').toString('base64')}`,
    },
  })
  t.strictSame(received?.json, { job_id: 'job-1', account_id: 'acme', provider: 'teamtailor' })
  t.ok(verifySignature(received?.raw ?? '', received?.headers['x-stackone-signature'], 'whsec'))

  t.match(report, {
    packages,
    problems: [],
    request: { headers: { authorization: 'Basic ***' }, body: received?.raw.toString(), isCut: false },
    response: { body: JSON.stringify(good) },
  })
  const { deliveries } = await acme.deliveries.list()
  t.match(deliveries, [
    { event: 'packages_request', status: 'delivered', url, orderId: null, attempts: [{ status: 200, error: null }] },
  ])
  const [delivery] = deliveries
  t.match(await acme.deliveries.get(String(delivery?.id)), {
    attempts: [{ request: { headers: { authorization: 'Basic ***' } }, response: { body: JSON.stringify(good) } }],
  })
  await t.rejects(acme.deliveries.replay(String(delivery?.id)), {
    statusCode: 409,
    message: /POST \/_sandbox\/packages\/fetch/,
  })
})

t.test('--packages-url and --packages-auth: the key is encoded exactly as it is given', async (t) => {
  const endpoint = await endpointFor(t)
  for (const packagesAuth of ['bare-key', 'key:', 'user:password with spaces ', undefined]) {
    const { packages } = await sandboxFor(t, { packagesUrl: `${endpoint.url}#own-secret`, packagesAuth })
    t.match(await packages.fetch(), { problems: [] })
    const received = endpoint.received.at(-1)
    const expected = packagesAuth && `Basic ${Buffer.from(packagesAuth).toString('base64')}`
    t.equal(received?.headers.authorization, expected)
    t.ok(verifySignature(received?.raw ?? '', received?.headers['x-stackone-signature'], 'own-secret'))
    t.strictSame(received?.json, { account_id: 'acme', provider: 'sandbox' }, 'without a job there is no job_id')
  }
  await t.rejects(sandboxFor(t, { packagesAuth: 'key' }), { message: 'packagesAuth needs packagesUrl.' })
  await t.rejects(sandboxFor(t, { packagesUrl: 'ftp://x' }), { message: /^packagesUrl must be an http:\/\/ or https/ })
  await t.rejects(sandboxFor(t, { packagesUrl: endpoint.url, packagesAuth: 'kéy' }), {
    message: 'packagesAuth must be printable ASCII text.',
  })
})

const wrong: readonly [title: string, answer: unknown, problems: object[]][] = [
  ['an empty list', { data: [] }, [{ path: 'data', message: /^data is empty/ }]],
  [
    'an id of another type',
    { data: [{ id: 3 }, { id: 'a', name: 7 }] },
    [
      { path: 'data/0/id', message: 'data/0/id must be string' },
      { path: 'data/1/name', message: 'data/1/name must be string or null' },
    ],
  ],
  ['a package without an id', { data: [{ name: 'Knots' }] }, [{ path: /^data\/0/, message: /id/ }]],
  ['an empty id', { data: [{ id: '' }] }, [{ path: 'data/0/id', message: /data\/0\/id/ }]],
  ['data that is no list', { data: 'none' }, [{ path: 'data', message: 'data must be array' }]],
  ['no data', {}, [{ path: '', message: /^the answer .*data/ }]],
  ['a bare list', packages, [{ path: '', message: /^the answer must be object/ }]],
  ['a cursor of another type', { next: 3, data: packages }, [{ path: 'next', message: /^next must be string/ }]],
  [
    'the same id twice',
    { data: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] },
    [{ path: 'data/2/id', message: 'data/2/id repeats that of data/0: a' }],
  ],
  ['no JSON', '<html>', [{ path: '', message: 'the answer is not JSON' }]],
]
for (const [title, answer, problems] of wrong) {
  t.test(`the answer of a packages endpoint is judged: ${title}`, (t) => {
    const judged = judgePackages(typeof answer === 'string' ? answer : JSON.stringify(answer))
    t.match(judged.problems, problems)
    t.equal(judged.problems.length, problems.length)
    t.end()
  })
}

/** What a sandbox reports of an endpoint, and the delivery that it keeps. */
async function reportOf(t: Test, url: string, options = {}, parts = {}) {
  const sandbox = await sandboxFor(t, { packagesUrl: url, ...options }, parts)
  const report = await sandbox.packages.fetch()
  const { deliveries } = await sandbox.deliveries.list()
  return { report, delivery: deliveries[0], sandbox }
}

t.test('a wrong answer is reported, with the answer, and is a failed delivery', async (t) => {
  const { url } = await endpointFor(t, { data: [] })
  const { report, delivery } = await reportOf(t, url)
  t.match(report, { packages: [], problems: [{ path: 'data' }], response: { body: '{"data":[]}' } })
  t.match(delivery, { status: 'failed', attempts: [{ status: 200, error: /^data is empty/, nextAttemptAt: null }] })
})

t.test('an error answer or a redirect of the packages endpoint is reported with its status', async (t) => {
  const failing = await endpointFor(t, (response: ServerResponse) => response.writeHead(500).end('oops'))
  const { report, delivery } = await reportOf(t, failing.url)
  t.match(report, {
    problems: [{ path: '', message: 'the packages endpoint answered 500 instead of 200' }],
    response: { body: 'oops' },
  })
  t.match(delivery, { status: 'failed', attempts: [{ status: 500 }] })
  const moved = await endpointFor(t, (response: ServerResponse) =>
    response.writeHead(302, { location: failing.url }).end(),
  )
  t.match((await reportOf(t, moved.url)).report.problems, [{ message: /answered 302 instead of 200/ }])
  t.equal(failing.received.length, 1, 'redirects are not followed')
})

t.test('an answer of over 1 MiB is too long', async (t) => {
  const { url } = await endpointFor(t, JSON.stringify({ data: [{ id: 'x'.repeat(1024 * 1024) }] }))
  const { report } = await reportOf(t, url)
  t.match(report.problems, [{ path: '', message: 'the answer is over 1 MiB' }])
  const long = await endpointFor(t, JSON.stringify({ data: [{ id: 'x'.repeat(1024 * 1023) }] }))
  t.match((await reportOf(t, long.url)).report, { problems: [], response: { isCut: true } })
})

t.test('a packages endpoint that refuses, hangs up, is blocked or has no address is reported', async (t) => {
  const { url } = await endpointFor(t)
  const closing = createServer((request) => request.socket.destroy())
  const port = await listenFor(t, closing)
  t.match((await reportOf(t, `http://127.0.0.1:${String(port)}`)).report, {
    problems: [{ message: /closed the connection/ }],
    request: { headers: {} },
    response: null,
  })
  const refused = await reportOf(t, 'http://127.0.0.1:9/packages')
  t.match(refused.report.problems, [{ path: '', message: 'nothing listens at 127.0.0.1:9' }])
  t.match(refused.delivery, { status: 'failed', attempts: [{ status: null, error: 'nothing listens at 127.0.0.1:9' }] })
  const nowhere = await reportOf(t, 'http://nowhere.example.com/')
  t.match(nowhere.report, { problems: [{ message: 'nowhere.example.com could not be resolved' }], request: null })
  const blocked = await reportOf(t, url, { callbackTargets: 'none' })
  t.match(blocked.report, { problems: [{ message: /SANDBOX_CALLBACK_TARGETS|target/i }], request: null })
  t.equal(blocked.delivery?.status, 'blocked')
})

t.test('a packages endpoint that does not answer in time is reported', async (t) => {
  const { url } = await endpointFor(t, () => undefined)
  const deps = memoryDeps(readOptions({}), pino({ level: 'silent' }))
  const endpoint = { url, secret: 'sandbox', auth: null }
  const question = { accountId: 'acme', jobId: null, requestId: null }
  t.match(await fetchPackages(deps, endpoint, question, 20), {
    problems: [{ path: '', message: 'no answer within 0.02 s' }],
    response: null,
  })
})

t.test('a compressed answer of a packages endpoint is named as such', async (t) => {
  const answers = (encoding: string, body: string | Buffer) => (response: ServerResponse) =>
    response.writeHead(200, { 'content-encoding': encoding }).end(body)
  const zipped = await endpointFor(t, answers('gzip', gzipSync(JSON.stringify(good))))
  const message = "the answer is compressed (gzip), which StackOne's request doesn't ask for"
  const { report, delivery } = await reportOf(t, zipped.url)
  t.match(report, { packages: [], problems: [{ path: '', message }] })
  t.match(delivery, { status: 'failed', attempts: [{ status: 200, error: message }] })
  const plain = await endpointFor(t, answers('identity', JSON.stringify(good)))
  t.match((await reportOf(t, plain.url)).report, { packages, problems: [] })
})

t.test('a byte order mark before the answer of a packages endpoint is ignored', (t) => {
  t.match(judgePackages(`\ufeff${JSON.stringify(good)}`), { packages, problems: [] })
  t.match(judgePackages('\ufeff'), { problems: [{ message: 'the answer is not JSON' }] })
  t.end()
})

t.test('an answer that repeats the key or the secret of a packages endpoint is shown without them', async (t) => {
  const base64 = Buffer.from('provider-key:').toString('base64')
  const endpoint = await endpointFor(t, (response: ServerResponse) =>
    response
      .writeHead(200, { 'x-echo': `Basic ${base64}`, 'x-user': 'provider-key', 'x-both': ['whsec_own', 'b'] })
      // What is kept is cut after 64 Ki characters, here within the last key.
      .end(`provider-key: whsec_own ${base64}${' '.repeat(64 * 1024 - 20)}provider-key`),
  )
  const sandbox = await sandboxFor(t)
  await sandbox.packages.setEndpoint({ url: endpoint.url, secret: 'whsec_own', auth: 'provider-key:' })
  const report = await sandbox.packages.fetch()
  t.match(report.response, { headers: { 'x-echo': 'Basic ***', 'x-user': '***', 'x-both': '***, b' } })
  t.match(report.response?.body, /^\*\*\* \*\*\* \*\*\* /)
  const { deliveries } = await sandbox.deliveries.list()
  const detail = await sandbox.deliveries.get(String(deliveries[0]?.id))
  t.match(detail.attempts[0]?.response, report.response)
  t.notMatch(JSON.stringify([report, deliveries, detail]), new RegExp(`provider-|whsec_own|${base64}`))
})

t.test('a problem with an answer does not quote the key of the packages endpoint', async (t) => {
  const endpoint = await endpointFor(t, { data: [{ id: 'provider-key' }, { id: 'provider-key' }] })
  const { report, delivery } = await reportOf(t, endpoint.url, { packagesAuth: 'provider-key' })
  t.match(report.problems, [{ message: 'data/1/id repeats that of data/0: ***' }])
  t.match(delivery?.attempts, [{ error: 'data/1/id repeats that of data/0: ***' }])
})

t.test('the default secret and texts of under four characters stay in what an endpoint answers', async (t) => {
  const endpoint = await endpointFor(t, { data: [{ id: 'sandbox key' }] })
  const { report } = await reportOf(t, endpoint.url, { packagesAuth: 'key' })
  t.match(report, { problems: [], response: { body: '{"data":[{"id":"sandbox key"}]}' } })
})

bothWays('without a packages endpoint, a fetch says how to set one', async (t, { control }) => {
  t.match(await control.packages.fetch(), {
    packages: [],
    problems: [{ path: '', message: /no packages endpoint is set: start with --packages-url/ }],
    request: null,
    response: null,
  })
  t.strictSame(await control.packages.endpoint(), { url: null, isAuthenticated: false, isAsked: false })
  await t.rejects(control.packages.fetch({ jobId: 'x' } as object), { statusCode: 400, message: /jobId/ })
})

bothWays('the packages of the sandbox are listed by kind', async (t, { control }) => {
  const acme = control.account('acme')
  t.match(await acme.packages.list(), [{ id: 'pkg_typescript_basics', name: 'TypeScript basics' }])
  const checks = await acme.packages.list({ kind: 'background_check' })
  t.match(checks, [{ id: 'check_basic', tests: [{ name: 'Identity' }, {}] }])
  await t.rejects(acme.packages.list({ kind: 'x' } as object), { statusCode: 400, message: /kind/ })
})

t.test("a recruiter's order asks no endpoint where packages are made in the ATS", async (t) => {
  const { url } = await endpointFor(t)
  const sandbox = await sandboxFor(t, { packagesUrl: url })
  t.match(await sandbox.account('sandbox-workday').packages.endpoint(), { url, isAsked: false })
})

bothWays(
  'an account has its own packages endpoint; it is shown without secrets, and removed',
  async (t, { control }) => {
    const [first, second] = [await endpointFor(t), await endpointFor(t, { data: [{ id: 'other' }] })]
    const [acme, globex] = [control.account('acme'), control.account('globex')]
    t.strictSame(await acme.packages.setEndpoint({ url: first.url }), {
      url: first.url,
      isAuthenticated: false,
      isAsked: true,
    })
    t.strictSame(await globex.packages.setEndpoint({ url: second.url, secret: 'x', auth: 'key' }), {
      url: second.url,
      isAuthenticated: true,
      isAsked: true,
    })
    t.match(await acme.packages.fetch(), { packages })
    t.match(await globex.packages.fetch(), { packages: [{ id: 'other' }] })
    t.match((await control.deliveries.list()).deliveries, [{ account: 'globex' }, { account: 'acme' }])
    await acme.packages.removeEndpoint()
    t.strictSame(await acme.packages.endpoint(), { url: null, isAuthenticated: false, isAsked: false })
    await globex.reset()
    t.equal((await globex.packages.endpoint()).url, null)
    for (const url of ['ftp://x', 'nowhere', 'http://user:pass@127.0.0.1/', `${first.url}#secret`])
      await t.rejects(acme.packages.setEndpoint({ url }), { statusCode: 400, message: /body\/url must/ })
    await t.rejects(acme.packages.setEndpoint({ url: first.url, auth: 'kéy' }), { statusCode: 400, message: /auth/ })
  },
)

t.test('removing the endpoint of an account goes back to the configured one', async (t) => {
  const [configured, own] = [await endpointFor(t), await endpointFor(t, { data: [{ id: 'own' }] })]
  const { packages } = await sandboxFor(t, { packagesUrl: configured.url, packagesAuth: 'key' })
  t.strictSame(await packages.endpoint(), { url: configured.url, isAuthenticated: true, isAsked: true })
  await packages.setEndpoint({ url: own.url })
  t.match((await packages.fetch()).packages, [{ id: 'own' }])
  await packages.removeEndpoint()
  t.match((await packages.fetch()).packages, [{ id: 'pkg-1' }, { id: 'pkg-2' }])
})

t.test('an open control API shows no secrets of a packages endpoint', async (t) => {
  const { url } = await endpointFor(t)
  const sandbox = await sandboxFor(t, { host: '0.0.0.0' })
  t.equal(sandbox.controlToken, null)
  const anyone = connectSandbox(sandbox.url)
  await anyone.packages.setEndpoint({
    url: `${url}/hooks?api_key=k3y-0f-mine`,
    secret: 'whsec_own',
    auth: 'provider-key',
  })
  t.match(await anyone.packages.endpoint(), { url: `${url}/hooks?api_key=***`, isAuthenticated: true })
  const report = await anyone.packages.fetch()
  t.match(report, { packages, response: { body: '', isCut: true } }, 'a body that is no list may be anything')
  const { deliveries } = await anyone.deliveries.list()
  const detail = await anyone.deliveries.get(String(deliveries[0]?.id))
  const seen = JSON.stringify([report, deliveries, detail])
  t.notMatch(seen, /k3y-0f-mine|whsec_own|provider-key/)
  t.notMatch(seen, Buffer.from('provider-key').toString('base64'))
})

t.test('an exposed sandbox with a key for the packages endpoint requires a token', async (t) => {
  for (const options of [
    { packagesUrl: 'http://127.0.0.1:9#secret' },
    { packagesUrl: 'http://127.0.0.1:9', packagesAuth: 'k' },
  ])
    t.match((await sandboxFor(t, { host: '0.0.0.0', ...options })).controlToken, /./)
  t.equal((await sandboxFor(t, { host: '0.0.0.0', packagesUrl: 'http://127.0.0.1:9' })).controlToken, null)
})

bothWays(
  "a recruiter's order asks the packages endpoint first, and can name only what it offers",
  async (t, { url, control }) => {
    const endpoint = await endpointFor(t)
    const acme = control.account('acme')
    await acme.packages.setEndpoint({ url: endpoint.url })
    const [job] = await listed(url, 'jobs')
    const { order } = await acme.orders.create({ job: { id: String(job?.id) } })
    t.strictSame(order.package, packages[0], 'the first on offer is the default')
    t.match(endpoint.received[0]?.json, { job_id: job?.id, account_id: 'acme' })
    const second = await acme.orders.create({ package: { id: 'pkg-2', description: 'Ebb and flow' } })
    t.strictSame(second.order.package, { ...packages[1], description: 'Ebb and flow' })
    t.match((await acme.orders.create({ package: { remote_id: 'r-1' } })).order.package, packages[0])
    t.equal((await acme.orders.create({ package: null })).order.package, null)
    const refused = async (given: object, message: RegExp) =>
      t.rejects(acme.orders.create({ package: given }), { statusCode: 422, message })
    await refused({ id: 'pkg-3' }, /does not offer pkg-3; the nearest is pkg-[12]/)
    await refused({ id: 'something else entirely' }, /does not offer something else entirely/)
    await refused({ name: 'Knots' }, /^The order names no package id; the packages endpoint offers pkg-1, pkg-2\n/)
    await refused({ id: '' }, /^The order names no package id/)
    t.equal((await acme.orders.list()).total, 4)
    t.equal(endpoint.received.length, 8, 'asked each time')
    const check = await acme.orders.create({}, { kind: 'background_check' })
    t.notMatch(check.order.package, { id: /^pkg-/ })
    t.equal(endpoint.received.length, 8, 'a background check asks nothing')
  },
)

bothWays('an order is refused with what is wrong with the packages endpoint', async (t, { control }) => {
  const endpoint = await endpointFor(t, { data: [{ id: 3 }] })
  const acme = control.account('acme')
  await acme.packages.setEndpoint({ url: endpoint.url })
  await t.rejects(acme.orders.create(), {
    statusCode: 422,
    message: /^The packages endpoint can't be used: data\/0\/id must be string\nPOST \/_sandbox\/packages\/fetch/,
  })
  t.equal((await acme.orders.list()).total, 0)
})

t.test('an order without a package id is refused with at most five of those on offer', async (t) => {
  const endpoint = await endpointFor(t, { data: Array.from({ length: 6 }, (_, i) => ({ id: `p${String(i + 1)}` })) })
  const { orders } = await sandboxFor(t, { packagesUrl: endpoint.url })
  await t.rejects(orders.create({ package: { name: 'x' } }), { message: /offers p1, p2, p3, p4, p5, …\n/ })
})

t.test(
  'accounts linked to Workday or SAP SuccessFactors have static packages: their orders ask no endpoint',
  async (t) => {
    const endpoint = await endpointFor(t)
    const sandbox = await sandboxFor(t, { packagesUrl: endpoint.url })
    await sandbox.account('acme').link({ provider: 'SuccessFactors' })
    for (const account of ['sandbox-workday', 'acme']) {
      const { order } = await sandbox.account(account).orders.create()
      t.match(order.package, { id: 'pkg_typescript_basics' })
    }
    t.equal(endpoint.received.length, 0)
  },
)
