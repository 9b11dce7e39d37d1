import { createServer } from 'node:http'
import t from 'tap'
import { secretsOf } from '../../src/judge/verify/secrets'
import { verifyServer } from '../../src/judge/verify/verify-server'
import { jsonOf } from '../../src/judge/report/json'
import { markdownOf } from '../../src/judge/report/markdown'
import { textOf } from '../../src/judge/report/text'
import { listenFor } from '../support/receiver'
import { sandboxFor } from '../support/sandbox'
import { proxyFor } from './verify/proxy'
import { ids, key, known, verdicts, verify } from './verify/verify'

t.test('an answer that is not JSON fails, and is not shown', async (t) => {
  // The first shows whether there is a point in going on.
  let calls = 0
  const port = await listenFor(
    t,
    createServer((_request, response) => response.end(calls++ === 0 ? '{"data":[]}' : 'Mia Lindqvist')),
  )
  const url = `http://127.0.0.1:${String(port)}`
  const report = await verify(url, { only: ['packages', 'accounts', 'errors', 'ats'] })
  t.strictSame(ids(report, 'pass'), [])
  t.notMatch(jsonOf(report), 'Lindqvist')
  t.match(jsonOf(report), '(13 characters that are not JSON)')
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

t.test("the sandbox's own key is only hidden as it is sent: the word is part of many names", (t) => {
  const hidden = secretsOf('sandbox', 'acme').map(({ text }) => text)
  t.strictSame(hidden, ['c2FuZGJveDo=', 'c2FuZGJveA==', 'c2FuZGJveDo', 'c2FuZGJveA', 'acme', 'acme', 'acme'])
  t.end()
})
