import { createServer } from 'node:http'
import t from 'tap'
import { listenFor } from '../support/receiver'
import { sandboxFor } from '../support/sandbox'
import { entries, given } from './verify/difference'
import { proxyFor } from './verify/proxy'
import { ids, known, verdicts, verify } from './verify/verify'

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

t.test('a server that accepts no order fails the order, and skips what depends on it', async (t) => {
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
  t.match(report.checks, [{ verdict: 'fail', why: /^No answer arrived: .*\nThe ledger has: HTTP Basic/ }])
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

t.test('an ATS that accepts only one result says nothing about further ones', async (t) => {
  const { url } = await sandboxFor(t, { ...known, accounts: ['acme:greenhouse', 'globex'] })
  const report = await verify(url, { isWriting: true, only: ['results', 'withdrawn', 'checks'] })
  t.strictSame(ids(report, 'fail'), [])
  t.match(
    verdicts(report, 'skip').map(({ why }) => why),
    ['the ATS of this account takes only one result'],
  )
})

t.test('a key that may only read is enough without --write, and one with a password works', async (t) => {
  const { url } = await sandboxFor(t, { ...known, apiKeys: ['reader=read-only', 'writer:secret'] })
  const read = await verify(url, { key: 'reader' })
  t.strictSame(ids(read, 'fail'), [])
  const withPassword = await verify(url, { key: 'writer:secret', only: ['key', 'packages'] })
  t.strictSame(ids(withPassword, 'fail'), [])
  const proxy = await proxyFor(t, url)
  let calls = 0
  proxy.mutate = (_asked, answered) => {
    if (calls++ > 0) answered.status = 500
  }
  const failed = await verify(proxy.url, { key: 'writer:secret', only: ['packages-list'] })
  t.match(failed.checks[0]?.evidence?.curl, /-H "authorization: Basic \$\(printf %s "\$STACKONE_API_KEY" \| base64/)
})

t.test('verify ends at once at an address that redirects, or has something else', async (t) => {
  const elsewhere = createServer((request, response) => {
    if (request.url?.startsWith('/page')) response.end('<!doctype html>')
    else response.writeHead(308, { location: 'https://example.com/' }).end()
  })
  const url = `http://127.0.0.1:${String(await listenFor(t, elsewhere))}`
  await t.rejects(verify(url), {
    message: /redirects to https:\/\/example.com\/. Redirects aren't followed: give that/,
  })
  await t.rejects(verify(`${url}/page`), { message: /does not answer with JSON/ })
  await t.rejects(verify(`${url}/?a=b`), { message: "--url can't be used: it has a query or a fragment" })
})
