import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import t from 'tap'
import type { Report } from '../../src/judge/check'
import { makeCall } from '../../src/judge/verify/call'
import { dryRun } from '../../src/judge/verify/dry-run'
import { paceFor } from '../../src/judge/verify/pace'
import { mostOrders, plan } from '../../src/judge/verify/plan'
import { probes } from '../../src/judge/verify/probes'
import { type VerifyOptions, verifyServer } from '../../src/judge/verify/verify-server'
import { jsonOf } from '../../src/judge/report/json'
import { markdownOf } from '../../src/judge/report/markdown'
import { textOf } from '../../src/judge/report/text'
import { parsedJson } from '../../src/pure/json'
import { checkedOn } from '../../src/routes/reference/fidelity'
import { ledger } from '../../src/routes/reference/ledger/ledger'
import { listenFor } from '../support/receiver'
import { sandboxFor } from '../support/sandbox'
import { entries, given } from './verify/difference'
import { proxyFor } from './verify/proxy'

const key = 'key-of-verify'
const account = 'acme'
const known = { apiKeys: [key], accounts: [account, 'globex'] }

const verdicts = ({ checks }: Report, verdict: string) => checks.filter((each) => each.verdict === verdict)
const ids = (report: Report, verdict: string) => verdicts(report, verdict).map(({ id }) => id)
const verify = (url: string, options: Partial<VerifyOptions> = {}) => verifyServer({ url, key, account, ...options })

t.test('the sandbox does everything that its ledger says', async (t) => {
  const { url } = await sandboxFor(t, known)
  const done: string[] = []
  const report = await verify(`${url}/`, { isWriting: true, seed: 'a', onResult: ({ id }) => done.push(id) })
  t.strictSame(
    report.checks.filter(({ verdict }) => verdict !== 'pass'),
    [],
  )
  t.strictSame(
    done,
    probes.map(({ id }) => id),
  )
})

t.test('without --write, probes that the server may accept are skipped', async (t) => {
  const { url } = await sandboxFor(t, known)
  const report = await verify(url)
  t.strictSame(
    ids(report, 'skip'),
    probes.filter(({ isWriting }) => isWriting).map(({ id }) => id),
  )
  t.match(verdicts(report, 'skip')[0]?.why, 'add --write')
  t.strictSame(ids(report, 'fail'), [])
})

t.test('a sandbox that links any account skips only what is about unknown accounts', async (t) => {
  const { url } = await sandboxFor(t, { apiKeys: [key] })
  const report = await verify(url, { isWriting: true })
  t.strictSame(ids(report, 'skip'), ['account-unknown', 'precedence-account-body'])
  t.match(verdicts(report, 'skip')[0]?.why, 'SANDBOX_ACCOUNTS')
  t.strictSame(ids(report, 'fail'), [])
})

t.test('each row of the ledger names probes that exist, or says why there are none', (t) => {
  const named = new Set(ledger.flatMap(({ probes = [] }) => probes))
  t.strictSame([...named].sort(), probes.map(({ id }) => id).sort())
  for (const { behaviour, probes, unprobed } of ledger) t.ok(probes?.length ?? unprobed, behaviour)
  t.ok(ledger.filter(({ probes }) => probes !== undefined).length >= 60)
  t.equal(new Set(probes.map(({ id }) => id)).size, probes.length, 'ids are unique')
  for (const { id } of probes) t.match(id, /^[a-z]+(-[a-z]+)+$/)
  const headings = readFileSync(resolve(__dirname, '../../docs/contract.md'), 'utf8')
  for (const { source } of probes) t.match(headings, `\n## ${String(/md, (.+) \(/.exec(source)?.[1])}\n`, source)
  t.end()
})

t.test('a row of the ledger was checked on the day of its earliest probe, and never if one did not run', (t) => {
  const row = ledger.find(({ probes }) => probes?.length === 2)
  const unprobed = ledger.find((each) => each.unprobed !== undefined)
  if (row === undefined || unprobed === undefined) throw new Error('the ledger has no such rows')
  const [one = '', two = ''] = row.probes ?? []
  t.equal(checkedOn(row, { [one]: '2026-12-02', [two]: '2026-12-01' }), '2026-12-01')
  t.equal(checkedOn(row, { [one]: '2026-12-02' }), 'never')
  t.equal(checkedOn(row), 'never')
  t.equal(checkedOn(unprobed, { [one]: '2026-12-02' }), 'never')
  t.end()
})

