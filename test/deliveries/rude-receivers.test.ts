import { createServer, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { steadyPort } from '../../scripts/steady-port'
import { createClock } from '../../src/clock'
import type { Parts } from '../../src/compose/deps'
import { receiverQueues } from '../../src/deliveries/receiver-queues'
import { deliveriesOf, listenFor, receiverFor } from '../support/receiver'
import { call, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

const noon = Date.parse('2026-01-31T12:00:00.000Z')

/** A receiver that calls `misbehave` on each connection once data arrives, and counts these calls. */
async function rude(t: Test, misbehave: (socket: Socket) => void) {
  const calls = { count: 0 }
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      calls.count++
      misbehave(socket)
    })
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
  })
  return { url: `http://127.0.0.1:${String(await listenFor(t, server))}/`, calls }
}

async function reportTo(t: Test, resultsUrl: string, parts: Parts = {}) {
  const clock = createClock(noon)
  const sandbox = await sandboxFor(t, {}, { clock, ...parts })
  const placed = await call(sandbox.url, 'POST', '/orders', { id: 'order-1', results_update_url: resultsUrl })
  const patched = await call(sandbox.url, 'PATCH', '/orders/order-1/result', { summary: 'Good' })
  t.strictSame([placed.status, patched.status], [200, 200])
  return { ...sandbox, clock }
}

/** Keeps writing until the socket is closed. */
function pour(socket: Socket, text: string) {
  const write = () => {
    while (socket.writable && socket.write(text));
    socket.once('drain', write)
  }
  write()
}

const retried: [string, (socket: Socket) => void, RegExp][] = [
  ['resets the connection', (socket) => socket.resetAndDestroy(), /closed the connection/],
  ['closes the connection without an answer', (socket) => socket.end(), /closed the connection/],
  ['answers with garbage', (socket) => socket.end('😀 not HTTP\r\n\r\n'), /did not answer with HTTP/],
  [
    'answers with endless headers',
    (socket) => {
      pour(socket, `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(1000)}`)
    },
    /did not answer with HTTP|ECONN/,
  ],
  [
    'switches protocols',
    (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: chat\r\nconnection: upgrade\r\n\r\n'),
    /./,
  ],
]
for (const [title, misbehave, error] of retried) {
  t.test(`a receiver that ${title} is retried, without delaying the request`, async (t) => {
    const { url, calls } = await rude(t, misbehave)
    const sandbox = await reportTo(t, url)
    await sandbox.clock.advance(0)
    const [delivery] = await deliveriesOf(sandbox)
    t.match(delivery, { status: 'pending', attempts: [{ status: null, error }] })
    await sandbox.clock.advance(12 * 60_000)
    t.match(await deliveriesOf(sandbox), [{ status: 'failed', attempts: { length: 5 } }])
    t.equal(calls.count, 5)
  })
}

const delivered: [string, (socket: Socket) => void][] = [
  [
    'resets the connection mid-body',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')
      setImmediate(() => socket.resetAndDestroy())
    },
  ],
  [
    'sends an endless body',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      pour(socket, 'x'.repeat(64 * 1024))
    },
  ],
]
for (const [title, misbehave] of delivered) {
  t.test(`a receiver that answers 200 and then ${title} has accepted the delivery`, async (t) => {
    const { url, calls } = await rude(t, misbehave)
    const sandbox = await reportTo(t, url)
    await sandbox.clock.advance(0)
    t.match(await deliveriesOf(sandbox), [{ status: 'delivered', attempts: [{ status: 200, error: null }] }])
    t.equal(calls.count, 1)
  })
}

t.test('a receiver that never answers times out five times, and then the delivery fails', async (t) => {
  const { url, calls } = await rude(t, () => undefined)
  const sandbox = await reportTo(t, url, { timeout: 100 })
  await sandbox.clock.advance(12 * 60_000)
  const error = 'no answer within 0.1 s'
  t.match(await deliveriesOf(sandbox), [{ status: 'failed', attempts: [{ error }, { error }, {}, {}, { error }] }])
  t.equal(calls.count, 5)
})

