import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { pretty } from '../../src/control/report/pretty'
import { startSandbox } from '../../src/index'
import { bothWays } from '../support/both'
import { call, goodHeaders, ordersPath, postOrder, sandboxFor } from '../support/sandbox'
import { run, serving } from '../support/command-line'

const evil = '</script><img src=x onerror=alert(1)>'

const reportOf = async (url: string, query = '') => {
  const response = await fetch(`${url}/_sandbox/report${query}`)
  return { response, text: await response.text() }
}

/** The value behind `name` in the summary. */
const summed = (page: string, name: string) =>
  new RegExp(`<dt>${name}</dt>\\s*<dd>([^<]*)</dd>`).exec(page)?.[1] ?? 'none of that name'

const entries = (page: string) => page.split('<li ').slice(1)

bothWays('the report shows each request with its answer, the oldest first', async (t, { url, control }) => {
  const acme = control.account('acme')
  await postOrder(url, { id: 'order-1', candidate: { firstName: 'Mia' } })
  await postOrder(url, { id: 7 })
  await acme.faults.add({ status: 502 })
  await call(url, 'GET', '/packages')
  await acme.orders.complete('order-1')
  await control.account('globex').orders.create()

  const page = await acme.report()
  t.match(page, /^<!doctype html>/)
  const [warned = '', refused = '', failed = '', ...more] = entries(page)
  t.strictSame(more, [])
  t.match(warned, /class="warned"[^]*200<\/span> POST \/unified\/ats\/assessments\/orders/)
  t.match(warned, /<p class="warning">body\/candidate\/firstName is not a property[^<]*did you mean first_name\?<\/p>/)
  for (const fact of ['acme', 'orders.create', 'order-1']) t.match(warned, `<dd>${fact}</dd>`)
  t.match(warned, /<dd>[\d.]+ ms<\/dd>/)
  t.match(warned, 'authorization: Basic ***')
  t.match(warned, '<pre>{\n  &#34;id&#34;: &#34;order-1&#34;,')
  t.match(refused, /class="refused"[^]*400<\/span> POST/)
  t.match(refused, '<p class="message">body/id must be string or null</p>')
  t.match(refused, 'Nothing is converted')
  t.match(failed, '<dd>fault-1</dd>')

  const expected = {
    Account: 'acme',
    Requests: '3',
    Refused: '2, of which 1 by a fault',
    'With warnings': '1',
    Orders: '1 passed',
    Deliveries: 'none',
    'No longer in the journal': '0 requests of all accounts, and bodies of 0 of those below',
  }
  t.strictSame(Object.fromEntries(Object.keys(expected).map((name) => [name, summed(page, name)])), expected)
  t.equal(summed(await control.report(), 'Orders'), '1 ordered, 1 passed')
})

t.test('the report is one HTML page that loads nothing and runs only its own script', async (t) => {
  const { url } = await sandboxFor(t)
  await fetch(`${url}/nowhere`)
  const { response, text } = await reportOf(url)
  t.equal(response.status, 200)
  t.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
  const policy = response.headers.get('content-security-policy') ?? ''
  t.match(policy, "default-src 'none'")
  for (const tag of ['script', 'style']) {
    const [, inner = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(text) ?? []
    t.match(policy, `${tag}-src 'sha256-${createHash('sha256').update(inner).digest('base64')}'`)
  }
  const [, within = ''] = /http-equiv="content-security-policy" content="([^"]*)"/.exec(text) ?? []
  t.equal(
    `${within.replaceAll('&#39;', "'").replaceAll('&#61;', '=')}; frame-ancestors 'none'`,
    policy,
    'it is in the page too',
  )
  t.notMatch(text, /\b(src|href|on\w+)=/)
  t.match(text, 'data-account=""')
  t.match(text, '<dd>none</dd>')
})

t.test('the report of an account shows only that account, and an unknown one is refused', async (t) => {
  const { url } = await sandboxFor(t, { accounts: ['acme', 'globex'] })
  await postOrder(url, { id: 'order-1' })
  await postOrder(url, { id: 'order-2' }, { 'x-account-id': 'globex' })
  const { text } = await reportOf(url, '?account=globex')
  t.equal(entries(text).length, 1)
  t.match(text, 'order-2')
  t.notMatch(text, 'order-1')
  const { response } = await reportOf(url, '?account=nobody')
  t.equal(response.status, 404)
  t.match(response.headers.get('content-type'), 'application/json')
})

