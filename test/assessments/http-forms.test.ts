import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { deliveriesOf, receiverFor } from '../support/receiver'
import { call, goodHeaders, ordersPath, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

/** Sends `text` over a separate connection; returns everything received until the other end closes it. */
async function exchange(url: string, text: string | Buffer): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  socket.write(text)
  await once(socket, 'close')
  return received
}

const credentials = Object.entries(goodHeaders).map(([name, value]) => `${name}: ${value}`)

const request = (target: string, lines: string[], body = '', method = body === '' ? 'GET' : 'POST') =>
  [
    `${method} ${target} HTTP/1.1`,
    ...lines,
    'connection: close',
    `content-length: ${String(body.length)}`,
    '',
    body,
  ].join('\r\n')

const hintOf = (answer: string) => /^x-sandbox-hint: (.*)\r$/im.exec(answer)?.[1] ?? ''
const statusOf = (answer: string) => Number(answer.slice(9, 12))

t.test(
  'equivalent forms of a path are treated alike, and the journal never has calls of the control API',
  async (t) => {
    const { url, requests } = await sandboxFor(t)
    const webhook = '{"url":"http://127.0.0.1:9/","secret":"word-of-the-webhook"}'
    const json = ['host: 127.0.0.1', 'content-type: application/json']
    for (const target of [
      '/_sandbox/webhooks',
      '/%5Fsandbox/webhooks',
      '/%5fs%61ndbox/%77ebhooks',
      '//_sandbox//webhooks',
      '///_sandbox/webhooks',
      '/a/../_sandbox/./webhooks',
      '/%2e%2E/_sandbox/webhooks',
      '/_sandbox/webhooks#part',
      'http://127.0.0.1/_sandbox/webhooks',
      'HTTP://localhost:4600//%5Fsandbox/webhooks?account=acme',
      'https://sandbox/_sandbox/webhooks',
    ])
      t.equal(statusOf(await exchange(url, request(target, json, webhook))), 201, target)
    for (const target of ['/_sandbox/nothing', '//%5Fsandbox/nothing', 'http://127.0.0.1/_sandbox/../_sandbox/nothing'])
      t.equal(statusOf(await exchange(url, request(target, json, webhook))), 404, target)
    for (const target of ['/_sandbox/health/..', '/_sandbox/.', '/_sandbox/'])
      t.equal(statusOf(await exchange(url, request(target, json))), 404, target)
    t.equal((await requests.list()).total, 0)

    for (const target of [ordersPath, ordersPath.replace('orders', '%6Frders'), `http://127.0.0.1${ordersPath}`])
      t.equal(statusOf(await exchange(url, request(target, ['host: x', ...credentials], '{}'))), 200, target)
    t.match((await requests.list()).requests, [{ path: ordersPath }, { path: ordersPath }, { path: ordersPath }])
    t.equal(statusOf(await exchange(url, request('*', json, '', 'OPTIONS'))), 404, 'an asterisk is not a path')
  },
)