t.test('a receiver that answers 200 and then drips its body has accepted the delivery at the timeout', async (t) => {
  const { url } = await rude(t, (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx'))
  const sandbox = await reportTo(t, url, { timeout: 1_000 })
  await until(async () => (await deliveriesOf(sandbox))[0]?.status === 'delivered')
  t.match(await deliveriesOf(sandbox), [{ attempts: [{ status: 200, error: null }] }])
})

t.test('SSRF: neither a redirect to a metadata address nor a name that resolves to one is followed', async (t) => {
  const { url, calls } = await rude(t, (socket) =>
    socket.end('HTTP/1.1 307 Temporary Redirect\r\nlocation: http://169.254.169.254/latest/meta-data/\r\n\r\n'),
  )
  const sandbox = await reportTo(t, url)
  await sandbox.clock.advance(12 * 60_000)
  t.match(await deliveriesOf(sandbox), [
    { status: 'failed', attempts: [{ status: 307, error: /redirects are not followed/ }] },
  ])
  t.equal(calls.count, 1)

  const resolve = async () => [{ address: '169.254.169.254', family: 4 }]
  const renamed = await reportTo(t, 'http://metadata.example.com/', { resolve })
  await renamed.clock.advance(0)
  t.match(await deliveriesOf(renamed), [{ status: 'blocked', attempts: [{ error: /169\.254\.169\.254.*never/ }] }])
})

t.test('DNS rebinding: only the addresses that were checked are dialled', async (t) => {
  const receiver = await receiverFor(t)
  const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '169.254.169.254', family: 4 }]]
  const resolve = async () => answers.shift() ?? []
  const sandbox = await reportTo(t, receiver.url.replace('127.0.0.1', 'rebinding.example.com'), { resolve })
  await receiver.all(1)
  await sandbox.clock.advance(0)
  t.match(await deliveriesOf(sandbox), [{ status: 'delivered' }])
  t.equal(answers.length, 1, 'the name was resolved once')
})

t.test('receivers that hang or are down delay neither requests nor other receivers', async (t) => {
  const hung = await rude(t, () => undefined)
  const down = `http://127.0.0.1:${String(await steadyPort())}/`
  const receiver = await receiverFor(t)
  const clock = createClock(noon)
  const { url } = await sandboxFor(t, {}, { clock })
  const report = async (id: string, results_update_url: string) => {
    await call(url, 'POST', '/orders', { id, results_update_url })
    t.equal((await call(url, 'PATCH', `/orders/${id}/result`, { summary: 'Good' })).status, 200)
  }
  for (let i = 0; i < 10; i++) {
    await report(`hung-${String(i)}`, hung.url)
    await report(`down-${String(i)}`, down)
  }
  for (let i = 0; i < 10; i++) await report(`well-${String(i)}`, receiver.url)
  await receiver.all(10)
  t.equal(hung.calls.count, 1, 'nothing more is sent to a receiver that has not answered yet')
  await clock.advance(0)
  for (const { orderId, status, attempts } of await deliveriesOf({ url })) {
    const [kind = ''] = String(orderId).split('-')
    const made = { hung: 0, down: 1, well: 1 }[kind]
    t.strictSame([status, attempts.length], [kind === 'well' ? 'delivered' : 'pending', made], String(orderId))
  }
})

t.test('sixteen stuck receivers with long queues delay no other, on one server or many', async (t) => {
  const hung = await Promise.all(Array.from({ length: 16 }, () => rude(t, () => undefined)))
  const receiver = await receiverFor(t, (response, { path }) => {
    if (path === '/well') response.end()
  })
  const { url } = await sandboxFor(t, {}, { clock: createClock(noon) })
  const report = async (id: string, results_update_url: string) => {
    await call(url, 'POST', '/orders', { id, results_update_url })
    await call(url, 'PATCH', `/orders/${id}/result`, { summary: 'Good' })
  }
  for (const [i, { url: stuck }] of hung.entries()) {
    await Promise.all(
      Array.from({ length: 12 }, async (_, j) => {
        await report(`a-${String(i)}-${String(j)}`, stuck)
        await report(`b-${String(i)}-${String(j)}`, `${receiver.url}/stuck-${String(i)}`)
        // A URL for each order, as many clients use.
        await report(`c-${String(i)}-${String(j)}`, `${stuck}${String(j)}`)
      }),
    )
  }
  await report('well', `${receiver.url}/well`)
  // Long before any of the others times out.
  await until(async () => (await deliveriesOf({ url }, '?orderId=well'))[0]?.status === 'delivered')
  t.match(await deliveriesOf({ url }, '?orderId=a-0-0'), [{ status: 'pending', attempts: [] }])
})