t.test('nothing that a client sends becomes markup in the report', async (t) => {
  const { url } = await sandboxFor(t)
  await postOrder(url, { id: evil, candidate: { [evil]: evil } })
  await fetch(`${url}${ordersPath}?${evil}`, { headers: { ...goodHeaders, 'x-account-id': evil, [`x-own`]: evil } })
  await fetch(url + ordersPath, { method: 'POST', headers: goodHeaders, body: evil })
  const { text } = await reportOf(url)
  t.match(text, '&#60;img src&#61;x onerror&#61;alert(1)&#62;')
  t.notMatch(text, '<img')
  t.equal(text.split('</script>').length, 2, 'one script ends')
})

t.test('bodies are cut like in lists, and the report says so, and which the journal dropped', async (t) => {
  const { url } = await sandboxFor(t, { journalSize: 80 })
  const long = 'x'.repeat(1_000_000)
  // Long bodies share 64 MiB.
  for (let i = 0; i < 75; i++) await postOrder(url, { passthrough: { long } })
  for (let i = 0; i < 9; i++) await call(url, 'GET', '/packages/none')
  const { text } = await reportOf(url)
  t.match(text, 'Truncated: the first 65,536 characters.')
  t.match(text, 'The journal no longer has the body.')
  t.match(text, 'No body.')
  t.match(
    summed(text, 'No longer in the journal'),
    /^4 requests of all accounts, and bodies of [1-9]\d* of those below$/,
  )
  t.ok(text.length < 80 * 80_000, String(text.length))
})

t.test('a request that got no answer is in the report', async (t) => {
  const sandbox = await sandboxFor(t)
  await sandbox.account('acme').faults.add({ answer: 'none' })
  const given = { method: 'POST', headers: goodHeaders, body: '{}', signal: AbortSignal.timeout(100) }
  await t.rejects(fetch(sandbox.url + ordersPath, given))
  await sandbox.requests.waitFor()
  t.match(await sandbox.report(), 'no answer')
})

t.test('JSON bodies are laid out as they were sent, and other bodies stay as they are', (t) => {
  t.equal(
    pretty('{"a":[1.0, 12345678901234567890],"b":{},"c":[ ],"d":"x \\" {,}:","d":null}'),
    '{\n  "a": [\n    1.0,\n    12345678901234567890\n  ],\n  "b": {},\n  "c": [],\n  "d": "x \\" {,}:",\n  "d": null\n}',
  )
  const deep = '['.repeat(50) + ']'.repeat(50)
  for (const text of ['"text"', '7', 'null', 'a=b', '{"a":', deep]) t.equal(pretty(text), text)
  t.end()
})

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  return folder
}

t.test('--journal-report writes the report when the sandbox ends', async (t) => {
  const file = join(folderFor(t), 'report.html')
  writeFileSync(file, 'of an earlier run')
  const server = await serving(t, ['--journal-report', file])
  t.equal(readFileSync(file, 'utf8'), '', 'the report of an earlier run is gone')
  await postOrder(server.url, { id: 'order-1' })
  server.child.kill('SIGTERM')
  t.strictSame(await server.exit, [0, null])
  const text = readFileSync(file, 'utf8')
  t.match(text, 'order-1')
  t.match(text, /<\/html>\s*$/)
})

t.test('close() of a sandbox in a test writes the journalReport', async (t) => {
  const file = join(folderFor(t), 'report.html')
  const sandbox = await startSandbox({ journalReport: file })
  await postOrder(sandbox.url, { id: 'order-1' })
  await sandbox.close()
  t.match(readFileSync(file, 'utf8'), 'order-1')
})

t.test('a report that cannot be written is said at the start', async (t) => {
  const folder = folderFor(t)
  const missing = join(folder, 'none')
  const started = run(t, ['--port', '0'], { SANDBOX_JOURNAL_REPORT: join(missing, 'report.html') })
  t.strictSame(await started.exit, [1, null])
  t.match(started.stderr(), `SANDBOX_JOURNAL_REPORT must be a file that can be written, but there is no ${missing}.`)
  await t.rejects(startSandbox({ journalReport: folder }), {
    message: `journalReport must be a file that can be written, but ${folder} is a folder.`,
  })
  t.notOk(existsSync(missing))
})

t.test('close() rejects if the report can no longer be written, and still frees the port', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  const sandbox = await startSandbox({ journalReport: join(folder, 'report.html') })
  rmSync(folder, { recursive: true })
  await t.rejects(sandbox.close(), {
    message: `journalReport must be a file that can be written, but there is no ${folder}.`,
  })
  await t.rejects(fetch(sandbox.url))
})