t.test('an absolute-form target overrides Host, so DNS rebinding is still blocked', async (t) => {
  const { url } = await sandboxFor(t)
  const foreign = await exchange(url, request('http://evil.example.com/_sandbox/orders', ['host: 127.0.0.1']))
  t.equal(statusOf(foreign), 403)
  const ordered = await exchange(
    url,
    request(`http://sandbox.test:80${ordersPath}`, ['host: elsewhere', ...credentials], '{}'),
  )
  t.match(ordered, /"test_url":"http:\/\/sandbox\.test\/tests\//)
  t.equal(statusOf(await exchange(url, request('http://127.0.0.1', ['host: x']))), 302)
})

t.test('the Host header is validated as RFC 9112 requires', async (t) => {
  const { url } = await sandboxFor(t)
  const health = '/_sandbox/health'
  for (const host of ['127.0.0.1:4600', 'localhost', '[::1]:80', 'a_b.example.com', 'x:', '%41', "a!$&'()*+,;=~"])
    t.equal(statusOf(await exchange(url, request(health, [`host: ${host}`]))), 200, host)
  for (const host of [
    '',
    'a b',
    'a/b',
    'a?b',
    'a#b',
    'user@a',
    'a:b',
    '[::1',
    '::1',
    '"a"',
    'é',
    '%4',
    'a:1:2',
    '<a>',
  ]) {
    const refused = await exchange(url, request(health, [`host: ${host}`]))
    t.equal(statusOf(refused), 400, host)
    t.match(hintOf(refused), 'one Host header')
  }
  t.equal(
    statusOf(await exchange(url, request('http://127.0.0.1/_sandbox/health', []))),
    400,
    'an absolute-form target needs a Host header too',
  )
  for (const lines of [[], ['host: a', 'host: b'], ['host: a', 'HOST: a']]) {
    const refused = await exchange(url, request(ordersPath, [...lines, ...credentials], '{}'))
    t.match(refused, /^HTTP\/1\.1 400 [^]*"message":"Malformed request: the Host header is wrong: it is /, lines.join())
  }
  t.equal(statusOf(await exchange(url, request('http://a@b/_sandbox/health', ['host: a']))), 400)
  t.equal(statusOf(await exchange(url, `GET ${health} HTTP/1.0\r\n\r\n`)), 200, 'HTTP/1.0 needs no Host')
})

t.test('a double or trailing slash gets 404 with a hint', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [path, hint] of [
    [`/${ordersPath}`, 'The path has a double slash: write a single one.'],
    ['/unified//ats/assessments/orders', 'The path has a double slash: write a single one.'],
    [`${ordersPath}//`, 'The path has a double slash: write a single one.'],
    [`${ordersPath}/`, 'The path ends with a slash: remove it.'],
    ['/unified/ats/jobs/', 'The path ends with a slash: remove it.'],
    ['/_sandbox/orders/', 'The path ends with a slash: remove it.'],
    ['/_sandbox/requests/verify/', 'The path ends with a slash: remove it.'],
  ] as const) {
    const answer = await exchange(url, request(path, ['host: x', ...credentials], '{}'))
    t.equal(statusOf(answer), 404, path)
    t.match(hintOf(answer), hint)
  }
})

t.test('a trailing slash after a list gets 404 with a hint, and is not an empty id', async (t) => {
  const { url } = await sandboxFor(t)
  for (const path of ['/packages/', '/orders/']) {
    const { status, headers } = await call(url, 'GET', path)
    t.equal(status, 404)
    t.match(headers.get('x-sandbox-hint'), 'The path ends with a slash: remove it.', path)
  }
})

t.test('a mistyped path gets 404 with the nearest path in the hint', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [path, hint] of [
    ['/unified/ats/assessment/orders', `did you mean ${ordersPath}?`],
    ['/unified/ats/assessments/order', `did you mean ${ordersPath}?`],
    ['/Unified/ATS/assessments/Orders', `did you mean ${ordersPath}?`],
    ['/orders', `did you mean ${ordersPath}?`],
    ['/api/v1/unified/ats/assessments/orders', `did you mean ${ordersPath}?`],
    ['/orders/order-1/result', `did you mean ${ordersPath}/{id}/result?`],
    ['/unified/ats/assessments/orders/order-1/reslut', `did you mean ${ordersPath}/{id}/result?`],
    ['/unified/ats/candidate', 'did you mean /unified/ats/candidates?'],
    ['/_sandbox/ordrs', 'did you mean /_sandbox/orders?'],
    ['/_sandbox/order/order-1/complete', 'did you mean /_sandbox/orders/{id}/complete?'],
    ['/sandbox/health', 'did you mean /_sandbox/health?'],
    ['/openapi.jsn', 'did you mean /openapi.json?'],
    ['/_sandbox/xylophone-music', 'the control API has no similar one.'],
    [`/_sandbox/${'x'.repeat(1_000)}`, 'the control API has no similar one.'],
    ['/teleport/everybody', 'orders go to POST'],
    [`/${'unified/'.repeat(500)}`, 'orders go to POST'],
  ] as const) {
    const response = await fetch(url + path, { method: 'POST' })
    t.equal(response.status, 404, path)
    t.match(response.headers.get('x-sandbox-hint'), hint, path)
  }
})