t.test('without --write, no body that could be accepted is sent', async (t) => {
  const { url } = await sandboxFor(t, known)
  const proxy = await proxyFor(t, url)
  await verify(proxy.url)
  t.ok(proxy.asked.length > 100)
  const written = proxy.asked.filter(({ method }) => !['GET', 'OPTIONS'].includes(method))
  t.ok(written.length > 5)
  for (const { text } of written) {
    t.not(text, '')
    t.equal(parsedJson(text), undefined)
  }
  const target = { url: new URL(proxy.url), addresses: [{ address: '127.0.0.1', family: 4 }] as const }
  const line = { target, shownUrl: proxy.url, key, account, isWriting: false, pace: () => Promise.resolve() }
  const { signal } = new AbortController()
  for (const body of [undefined, '', '{}', '{"id":"x"}'])
    await t.rejects(
      makeCall({ ...line, signal }, { method: 'POST', path: '/', ...(body !== undefined && { body }) }),
      /--write is not given/,
    )
})

t.test(
  'with --write, everything is about an invented candidate at example.com, and what it makes is deleted',
  async (t) => {
    const sandbox = await sandboxFor(t, known)
    const proxy = await proxyFor(t, sandbox.url)
    await verify(proxy.url, { isWriting: true })
    const orders = proxy.asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/orders'))
    const acceptable = orders.filter(
      ({ text, headers }) => !text.startsWith('{"id": ') && !String(headers.authorization).includes('not-a-key'),
    )
    t.equal(acceptable.length, mostOrders)
    for (const { text } of acceptable.filter(({ text }) => text !== '')) {
      t.match(text, 'vera.invented@example.com')
      t.strictSame(
        [...text.matchAll(/[\w.]+@([\w.]+)/g)].filter(([, domain]) => domain !== 'example.com'),
        [],
      )
      t.match(text, /"results_update_url":null|^(?!.*results_update_url)/)
    }
    t.equal((await sandbox.account('acme').orders.list()).length, 3)
    t.match(plan(sandbox.url), /places 3 orders/)
    t.match(plan(sandbox.url), `refuse, ${String(mostOrders)}.`)

    proxy.asked.length = 0
    await verify(proxy.url, { isWriting: true, only: ['checks-create-package'] })
    t.equal(proxy.asked.at(-1)?.method, 'DELETE', 'although no probe of the deletion runs')
  },
)

t.test('a server without data, or whose account supports nothing, is not blamed for it', async (t) => {
  const { url } = await sandboxFor(t, known)
  const proxy = await proxyFor(t, url)
  proxy.mutate = ({ path }, answered) => {
    if (answered.status === 200 && path.startsWith('/unified/ats/') && entries(answered).length > 0)
      Object.assign(given(answered), { data: [], next: null })
  }
  const only = ['packages', 'paging', 'query', 'ats', 'path', 'orders-answer']
  const empty = await verify(proxy.url, { only, isWriting: true })
  t.strictSame(ids(empty, 'fail'), [])
  t.match(
    verdicts(empty, 'skip')
      .map(({ why }) => why)
      .join(),
    'lists nothing',
  )

  proxy.mutate = ({ path }, answered) => {
    if (path.includes('hris')) answered.status = 200
    else if (path.startsWith('/unified/ats/') && answered.status === 200) answered.status = 501
  }
  const unsupported = await verify(proxy.url, { only: ['packages', 'paging', 'query', 'ats', 'path-unsupported'] })
  t.strictSame(ids(unsupported, 'fail'), [])
  t.strictSame(ids(unsupported, 'pass'), [])
  t.match(
    verdicts(unsupported, 'skip')
      .map(({ why }) => why)
      .join(),
    'it answers 501',
  )

  proxy.mutate = (_asked, answered) => {
    for (const each of Array.isArray(given(answered)['data']) ? entries(answered) : []) {
      delete each['email']
      delete each['job_id']
      delete each['remote_id']
    }
  }
  const bare = await verify(proxy.url, { only: ['ats-filter', 'ats-remote-id'] })
  t.strictSame(ids(bare, 'fail'), [])
  t.match(
    verdicts(bare, 'skip')
      .map(({ why }) => why)
      .join(),
    /no e-mail address.*no job/,
  )
})

