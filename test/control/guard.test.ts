import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { steadyPort } from '../../scripts/steady-port'
import { readOptions } from '../../src/config'
import { connectSandbox, ControlError, type SandboxOptions } from '../../src/index'
import { runSandbox } from '../../src/start-sandbox'
import { logStream } from '../support/log-stream'
import { listenFor } from '../support/receiver'
import { sandboxFor } from '../support/sandbox'

/** Calls `path` with these headers only; `fetch` would set its own `Host` and `Origin`. */
async function callWith(url: string, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const calling = request(url + path, { method, headers, setHost: false, agent: false }).end()
  const [response] = (await once(calling, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { status: response.statusCode, headers: response.headers, text }
}

const bodyOf = ({ text }: { text: string }) => JSON.parse(text) as Record<string, unknown>

const orders = '/_sandbox/orders'

t.test('the control API accepts IP addresses, names without dots and local names as Host', async (t) => {
  const { url } = await sandboxFor(t)
  for (const host of [
    'localhost:4600',
    'LOCALHOST',
    '127.0.0.1:4600',
    '192.168.1.20',
    '93.184.216.34:80',
    '[::1]:4600',
    '[fd00::1]',
    'sandbox:4600',
    'stackone-sandbox',
    'api.localhost:4600',
    'host.docker.internal:4600',
  ]) {
    t.equal((await callWith(url, orders, { host })).status, 200, host)
  }
})

t.test('an unknown Host is refused with a hint (DNS rebinding)', async (t) => {
  const { url } = await sandboxFor(t)
  for (const host of [
    'evil.example.com',
    'evil.example.com:4600',
    'localhost.evil.example.com',
    'evil.host.docker.internal',
    '127.0.0.1.evil.example.com',
    'evillocalhost.com',
    '127.0.0.1.',
  ]) {
    const refused = await callWith(url, orders, { host })
    t.match(
      { ...refused, body: bodyOf(refused) },
      {
        status: 403,
        headers: { 'x-sandbox-hint': /^Call it by address or .* SANDBOX_PUBLIC_URL/ },
        body: { statusCode: 403, message: `The control API is not at ${host}`, hint: /^Call it by address/ },
      },
    )
  }
})

t.test('the control API accepts the host name of SANDBOX_PUBLIC_URL on any port', async (t) => {
  const { url } = await sandboxFor(t, { publicUrl: 'https://Sandbox.Example.com/stackone' })
  for (const host of ['sandbox.example.com', 'SANDBOX.example.com:443', 'sandbox.example.com:8443', 'localhost'])
    t.equal((await callWith(url, orders, { host })).status, 200, host)
  for (const host of ['example.com', 'sandbox.example.com.evil.example.net', 'x.sandbox.example.com'])
    t.equal((await callWith(url, orders, { host })).status, 403, host)
})

t.test("the sandbox's own pages may call the control API, foreign web pages may not", async (t) => {
  const { url } = await sandboxFor(t, { publicUrl: 'https://sandbox.example.com' })
  for (const [host, origin] of [
    ['localhost:4600', 'http://localhost:4600'],
    ['[::1]:4600', 'http://[::1]:4600'],
    ['sandbox', 'https://sandbox'],
    ['sandbox.example.com', 'https://sandbox.example.com'],
    ['127.0.0.1:4600', 'https://sandbox.example.com'],
  ] as const) {
    t.equal((await callWith(url, orders, { host, origin })).status, 200, `${origin} calls ${host}`)
  }
  for (const [host, origin] of [
    ['localhost:4600', 'https://evil.example.com'],
    ['localhost:4600', 'http://localhost:3000'],
    ['localhost:4600', 'http://127.0.0.1:4600'],
    ['localhost:4600', 'null'],
    ['localhost:4600', ''],
    ['localhost:4600', 'file://localhost:4600'],
    ['localhost:4600', 'http://evil.example.com/localhost:4600'],
    ['sandbox.example.com', 'https://sandbox.example.com.evil.example.net'],
    ['sandbox.example.com', 'https://sandbox.example.com:8443'],
  ] as const) {
    const refused = await callWith(url, orders, { host, origin }, 'POST')
    t.equal(refused.status, 403, `${origin} calls ${host}`)
    t.match(bodyOf(refused), { message: `The control API may not be called from ${origin}`, hint: /tests/ })
  }
  t.strictSame(
    bodyOf(await callWith(url, orders, { host: 'localhost' })),
    { orders: [], total: 0, next: null },
    'no order was placed',
  )
})

t.test('the control API never sends CORS headers', async (t) => {
  const { url } = await sandboxFor(t)
  const origin = 'https://evil.example.com'
  for (const [method, headers] of [
    ['GET', { host: 'localhost', origin }],
    ['OPTIONS', { host: 'localhost', origin, 'access-control-request-method': 'POST' }],
    ['GET', { host: 'localhost' }],
  ] as const) {
    const answered = await callWith(url, orders, headers, method)
    t.notMatch(Object.keys(answered.headers).join(), 'access-control')
    t.equal(answered.status, 'origin' in headers ? 403 : 200)
  }
})

t.test('SANDBOX_CONTROL_TOKEN is required on every control call except health', async (t) => {
  const { url } = await sandboxFor(t, { controlToken: 's3cret-token' })
  for (const authorization of ['Bearer s3cret-token', 'bearer s3cret-token', 'BEARER  s3cret-token'])
    t.equal((await callWith(url, orders, { host: 'localhost', authorization })).status, 200, authorization)

  for (const authorization of [
    undefined,
    '',
    's3cret-token',
    'Bearer',
    'Bearer ',
    'Bearer s3cret',
    'Bearer s3cret-token2',
    'Bearer S3CRET TOKEN',
    'Basic s3cret-token',
    `Basic ${Buffer.from('s3cret-token:').toString('base64')}`,
  ]) {
    const headers = { host: 'localhost', ...(authorization !== undefined && { authorization }) }
    const refused = await callWith(url, orders, headers)
    t.equal(refused.status, 401, authorization ?? 'none')
    t.match(bodyOf(refused), { message: 'Control token missing or wrong', hint: /Bearer .* SANDBOX_CONTROL_TOKEN/ })
    t.notMatch(refused.text, 's3cret')
  }
  for (const [method, path] of [
    ['GET', '/requests'],
    ['GET', '/report'],
    ['GET', '/deliveries'],
    ['GET', '/snapshot'],
    ['PUT', '/snapshot'],
    ['POST', '/reset'],
    ['POST', '/orders/wait'],
    ['DELETE', '/faults'],
    ['POST', '/clock/freeze'],
    ['GET', '/webhooks'],
    ['GET', '/nothing'],
  ] as const) {
    t.equal((await callWith(url, `/_sandbox${path}`, { host: 'localhost' }, method)).status, 401, `${method} ${path}`)
  }
  t.equal((await callWith(url, '/_sandbox/health', { host: 'sandbox.example.com' })).status, 200)
  t.equal((await callWith(url, '/openapi.json', { host: 'localhost' })).status, 200)
})

t.test('without SANDBOX_CONTROL_TOKEN no token is required and a sent one is ignored', async (t) => {
  const { url } = await sandboxFor(t)
  t.equal((await callWith(url, orders, { host: 'localhost', authorization: 'Bearer any' })).status, 200)
})

t.test('foreign pages are refused even with the control token', async (t) => {
  const { url } = await sandboxFor(t, { controlToken: 's3cret' })
  const authorization = 'Bearer s3cret'
  const origin = 'https://evil.example.com'
  t.equal((await callWith(url, orders, { host: 'localhost', origin, authorization })).status, 403)
  t.equal((await callWith(url, orders, { host: 'evil.example.com', authorization })).status, 403)
})

t.test('connectSandbox sends the given token', async (t) => {
  const sandbox = await sandboxFor(t, { controlToken: 's3cret' })
  const connected = connectSandbox(`${sandbox.url}//`, { token: 's3cret' })
  t.equal(connected.url, sandbox.url)
  const { id } = await connected.orders.create()
  t.equal((await sandbox.orders.get(id)).id, id, 'no token is needed within the process')

  for (const options of [{}, { token: 'wrong' }]) {
    await t.rejects(connectSandbox(sandbox.url, options).orders.list(), {
      name: 'ControlError',
      statusCode: 401,
      message: /^Control token missing or wrong\nSend Authorization: Bearer/,
    })
  }
})

/** A server that is not a sandbox and always gives this answer. */
async function strangerFor(t: Test, status: number, text: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(text))
  return `http://127.0.0.1:${String(await listenFor(t, server))}`
}

t.test('connectSandbox hints that the address may not be a sandbox', async (t) => {
  for (const [status, text] of [
    [404, '<h1>Not found</h1>'],
    [200, '<h1>Welcome</h1>'],
    [500, ''],
    [502, 'null'],
  ] as const) {
    const url = await strangerFor(t, status, text)
    const error: unknown = await connectSandbox(url)
      .orders.list()
      .catch((error: unknown) => error)
    t.type(error, ControlError)
    t.match(error, {
      statusCode: status,
      message: `${url}/_sandbox/orders answered ${String(status)}\nIs this the address of a sandbox?`,
      came: [],
    })
  }
  const other = await strangerFor(t, 404, '{"message":"no such route"}')
  await t.rejects(connectSandbox(other).clock.read(), { message: 'no such route\nIs this the address of a sandbox?' })
})

t.test('connectSandbox rejects with the fetch error when nothing answers', async (t) => {
  const port = await steadyPort()
  const refused = { name: 'TypeError', cause: { code: 'ECONNREFUSED', port } }
  await t.rejects(connectSandbox(`http://127.0.0.1:${String(port)}`).orders.list(), refused)
  await t.rejects(connectSandbox('sandbox').orders.list(), { name: 'TypeError', message: /Invalid URL/ })
})

/** The warnings a sandbox with these options logs at startup. */
async function warningsOf(t: Test, options: SandboxOptions) {
  const { out, lines } = logStream(t)
  const sandbox = await runSandbox(readOptions(options), pino({ level: 'warn' }, out))
  t.teardown(() => sandbox.close())
  return lines()
}

t.test('listening beyond this machine without a token logs a warning that names the setting', async (t) => {
  t.match(await warningsOf(t, { host: '0.0.0.0' }), [
    { level: 40, host: '0.0.0.0', msg: /can control the sandbox: set SANDBOX_CONTROL_TOKEN$/ },
  ])
})

t.test('no warning is logged with a token or on a loopback address', async (t) => {
  for (const options of [
    { host: '0.0.0.0', controlToken: 's3cret' },
    { host: '127.0.0.1' },
    { host: '127.0.0.2' },
    { host: 'localhost' },
  ]) {
    t.strictSame(await warningsOf(t, options), [])
  }
})
