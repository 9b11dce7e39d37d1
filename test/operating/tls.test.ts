import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app'
import { certificate, callSecurely } from '../support/certificate'
import { line, run, serving } from '../support/command-line'
import { logStream } from '../support/log-stream'
import { depsFor, goodHeaders, ordersPath, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'
import { readFileSync } from 'node:fs'

const { cert: tlsCert, key: tlsKey, otherKey } = certificate
const flags = ['--tls-cert', tlsCert, '--tls-key', tlsKey]

/** Connects to `url`, and trusts any certificate. */
async function connected(t: Test, url: string, options: object = {}): Promise<TLSSocket> {
  const { hostname: host, port } = new URL(url)
  const socket = connect({ host, port: Number(port), rejectUnauthorized: false, ...options })
  t.teardown(() => socket.destroy())
  await once(socket, 'secureConnect')
  return socket
}

t.test('with a certificate and its key, everything is served over HTTPS', async (t) => {
  const { url } = await sandboxFor(t, { tlsCert, tlsKey })
  t.match(url, /^https:\/\/127\.0\.0\.1:\d+$/)
  const order = await callSecurely(url + ordersPath, { method: 'POST', headers: goodHeaders, body: '{}' })
  t.equal(order.status, 200)
  const { test_url: page } = JSON.parse(order.body) as { test_url: string }
  t.ok(page.startsWith(`${url}/tests/`), page)
  t.match(await callSecurely(page), { status: 200, body: /<html/ })
  t.match(await callSecurely(`${url}/docs/`), { status: 200, body: /<html/ })

  const withoutHost = await connected(t, url)
  withoutHost.write(`POST ${ordersPath} HTTP/1.0\r\nauthorization: ${goodHeaders.authorization}\r
x-account-id: acme\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`)
  let answer = ''
  for await (const chunk of withoutHost) answer += String(chunk)
  t.match(answer, `"test_url":"${url}/tests/`)
})

t.test('a request that is not HTTP is answered over TLS too', async (t) => {
  const { url } = await sandboxFor(t, { tlsCert, tlsKey })
  const socket = await connected(t, url)
  socket.write('GARBAGE\r\n\r\n')
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  t.match(answer, /^HTTP\/1\.1 400 [^]*"Malformed request/)
})

t.test('a sandbox that serves HTTPS closes at once, whatever its connections are up to', async (t) => {
  const app = buildApp(depsFor(), { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const spare = await connected(t, url)
  const accepted = once(app.server, 'connection') as Promise<[Socket]>
  const unfinished = connectTcp(Number(new URL(url).port), '127.0.0.1')
  await accepted
  await callSecurely(`${url}/_sandbox/health`)
  const ends = [spare, unfinished].map((socket) => once(socket.on('error', () => undefined).resume(), 'close'))
  const began = performance.now()
  await app.close()
  await Promise.all(ends)
  t.ok(performance.now() - began < 8_000, 'a handshake may take ten seconds')
})

t.test('the command serves HTTPS, and its health check accepts its certificate', async (t) => {
  const env = { PORT: '0', HOST: '127.0.0.1', TMPDIR: t.testdir() }
  const server = await serving(t, flags, env)
  t.match(server.url, /^https:/)
  const { port } = new URL(server.url)
  const check = async (args: string[], env: Record<string, string> = {}) =>
    (await run(t, ['healthcheck', ...args], env).exit)[0]
  t.strictSame(
    await Promise.all([
      check(['--url', server.url]),
      check(['--wait', '20'], env),
      check(['--port', port], { SANDBOX_TLS_CERT: tlsCert }),
      check(['--port', port, '--tls-cert', tlsCert]),
      check(['--port', port]),
    ]),
    [0, 0, 0, 0, 1],
  )
  server.child.kill('SIGTERM')
  t.strictSame(await server.exit, [0, null])
})

t.test('a certificate or a key that cannot be used is refused with the setting and the reason', async (t) => {
  const refused = async (options: object, reason: string) => {
    const error: unknown = await sandboxFor(t, options).catch((error: unknown) => error)
    // What OpenSSL says about it, in brackets, depends on its version.
    const { name, message } = error as TypeError
    t.strictSame([name, message.replace(/ \([\w ]+\)\.$/, '.')], ['TypeError', reason])
  }
  await refused({ tlsCert }, 'tlsCert needs tlsKey.')
  await refused({ tlsKey }, 'tlsKey needs tlsCert.')
  await refused(
    { tlsCert: '/nowhere.pem', tlsKey },
    'tlsCert must be a certificate in PEM, but there is no /nowhere.pem.',
  )
  await refused({ tlsCert: __filename, tlsKey }, `tlsCert must be a certificate in PEM, but ${__filename} is not.`)
  await refused(
    { tlsCert, tlsKey: t.testdir() },
    `tlsKey must be a private key in PEM without a passphrase, but ${t.testdirName} is a folder.`,
  )
  const empty = `${t.testdir({ empty: '' })}/empty`
  await refused({ tlsCert: empty, tlsKey }, `tlsCert must be a certificate in PEM, but ${empty} is not.`)
  await refused(
    { tlsCert, tlsKey: tlsCert },
    `tlsKey must be a private key in PEM without a passphrase, but ${tlsCert} is not.`,
  )
  await refused(
    { tlsCert, tlsKey: otherKey },
    `tlsKey must be the private key of the certificate, but ${otherKey} does not belong to ${tlsCert}.`,
  )
  const command = run(t, ['--port', '0', '--tls-cert', tlsCert], { SANDBOX_TLS_KEY: otherKey })
  t.strictSame(await command.exit, [1, null])
  t.match(command.stderr(), /^SANDBOX_TLS_KEY must be the private key of the certificate, but /)
  const half = run(t, ['--port', '0', '--tls-cert', tlsCert])
  t.strictSame(await half.exit, [1, null])
  t.equal(half.stderr(), '--tls-cert needs --tls-key or SANDBOX_TLS_KEY.\n')
})

t.test('a client that speaks TLS to a plain port gets a hint in the log', async (t) => {
  const server = await serving(t)
  await t.rejects(fetch(server.url.replace('http:', 'https:')))
  t.match(await line(server, 'request'), { level: 40, status: 400, hint: /^The client speaks TLS.* --tls-cert / })
})

t.test('a client that cannot connect to a sandbox with a certificate gets a hint in the log', async (t) => {
  const { out, lines } = logStream(t)
  const app = buildApp(depsFor({ logger: pino(out) }), { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) })
  t.teardown(() => app.close())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = new URL(url)
  const failures = () => lines().filter(({ msg }) => msg === 'connection')

  const silent = connectTcp(Number(port), '127.0.0.1')
  const accepted = once(app.server, 'tlsClientError')
  silent.end()
  await accepted
  t.strictSame(failures(), [], 'a spare connection is none')

  await t.rejects(fetch(url.replace('https:', 'http:')))
  await until(async () => failures().length === 1)
  t.match(failures()[0], { level: 40, error: 'ERR_SSL_HTTP_REQUEST', hint: /plain HTTP.*use https:\/\// })

  await t.rejects(promisify(execFile)('curl', ['--silent', url]))
  await until(async () => failures().length === 2)
  t.match(failures()[1], { error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', hint: /doesn't trust the certificate/ })

  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
  await t.rejects(connected(t, url, old))
  await until(async () => failures().length === 3)
  t.match(failures()[2], { error: 'ERR_SSL_UNSUPPORTED_PROTOCOL', hint: undefined })
})

t.test('on a terminal, a failed connection is shown with its hint', async (t) => {
  const folder = t.testdir({ 'preload.cjs': 'process.stdout.isTTY = true' })
  const server = run(t, ['--port', '0', ...flags], {}, ['--require', `${folder}/preload.cjs`])
  await until(async () => server.stdout().includes('curl'))
  const [url = ''] = /https:\/\/127\.0\.0\.1:\d+/.exec(server.stdout()) ?? []
  await t.rejects(fetch(url.replace('https:', 'http:')))
  await until(async () => server.stdout().includes('connection failed'))
  t.match(server.stdout(), /connection failed\n +error: ERR_SSL_HTTP_REQUEST\n +hint: The client speaks plain HTTP/)
})

t.test('without a certificate, nothing that serves HTTPS is loaded', async (t) => {
  // The published file, since its libraries are loaded as late as possible.
  const script = `require(${JSON.stringify(resolve(__dirname, '../../dist/index.js'))}).startSandbox().then((sandbox) => {
    console.log(process.moduleLoadList.filter((name) => / (https|tls|_tls_wrap)$/.test(name)).length)
    return sandbox.close()
  })`
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', script])
  t.equal(stdout, '0\n')
})