t.test('a server that is busy is not blamed for it', async (t) => {
  const { url } = await sandboxFor(t, { ...known, rateLimit: 2 })
  const report = await verify(url, { only: ['packages-get', 'heartbeat'] })
  t.match(
    verdicts(report, 'skip').map(({ why }) => why),
    [/the server answered 429, which says nothing about this/],
  )
  t.strictSame(ids(report, 'fail'), [])
  await t.rejects(verify(url), { name: 'TypeError', message: /can't be verified. The server answered 429/ })
})

t.test('a list that never ends is read for some pages only', async (t) => {
  const { url } = await sandboxFor(t, known)
  const proxy = await proxyFor(t, url)
  proxy.mutate = ({ query }, answered) => {
    if (query.startsWith('page_size=3'))
      Object.assign(answered, { status: 200, json: { next: `cursor-${String(proxy.asked.length)}`, data: [] } })
  }
  const report = await verify(proxy.url, { only: ['paging-next'] })
  t.strictSame(ids(report, 'pass'), ['paging-next'])
  t.ok(proxy.asked.length < 100)
})

t.test('a server that takes no order fails the order, and skips what depends on it', async (t) => {
  const { url } = await sandboxFor(t, known)
  const proxy = await proxyFor(t, url)
  proxy.mutate = ({ method, path }, answered) => {
    if (method === 'POST' && path.endsWith('/orders') && answered.status === 200) answered.status = 422
    if (path.endsWith('/packages') && method === 'POST') answered.status = 422
    if (path.endsWith('assessments/packages') && answered.status === 200) answered.status = 501
  }
  const report = await verify(proxy.url, { only: ['orders', 'results', 'checks'], isWriting: true })
  t.strictSame(ids(report, 'fail'), ['orders-answer', 'orders-all-null', 'checks-order', 'checks-create-package'])
  t.match(
    verdicts(report, 'skip')
      .map(({ why }) => why)
      .join(),
    /no order was placed.*made no package/,
  )
  proxy.mutate = ({ path }, answered) => {
    if (path.endsWith('/results')) answered.status = 404
  }
  const unread = await verify(proxy.url, { only: ['results'], isWriting: true })
  t.strictSame(ids(unread, 'skip'), ['results-merge', 'results-candidate', 'results-own-id'])
})

t.test('an answer that is no JSON fails, and is not shown', async (t) => {
  const port = await listenFor(
    t,
    createServer((_request, response) => response.end('Mia Lindqvist')),
  )
  const url = `http://127.0.0.1:${String(port)}`
  const report = await verify(url, { only: ['packages', 'accounts', 'errors', 'ats'] })
  t.strictSame(ids(report, 'pass'), [])
  t.notMatch(jsonOf(report), 'Lindqvist')
  t.match(jsonOf(report), '(13 characters that are no JSON)')
})

t.test('neither the key nor people are in a report, even if the server echoes them', async (t) => {
  const secret = 'k"ey/of+verify?'
  const encoded = Buffer.from(secret).toString('base64')
  let calls = 0
  const server = createServer((request, response) => {
    const { authorization = '' } = request.headers
    const isError = calls++ > 0 && String(request.url).includes('packages')
    response.writeHead(isError ? 418 : 200, { 'x-sandbox-hint': encodeURIComponent(secret), 'x-echo': 'echo' })
    const echo = [authorization, Buffer.from(authorization.slice(6), 'base64').toString(), 'acme-account']
    response.end(JSON.stringify({ data: [{ id: 'id-of-mia', name: 'Mia' }], [secret]: 'acme-account', echo, next: 7 }))
  })
  const url = `http://127.0.0.1:${String(await listenFor(t, server))}/base`
  const report = await verifyServer({ url, key: secret, account: 'acme-account', isWriting: true })
  t.ok(ids(report, 'fail').length > 40)
  const all = jsonOf(report) + markdownOf(report, 'Verification') + textOf(report)
  for (const spelling of [secret, 'k\\"ey', encodeURIComponent(secret), encoded.replace(/=+$/, ''), 'acme-account'])
    t.notOk(all.includes(spelling), spelling)
  const accepted = verdicts(report, 'fail').filter(({ evidence }) => evidence?.received.startsWith('200'))
  t.ok(accepted.length > 10)
  t.notMatch(jsonOf({ checks: accepted }), /Mia|id-of-mia/)
  t.ok(all.includes('-u "$STACKONE_API_KEY:"'))
  t.ok(all.includes('"$STACKONE_ACCOUNT_ID"'))
  t.notOk(all.includes('x-echo'))
})

t.test('the commands in a report repeat the calls', async (t) => {
  const { url } = await sandboxFor(t, known)
  const proxy = await proxyFor(t, url)
  const curls = async (id: string) => {
    let calls = 0
    proxy.mutate = (_asked, answered) => (answered.status += calls++ === 0 ? 0 : 100)
    const report = await verify(proxy.url, { only: [id] })
    return String(report.checks[0]?.evidence?.curl)
  }
  t.match(await curls('key-missing'), /^curl -i http/)
  t.match(await curls('key-wrong'), `-H 'authorization: Basic ${Buffer.from('not-a-key:').toString('base64')}'`)
  t.match(await curls('headers-too-large'), `-H 'x-long: '"$(head -c 17408 /dev/zero | tr '\\0' a)"`)
  t.match(
    await curls('body-too-large'),
    / \|\n {2}curl -u "\$STACKONE_API_KEY:" -i -X POST|\|\n {2}curl -u "\$STACKONE_API_KEY:" -i/,
  )
  proxy.mutate = ({ headers }, answered) => {
    if (headers.authorization === `Basic ${Buffer.from(key).toString('base64')}`) answered.status = 401
  }
  const bare = await verify(proxy.url, { only: ['key-without-colon'] })
  t.match(
    bare.checks[0]?.evidence?.curl,
    `-H "authorization: Basic $(printf %s "$STACKONE_API_KEY" | base64 | tr -d '\\n')"`,
  )
})

t.test('a server that cannot be reached or refuses the key or the account ends at once', async (t) => {
  const { url } = await sandboxFor(t, { ...known, accounts: ['acme', 'gone=disabled'] })
  await t.rejects(verify(url, { key: 'wrong' }), { name: 'TypeError', message: /answers 401: .*STACKONE_API_KEY/ })
  await t.rejects(verify(url, { account: 'nobody' }), { name: 'TypeError', message: /answers 404: .*--account/ })
  await t.rejects(verify(url, { account: 'gone' }), { name: 'TypeError', message: /answers 412: .*disabled/ })
  await t.rejects(verify('nowhere'), { name: 'TypeError', message: /--url can't be used/ })
  await t.rejects(verify('ftp://127.0.0.1'), { name: 'TypeError', message: /--url can't be used: .*http/ })
  await t.rejects(verify(url, { only: ['pakages'] }), { name: 'TypeError', message: /did you mean packages/ })
  const port = await listenFor(
    t,
    createServer((request) => request.destroy()),
  )
  await t.rejects(verify(`http://127.0.0.1:${String(port)}`), {
    name: 'TypeError',
    message: /can't be verified. No answer/,
  })
})

t.test('a connection that breaks fails the probe, and an interruption ends all', async (t) => {
  const { url } = await sandboxFor(t, known)
  let calls = 0
  const controller = new AbortController()
  const port = await listenFor(
    t,
    createServer((request, response) => {
      if (calls++ === 0) response.end('{}')
      else request.destroy()
    }),
  )
  const report = await verify(`http://127.0.0.1:${String(port)}`, { only: ['key-missing'] })
  t.match(report.checks, [{ verdict: 'fail', why: /^No answer came: .*\nThe ledger has: HTTP Basic/ }])
  t.match(report.checks[0]?.evidence?.received, 'closed the connection')
  const aborting = verify(url, {
    signal: controller.signal,
    onResult: () => {
      controller.abort()
    },
  })
  await t.rejects(aborting, { name: 'AbortError' })
})

t.test('an interruption ends the call that is waiting', async (t) => {
  const controller = new AbortController()
  const server = createServer((_request, response) => {
    if (isFirst) response.end('{}')
    else controller.abort()
    isFirst = false
  })
  let isFirst = true
  const url = `http://127.0.0.1:${String(await listenFor(t, server))}`
  await t.rejects(verify(url, { signal: controller.signal }), { name: 'AbortError' })
})

t.test('a server gets ten calls a second at most, one on this machine as many as it takes', async (t) => {
  let now = 1_000
  const waits: number[] = []
  const time = { now: () => now, wait: async (ms: number) => void waits.push((now += ms) && ms) }
  const remote = paceFor([{ address: '192.0.2.1', family: 4 }], time)
  for (let call = 0; call < 3; call++) await remote()
  t.strictSame(waits, [100, 100])
  now += 50
  await remote()
  now += 500
  await remote()
  t.strictSame(waits, [100, 100, 50])
  for (const address of ['127.0.0.1', '::1'])
    for (let call = 0; call < 3; call++) await paceFor([{ address, family: 4 }], time)()
  t.equal(waits.length, 3)
})

t.test('a dry run calls nothing at the address, and shows every request without key and account', async (t) => {
  const { signal } = new AbortController()
  const port = await listenFor(
    t,
    createServer(() => t.fail('it is called')),
  )
  const url = `http://127.0.0.1:${String(port)}`
  const planned = await dryRun({ url: `${url}/`, signal, seed: 'a' })
  const requests = planned.flatMap((each) => each.requests)
  t.ok(requests.length > 150)
  for (const request of requests) t.match(request, new RegExp(`^[A-Z]+ ${url}/`))
  t.notMatch(requests.join(), /of-the-dry-run|pkg_/)
  t.equal(planned[0]?.purpose, 'The key and the account work')
  t.match(requests.join(), 'vera.invented@example.com')
  const one = await dryRun({ url, signal, only: ['checks-create-package'] })
  t.strictSame(
    one.map(({ purpose }) => purpose),
    [
      'The key and the account work',
      'A package of background checks that is created gets 201 with its ids',
      'Nothing is left behind',
    ],
  )
})