t.test('a hanging server has at most 48 deliveries in progress, and delays no other', async (t) => {
  const stuck = await receiverFor(t, () => undefined)
  const well = await receiverFor(t)
  const { url } = await sandboxFor(t)
  const report = async (id: string, results_update_url: string) => {
    await call(url, 'POST', '/orders', { id, results_update_url })
    await call(url, 'PATCH', `/orders/${id}/result`, { summary: 'Good' })
  }
  await Promise.all(Array.from({ length: 60 }, (_, i) => report(`order-${String(i)}`, `${stuck.url}/${String(i)}`)))
  await stuck.all(48)
  await report('well', well.url)
  await well.all(1)
  t.equal(stuck.received.length, 48)
})

t.test('the number of attempts in progress is bounded, however many receivers hang', async (t) => {
  const begin = (count: number, addressOf: (one: number) => { origin: string; url: string }) => {
    const underWay: (() => void)[] = []
    const queues = receiverQueues<number>({
      work: () =>
        new Promise((resolve) =>
          underWay.push(() => {
            resolve(true)
          }),
        ),
      receiverOf: (one) => ({ method: 'POST', secret: null, webhookId: null, style: 'native', ...addressOf(one) }),
      turnOf: (one) => one,
    })
    for (let one = 1; one <= count; one++) queues.push(one)
    return underWay
  }
  const elsewhere = (one: number) => ({ origin: String(one), url: '/' })
  const atOneServer = begin(60, (one) => ({ origin: 'one', url: String(one) }))
  const atMany = begin(2_000, elsewhere)
  await until(async () => atMany.length >= 1_024 + 128 && atOneServer.length >= 32 + 16)
  // The 129th begins only once the first ones count as hanging; by then so do all the others.
  const later = begin(129, elsewhere)
  await until(async () => later.length === 129)
  t.equal(atOneServer.length, 32 + 16)
  t.equal(atMany.length, 1_024 + 128)
  for (const answer of atMany.splice(0)) answer()
  await until(async () => atMany.length === 2_000 - 1_024 - 128)
})

t.test('a receiver that has answered gets up to eight deliveries at once', async (t) => {
  const answers: (() => void)[] = []
  const receiver = await receiverFor(t, (response) => answers.push(() => response.end()))
  const { url } = await sandboxFor(t, { webhooks: [receiver.url] }, { clock: createClock(noon) })
  for (let i = 0; i < 20; i++) await call(url, 'POST', '/orders', {})
  await receiver.all(1)
  answers.shift()?.()
  await receiver.all(9)
  t.equal((await deliveriesOf({ url })).filter(({ status }) => status === 'delivered').length, 1)
  t.equal(receiver.received.length, 9)
  for (let answered = 1; answered < 20; answered++) {
    await receiver.all(answered + 1)
    answers.shift()?.()
  }
  await until(async () => (await deliveriesOf({ url })).every(({ status }) => status === 'delivered'))
})

t.test('moving the clock finishes while orders keep arriving', async (t) => {
  const receiver = await receiverFor(t)
  const down = `http://127.0.0.1:${String(await steadyPort())}/`
  const clock = createClock(noon)
  const { url } = await sandboxFor(t, { webhooks: [receiver.url, down] }, { clock })
  const traffic = { goesOn: true }
  const clients = Array.from({ length: 4 }, async () => {
    while (traffic.goesOn) await call(url, 'POST', '/orders', {})
  })
  await receiver.all(20)
  await clock.advance(60 * 60_000)
  traffic.goesOn = false
  await Promise.all(clients)
  t.equal(clock.now(), noon + 60 * 60_000)
})

t.test('every delivery to a receiver that is down gets its five attempts', async (t) => {
  const down = `http://127.0.0.1:${String(await steadyPort())}/`
  const clock = createClock(noon)
  const { url } = await sandboxFor(t, { webhooks: [down] }, { clock })
  await Promise.all(Array.from({ length: 40 }, () => call(url, 'POST', '/orders', {})))
  await clock.advance(20 * 60_000)
  const deliveries = await deliveriesOf({ url })
  t.equal(deliveries.length, 40)
  for (const { status, attempts } of deliveries) t.strictSame([status, attempts.length], ['failed', 5])
})