t.test(
  'hints name the cause: HTTP/2, a compressed body, a CORS preflight, a Python boolean, a wrong shape',
  async (t) => {
    const { url } = await sandboxFor(t)
    const preface = await exchange(url, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    t.equal(statusOf(preface), 400)
    t.match(hintOf(preface), 'HTTP/1.1')
    const upgrade = [
      'host: x',
      'upgrade: h2c',
      'connection: Upgrade, HTTP2-Settings',
      'http2-settings: AAMAAABkAAQAAP__',
    ]
    t.equal(statusOf(await exchange(url, request('/_sandbox/health', upgrade))), 200, 'an offered upgrade is ignored')

    for (const encoding of ['gzip', 'br', 'GZIP, identity']) {
      const response = await fetch(url + ordersPath, {
        method: 'POST',
        headers: { ...goodHeaders, 'content-encoding': encoding },
        body: gzipSync('{}'),
      })
      t.match(await response.json(), { statusCode: 400, message: `body has the content encoding ${encoding}` })
      t.match(response.headers.get('x-sandbox-hint'), 'Content-Encoding')
    }
    t.equal((await postOrder(url, {}, { 'content-encoding': 'identity' })).status, 200)

    const preflight = await fetch(url + ordersPath, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
    })
    t.equal(preflight.status, 404)
    t.match(preflight.headers.get('x-sandbox-hint'), /CORS.*server/)

    const python = await call(url, 'GET', '/packages?raw=True')
    t.equal(python.status, 400)
    t.match(python.headers.get('x-sandbox-hint'), 'true or false in lower case')

    for (const [body, hint] of [
      [{ candidate: { emails: 'x' } }, 'body/candidate/emails looks like [{"type":"personal","value":"'],
      [
        { candidate: 'Mia' },
        'body/candidate looks like {"id": …, "remote_id": …, "first_name": …'.replaceAll('…', '?'),
      ],
      [[], 'body looks like {"id": ?, "package": ?'],
      [{ id: 3 }, 'body/id looks like "'],
      [{ job: { hiring_team: [3] } }, 'body/job/hiring_team/0 looks like {'],
    ] as const) {
      const refused = await postOrder(url, body)
      t.equal(refused.status, 400)
      t.match(refused.headers.get('x-sandbox-hint'), hint)
    }
    const control = await fetch(`${url}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"status":"503"}',
    })
    t.match(await control.json(), { statusCode: 400, hint: /^body\/status looks like \d+\./ })
  },
)

t.test('the control API treats an empty body as no body, whatever its content type', async (t) => {
  const { url } = await sandboxFor(t)
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'x', undefined]) {
    for (const path of ['/_sandbox/orders', '/_sandbox/reset', '/_sandbox/clock/freeze', '/_sandbox/requests/match']) {
      const answer = await exchange(
        url,
        request(path, ['host: x', ...(type === undefined ? [] : [`content-type: ${type}`])], '', 'POST'),
      )
      t.ok(statusOf(answer) < 300, `${path} ${String(type)}: ${answer.slice(0, 12)}`)
    }
    const deleted = await exchange(
      url,
      request('/_sandbox/faults', ['host: x', ...(type === undefined ? [] : [`content-type: ${type}`])], '', 'DELETE'),
    )
    t.equal(statusOf(deleted), 204)
  }
  const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'id=1' }
  const wrong = await fetch(`${url}/_sandbox/orders`, form)
  t.match(await wrong.json(), { statusCode: 400, message: /^Unsupported content type/ })
  t.equal((await fetch(`${url}/_sandbox/nothing`, form)).status, 404)
  const noChunk = ['host: x', 'content-type: application/json', 'transfer-encoding: chunked', 'connection: close']
  const chunked = await exchange(url, ['POST /_sandbox/reset HTTP/1.1', ...noChunk, '', '0', '', ''].join('\r\n'))
  t.equal(statusOf(chunked), 204, 'an empty chunked body counts as no body')
  t.equal((await fetch(`${url}/_sandbox/snapshot`, { method: 'PUT' })).status, 400)
  const [emptyOrder] = [await exchange(url, request(ordersPath, ['host: x', ...credentials], '', 'POST'))]
  t.match(emptyOrder, /^HTTP\/1\.1 400 [^]*body is empty/, 'the emulated API is stricter')
})

t.test('an error sent before a large body is read reaches the client', async (t) => {
  const { url } = await sandboxFor(t)
  const large = Buffer.alloc(5 * 1024 * 1024, ' ')
  const refused: [status: number, path: string, headers: Record<string, string>][] = [
    [413, ordersPath, goodHeaders],
    [401, ordersPath, { ...goodHeaders, authorization: 'Basic eDo=' }],
    [400, ordersPath, { ...goodHeaders, 'x-account-id': ' ' }],
    [404, '/nothing', {}],
    [413, '/_sandbox/orders', { 'content-type': 'application/json' }],
  ]
  for (const [status, path, headers] of refused) {
    for (const extra of [{}, { connection: 'close' }]) {
      const answers = await Promise.all(
        Array.from({ length: status === 413 ? 12 : 3 }, () =>
          fetch(url + path, { method: 'POST', headers: { ...headers, ...extra }, body: large }),
        ),
      )
      t.ok(
        answers.every((answer) => answer.status === status),
        `${String(status)} ${path} ${JSON.stringify(extra)}`,
      )
      for (const answer of answers) await answer.arrayBuffer()
    }
  }
  const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`
  const chunked = await exchange(
    url,
    `POST ${ordersPath} HTTP/1.1\r\nhost: x\r\n${credentials.join('\r\n')}\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`,
  )
  t.match(chunked, /^HTTP\/1\.1 413 /)
  t.equal((await postOrder(url, {})).status, 200)
})

t.test('the connection stays open while a refused client finishes sending', async (t) => {
  const { url } = await sandboxFor(t)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const problems: Error[] = []
  socket.on('error', (error) => problems.push(error))
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  const size = 3 * 1024 * 1024
  socket.write(
    `POST ${ordersPath} HTTP/1.1\r\nhost: x\r\n${credentials.join('\r\n')}\r\ncontent-length: ${String(size)}\r\n\r\n`,
  )
  await until(async () => received.includes('"statusCode":413'))
  for (let i = 0; i < 3; i++) await new Promise((resolve) => socket.write('x'.repeat(size / 3), resolve))
  socket.write(`GET /_sandbox/health HTTP/1.1\r\nhost: x\r\n\r\n`)
  await until(async () => received.includes('HTTP/1.1 200'))
  t.notMatch(received, /connection: close/i)
  t.strictSame(problems, [])
  socket.destroy()
})

t.test('a refused client that never stops sending is disconnected', async (t) => {
  const { url } = await sandboxFor(t)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  const pour = () => {
    while (socket.writable && socket.write('x'.repeat(64 * 1024)));
    socket.once('drain', pour)
  }
  socket.write(`POST /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: ${String(1e15)}\r\n\r\n`)
  pour()
  await new Promise((resolve) => socket.once('close', resolve))
  t.match(received, /^HTTP\/1\.1 404 /)
})

t.test('deliveries of a sandbox cannot control a sandbox, neither itself nor another', async (t) => {
  const other = await sandboxFor(t)
  const sandbox = await sandboxFor(t)
  const report = async (id: string, results_update_url: string) => {
    await call(sandbox.url, 'POST', '/orders', { id, results_update_url })
    t.equal((await call(sandbox.url, 'PATCH', `/orders/${id}/result`, { summary: 'Good' })).status, 200)
  }
  for (const { url } of [sandbox, other]) {
    await fetch(`${sandbox.url}/_sandbox/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${url}/_sandbox/orders` }),
    })
  }
  const targets = ['/_sandbox/reset', '/_sandbox/orders', '/%5Fsandbox/reset', ordersPath, '/tests/x/submit']
  for (const [i, target] of targets.entries()) await report(`order-${String(i)}`, sandbox.url + target)
  await until(async () => (await deliveriesOf(sandbox)).every(({ status }) => status !== 'pending'))
  for (const { url, attempts } of await deliveriesOf(sandbox))
    t.match(attempts, [{ status: 403, error: /Deliveries from a sandbox may not call a sandbox/ }], url)
  t.equal((await sandbox.orders.list()).length, targets.length)
  t.equal((await other.orders.list()).length, 0)

  const receiver = await receiverFor(t)
  await report('order-mine', receiver.url)
  t.equal((await receiver.all(1)).length, 1)
})
