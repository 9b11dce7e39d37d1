import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import Fastify from 'fastify'
import t from 'tap'
import { buildApp } from '../../src/app'
import { readOptions } from '../../src/config'
import { startSandbox } from '../../src/index'
import { answerTogether } from '../../src/plugins/answer-together'
import { runSandbox } from '../../src/start-sandbox'
import { createLogger } from '../../src/telemetry/logger'
import { logStream } from '../support/log-stream'
import { depsFor, goodHeaders, ordersPath, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

/** A raw connection, for bytes that no HTTP client would send. */
async function connectTo(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

async function everything(socket: Socket): Promise<string> {
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  await once(socket, 'close')
  return received
}

const head = (...lines: string[]) =>
  [
    `POST ${ordersPath} HTTP/1.1`,
    'host: localhost',
    ...Object.entries(goodHeaders).map(([name, value]) => `${name}: ${value}`),
    ...lines,
    '',
    '',
  ].join('\r\n')

t.test('bytes that are not HTTP get 400 with the documented body, and the connection is closed', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [bytes, hint] of [
    ['GARBAGE\r\n\r\n', 'plain HTTP/1.1'],
    ['\x16\x03\x01\x02\x00\x01\x00', 'plain HTTP/1.1'],
    [head('content-length: 1', 'content-length: 2'), 'is not valid HTTP/1.1'],
    [`${head('transfer-encoding: chunked')}nonsense\r\n`, 'is not valid HTTP/1.1'],
    ['CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n', 'is not valid HTTP/1.1'],
  ] as const) {
    const socket = await connectTo(url)
    socket.write(bytes, 'latin1')
    const [headers = '', body = ''] = (await everything(socket)).split('\r\n\r\n')

    t.match(headers, /^HTTP\/1\.1 400 Bad Request\r\n/)
    t.match(headers, hint)
    t.match(JSON.parse(body), { statusCode: 400, message: /^Malformed request: /, provider_errors: [] })
  }
})

