import { once } from 'node:events'
import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import { readOptions } from '../../src/config'
import { inWords } from '../../src/deliveries/send'
import { runSandbox } from '../../src/start-sandbox'
import { batched, createLogger } from '../../src/telemetry/logger'
import { logStream } from '../support/log-stream'
import { receiverFor } from '../support/receiver'
import { ordersPath, postOrder } from '../support/sandbox'

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

t.test('on a terminal, a request is one readable line, with its error and hint below', async (t) => {
  const { out, text } = logStream(t, true)
  const sandbox = await runSandbox(readOptions({ logLevel: 'info' }), createLogger('info', out))
  t.teardown(() => sandbox.close())
  await postOrder(sandbox.url, { id: 'order-1' })
  await postOrder(sandbox.url, { id: 'two\u001b[31m\u009b' }, { 'x-account-id': 'a\u009bb' })
  await postOrder(sandbox.url, { id: 3 })
  await (await fetch(`${sandbox.url}/nope`)).text()
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1', () => socket.write('GARBAGE\r\n\r\n'))
  await once(socket.resume(), 'close')
  await sandbox.close()

  const lines = stripVTControlCharacters(text()).split('\n')
  t.match(
    lines[0],
    /^\[\d\d:\d\d:\d\d\] INFO: POST \/unified\/ats\/assessments\/orders 200 [\d.]+ ms account='acme' order='order-1'$/,
  )
  t.match(lines[1], String.raw`account='a\x9Bb' order='two\x1B[31m\x9B'`)
  t.match(lines[2], `WARN: POST ${ordersPath} 400`)
  t.match(lines[3], /^ +error: body\/id must be string or null$/)
  t.match(lines[4], /^ +hint: body\/id looks like "/)
  t.match(lines[5], 'GET /nope 404')
  t.match(lines[8], /WARN: unread 400$/)
  t.match(lines[9], /^ +error: The request is not HTTP/)
})

t.test('unread log lines are dropped beyond 16 MiB, and counted when reading resumes', async (t) => {
  const reads: (() => void)[] = []
  const written: string[] = []
  const out = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      written.push(chunk)
      reads.push(done)
    },
  })
  const log = batched(out)
  const megabyte = `${'x'.repeat(1024 * 1024 - 1)}\n`
  for (let i = 0; i < 20; i++) {
    log.write(megabyte)
    await nextTurn()
  }
  for (let read = reads.shift(); read; read = reads.shift()) {
    read()
    await nextTurn()
  }
  log.write('after\n')
  await nextTurn()
  reads.shift()?.()
  await nextTurn()

  t.equal(written.filter((chunk) => chunk === megabyte).length, 16)
  t.strictSame(JSON.parse(written.at(-2) ?? ''), { level: 40, msg: 'log lines dropped: nobody read them', dropped: 4 })
  t.equal(written.at(-1), 'after\n')
})

t.test('log lines of one turn of the event loop are written together', async (t) => {
  const { out, chunks, text } = logStream(t)
  const logger = createLogger('info', out)
  logger.info('one')
  logger.info('two')
  await nextTurn()
  t.equal(chunks.length, 1)
  t.match(text(), /"msg":"one"\}\n.*"msg":"two"\}\n$/)
})

t.test('a delivery attempt is logged with the request that caused it', async (t) => {
  const { out, lines } = logStream(t)
  const receiver = await receiverFor(t)
  const sandbox = await runSandbox(readOptions({ webhooks: [receiver.url] }), createLogger('info', out))
  t.teardown(() => sandbox.close())
  await postOrder(sandbox.url, { id: 'order-1' })
  await sandbox.deliveries.waitFor({ status: 'delivered' })
  await nextTurn()
  const request = lines().find(({ msg }) => msg === 'request')?.['request']
  t.match(request, /^req-\d+$/)
  t.equal(lines().find(({ msg }) => msg === 'delivery')?.['request'], request)
})

t.test("the log never contains a receiver's answer, nor details of its certificate", async (t) => {
  const { out, text } = logStream(t)
  const receiver = await receiverFor(t, (response) => {
    response.writeHead(400, { location: 'http://secret.example.com/' }).end('secret: s3cr3t')
  })
  const sandbox = await runSandbox(readOptions({ webhooks: [receiver.url] }), createLogger('trace', out))
  t.teardown(() => sandbox.close())
  await postOrder(sandbox.url, { id: 'order-1' })
  await sandbox.deliveries.waitFor({ status: 'failed' })
  t.match((await sandbox.deliveries.list()).deliveries, [{ attempts: [{ error: 'answered 400: secret: s3cr3t' }] }])
  await nextTurn()
  t.match(text(), /"msg":"delivery"/)
  t.match(text(), '"error":"answered 400"')
  t.notMatch(text(), /secret|s3cr3t/)

  const message = "Host: 127.0.0.1. is not in the cert's altnames: DNS:secret.example.com"
  const error = Object.assign(new Error(message), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  t.equal(inWords(error, new URL('https://127.0.0.1:8443/')), 'the certificate of 127.0.0.1:8443 is for another name')
  error.code = 'DEPTH_ZERO_SELF_SIGNED_CERT'
  t.match(inWords(error, new URL('https://127.0.0.1:8443/')), /^the certificate of 127\.0\.0\.1:8443 is not trusted: /)
})