t.test('an unknown Expect header, which Node itself would refuse, is ignored', async (t) => {
  const { url } = await sandboxFor(t)
  const socket = await connectTo(url)
  socket.write(`${head('expect: 200-ok', 'content-length: 2', 'connection: close')}{}`)
  t.match(await everything(socket), /^HTTP\/1\.1 200 OK\r\n[^]*"test_url":"http:/)
})

t.test('garbage after complete requests does not affect their answers', async (t) => {
  const { url } = await sandboxFor(t)
  const order = (id: string) => `${head(`content-length: ${String(`{"id":"${id}"}`.length)}`)}{"id":"${id}"}`
  const socket = await connectTo(url)
  socket.write(`${order('one')}${order('two')}GARBAGE\r\n\r\n`)
  const answers = (await everything(socket)).split(/(?=HTTP\/1\.1 )/)

  t.equal(answers.length, 3)
  t.match(answers, [/200 OK[^]*"id":"one"/, /200 OK[^]*"id":"two"/, /400 Bad Request[^]*"statusCode":400/])
})

t.test('a request that arrives too slowly gets 408, a silent connection nothing', async (t) => {
  const app = buildApp(depsFor({}))
  t.teardown(() => app.close())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  t.match(app.initialConfig, { requestTimeout: 60_000 })
  t.equal(app.server.headersTimeout, 10_000)
  const timeOut = async (sent: string) => {
    const accepted = once(app.server, 'connection') as Promise<[Socket]>
    const client = await connectTo(url)
    const [socket] = await accepted
    if (sent !== '') {
      client.write(sent)
      while (socket.bytesRead === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    // As Node does on a timeout.
    const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
    app.server.emit('clientError', error, socket)
    return everything(client)
  }
  t.match(await timeOut('POST / HTTP/1.1\r\n'), /^HTTP\/1\.1 408 Request Timeout\r\n[^]*"statusCode":408/)
  t.equal(await timeOut(''), '')
})

t.test('headers over 16 KiB get 431', async (t) => {
  const { url } = await sandboxFor(t)
  const socket = await connectTo(url)
  socket.write(head(`x-large: ${'x'.repeat(20_000)}`))
  const answer = await everything(socket)
  t.match(answer, /^HTTP\/1\.1 431 /)
  t.match(answer, '"statusCode":431')
})

t.test('a body shorter or longer than its content-length does not hold up other calls', async (t) => {
  const { url } = await sandboxFor(t)
  const short = await connectTo(url)
  short.write(`${head('content-length: 100')}{"id":"never finished"`)
  const long = await connectTo(url)
  long.write(`${head('content-length: 2', 'connection: close')}{}{"id":"smuggled"}`)

  t.match(await everything(long), /^HTTP\/1\.1 (200|400) /)
  t.equal((await postOrder(url, {})).status, 200)
  short.destroy()
  t.equal((await postOrder(url, { id: 'never finished' })).status, 200)
})

t.test('a client that disconnects mid-body does no harm', async (t) => {
  const { url } = await sandboxFor(t)
  for (let i = 0; i < 20; i++) {
    const socket = await connectTo(url)
    socket.write(`${head('content-length: 1000000')}{"id":"`)
    socket.resetAndDestroy()
  }
  t.equal((await postOrder(url, {})).status, 200)
})

t.test('idle connections and unfinished requests do not keep a sandbox from closing', async (t) => {
  const sandbox = await startSandbox()
  const silent = await connectTo(sandbox.url)
  const halfHeader = await connectTo(sandbox.url)
  halfHeader.write('POST / HT')
  const halfBody = await connectTo(sandbox.url)
  halfBody.write(`${head('content-length: 100')}{`)
  const idle = await postOrder(sandbox.url, {})
  t.equal(idle.status, 200)

  const closed = [silent, halfHeader, halfBody].map((socket) => once(socket.resume(), 'close'))
  await sandbox.close()
  await Promise.all(closed)
  await t.rejects(fetch(sandbox.url), 'nothing is listening any more')
})

t.test('on close, an idle connection ends immediately and an unfinished call is completed', async (t) => {
  const sandbox = await startSandbox()
  const silent = await connectTo(sandbox.url)
  const half = await connectTo(sandbox.url)
  half.write(`${head('content-length: 2')}{`)
  // Connections are accepted in order, so both are accepted by now.
  await postOrder(sandbox.url, {})
  const answered = everything(half)
  const closing = sandbox.close()
  await once(silent.resume(), 'close')
  half.write('}')
  t.match(await answered, /^HTTP\/1.1 200 OK/)
  await closing
})

t.test('a call in progress when the sandbox closes is completed', async (t) => {
  const sandbox = await startSandbox()
  const socket = await connectTo(sandbox.url)
  const answer = everything(socket)
  socket.write(head('content-length: 2', 'expect: 100-continue'))
  await once(socket, 'data')
  const closed = sandbox.close()
  socket.write('{}')

  t.match(await answer, /HTTP\/1\.1 200 OK/)
  await closed
})

t.test('a client that leaves without waiting for its answer is in the log and the journal, once', async (t) => {
  const { out, lines } = logStream(t)
  const sandbox = await runSandbox(readOptions({ logLevel: 'info' }), createLogger('info', out))
  t.teardown(() => sandbox.close())
  const count = 50
  for (let i = 1; i <= count; i++) {
    const body = JSON.stringify({ id: `order-${String(i)}` })
    const socket = await connectTo(sandbox.url)
    socket.write(head(`content-length: ${String(body.length)}`) + body, () => {
      setImmediate(() => socket.resetAndDestroy())
    })
    await once(socket, 'close')
  }
  await until(async () => (await sandbox.orders.list({ limit: 100 })).length === count)
  const { requests } = await sandbox.requests.list({ limit: 100 })
  const orders = await sandbox.orders.list({ limit: 100 })
  t.strictSame(requests.map(({ orderId }) => orderId).sort(), orders.map(({ id }) => id).sort())
  await until(async () => lines().filter(({ msg }) => msg === 'request').length === count)
})

t.test('a call whose connection has just ended is recorded once', async (t) => {
  const { out, lines } = logStream(t)
  const app = buildApp(depsFor({ logger: createLogger('info', out) }))
  let ended: Promise<unknown> | undefined
  app.get('/late', (request, reply) => {
    ended = once(reply.raw, 'close')
    request.raw.socket.destroy()
    return reply.send('late')
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  t.teardown(() => app.close())
  await t.rejects(fetch(`${url}/late`))
  await ended
  await until(async () => lines().length > 0)
  await app.close()
  t.strictSame(
    lines().map(({ path, status }) => [path, status]),
    [['/late', undefined]],
  )
})

t.test('an answer that cannot be sent is a defect that costs no other client its answer', async (t) => {
  const { out, text } = logStream(t)
  const app = Fastify()
  await app.register(answerTogether, { logger: createLogger('error', out) })
  app.get('/bad', (_request, reply) => reply.header('x-bad', 'a\nb').send('never'))
  app.get('/good', (_request, reply) => reply.send('answered'))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  t.teardown(() => app.close())
  const [bad, good] = await Promise.allSettled(['/bad', '/good'].map(async (path) => (await fetch(url + path)).text()))
  t.match(bad, { status: 'rejected' })
  t.match(good, { status: 'fulfilled', value: 'answered' })
  await until(async () => text().includes('ERR_INVALID_CHAR'))
})
