import { once } from 'node:events'
import { createServer } from 'node:net'
import t, { type Test } from 'tap'
import { type DeliveryDetail, DeliveryDetailSchema } from '../../schemas/control/deliveries'
import { connectSandbox, type SandboxControl } from '../../src/index'
import { version } from '../../src/version'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { call, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

const noon = '2026-01-31T12:00:00.000Z'
const kibibytes64 = 64 * 1024

/** The only delivery, once it is delivered, in detail. */
async function delivered(control: SandboxControl, t: Test): Promise<DeliveryDetail> {
  const { id } = await control.deliveries.waitFor({ status: 'delivered' })
  const detail = await control.deliveries.get(id)
  t.strictSame(violationsOf(DeliveryDetailSchema, detail), [])
  return detail
}

bothWays(
  'a delivery shows each request as it was sent, and each answer as it was received',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t, (response) => {
      response.writeHead(202, { 'content-type': 'text/plain', 'x-trace': '7', 'x-api-key': 'k3y' }).end('Got it: ✓')
    })
    await control.webhooks.add({ url: `${receiver.url}/hook?a=1` })
    await postOrder(url, { id: 'order-1', candidate: { first_name: 'Zoë' } })
    const { attempts, ...delivery } = await delivered(control, t)
    t.match(delivery, { orderId: 'order-1', status: 'delivered', reason: null })
    const [received] = await receiver.all(1)
    const { request = null, response = null, ...attempt } = { ...attempts[0] }
    t.match(attempt, { url: `${receiver.url}/hook?a=1`, status: 202, error: null })
    t.strictSame(
      request,
      { headers: { ...received?.headers }, body: String(received?.raw), isCut: false },
      'byte for byte',
    )
    t.strictSame(request?.headers, {
      host: new URL(receiver.url).host,
      'content-type': 'application/json',
      'content-length': String(received?.raw.length),
      'user-agent': `stackone-assessments-sandbox/${version}`,
      connection: 'close',
      'x-sandbox-delivery': delivery.id,
      'x-stackone-signature': request?.headers['x-stackone-signature'],
    })
    t.match(response, {
      headers: { 'content-type': 'text/plain', 'x-trace': '7', 'x-api-key': '***' },
      body: 'Got it: ✓',
      isCut: false,
    })
    const list = await control.deliveries.list()
    t.notOk('request' in (list.deliveries[0]?.attempts[0] ?? {}), 'lists leave them out')
  },
)

bothWays('of a longer request or answer, 64 KiB are kept', async (t, { url, control }) => {
  const exact = 'x'.repeat(kibibytes64)
  let length = kibibytes64
  const receiver = await receiverFor(t, (response) => response.end('x'.repeat(length)))
  await control.webhooks.add({ url: receiver.url, events: ['ats_assessments.updated'] })
  await control.orders.create({ id: 'order-1' })
  for (const [i, each] of [kibibytes64, kibibytes64 + 1].entries()) {
    length = each
    await call(url, 'PATCH', '/orders/order-1/result', { summary: `${String(i)}${exact}` })
    await control.deliveries.waitForMany({ status: 'delivered' }, { count: i + 1 })
  }
  const { deliveries } = await control.deliveries.list({ status: 'delivered' })
  const [longer, whole] = await Promise.all(deliveries.map(({ id }) => control.deliveries.get(id)))
  t.match(whole?.attempts, [{ response: { body: exact, isCut: false }, request: { isCut: true } }])
  t.match(longer?.attempts, [{ response: { body: exact, isCut: true }, request: { isCut: true } }])
  const [received] = receiver.received
  t.equal(whole?.attempts[0]?.request?.body, String(received?.raw).slice(0, kibibytes64))
})

bothWays(
  'an attempt that nobody answers has a request, a blocked one neither request nor answer',
  async (t, { control }) => {
    // Takes the request, and closes the connection without an answer.
    const silent = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    t.teardown(() => silent.close())
    const { port } = silent.address() as { port: number }
    await control.webhooks.add({ url: `http://127.0.0.1:${String(port)}/` })
    await control.webhooks.add({ url: 'http://169.254.169.254/latest' })
    await control.orders.create({ id: 'order-1' })
    await control.clock.advance(0)
    const { deliveries } = await control.deliveries.list()
    const [blocked, unanswered] = await Promise.all(deliveries.map(({ id }) => control.deliveries.get(id)))
    t.match(unanswered, {
      status: 'pending',
      attempts: [{ status: null, error: /connection/, request: { body: /"order-1"/, isCut: false }, response: null }],
    })
    t.match(blocked, { status: 'blocked', attempts: [{ status: null, request: null, response: null }] })
  },
  { clock: noon },
)

bothWays(
  'every attempt has its own request and answer, also after a replay',
  async (t, { control }) => {
    let count = 0
    const receiver = await receiverFor(t, (response) => response.writeHead(503).end(`answer ${String(++count)}`))
    await control.webhooks.add({ url: receiver.url })
    await control.orders.create({ id: 'order-1' })
    await control.clock.advance(3_600_000)
    const { id } = await control.deliveries.waitFor({ status: 'failed' })
    const answers = async () => (await control.deliveries.get(id)).attempts.map(({ response }) => response?.body)
    t.strictSame(await answers(), ['answer 1', 'answer 2', 'answer 3', 'answer 4', 'answer 5'])
    await control.deliveries.replay(id)
    await control.clock.advance(0)
    t.equal((await answers()).at(-1), 'answer 6')
    await control.clock.advance(3_600_000)
    t.equal((await answers()).at(-1), 'answer 10')
    await control.deliveries.replay(id)
    await control.clock.advance(0)
    const attempts = await answers()
    t.strictSame(attempts.slice(-2), ['answer 10', 'answer 11'], 'the latest ten are kept')
    await t.rejects(control.deliveries.get('order-9.1'), { statusCode: 404, message: /order-9\.1 not found/ })
  },
  { clock: noon },
)

t.test('an open control API leaves out the answers of receivers, but not what was sent', async (t) => {
  const receiver = await receiverFor(t, (response) => {
    response.writeHead(200, { 'x-inside': 'revealing' }).end('the inside of the receiver')
  })
  const sandbox = await sandboxFor(t, { host: '0.0.0.0' })
  const anyone = connectSandbox(sandbox.url)
  await anyone.webhooks.add({ url: `${receiver.url}/hooks/Xy12Zab34cd56ef78gh9`, secret: 'whsec_own' })
  await anyone.orders.create({ id: 'order-1' })
  const { id } = await sandbox.deliveries.waitFor({ status: 'delivered' })
  const shown = await anyone.deliveries.get(id)
  t.match(shown, { url: `${receiver.url}/hooks/***` })
  t.match(shown.attempts, [{ status: 200, request: { body: /"order-1"/ } }])
  t.strictSame(shown.attempts[0]?.response, { headers: {}, body: '', isCut: true })
  t.notMatch(JSON.stringify(shown), /inside|whsec_own|Xy12Zab34cd56ef78gh9/)
  t.match((await sandbox.deliveries.get(id)).attempts, [{ response: { body: 'the inside of the receiver' } }])
})

t.test('an open control API shows as null what nobody answered', async (t) => {
  const sandbox = await sandboxFor(t, { host: '0.0.0.0', clock: noon })
  const anyone = connectSandbox(sandbox.url)
  await anyone.webhooks.add({ url: 'http://169.254.169.254/' })
  await anyone.orders.create()
  const { id } = await anyone.deliveries.waitFor({ status: 'blocked' })
  t.match((await anyone.deliveries.get(id)).attempts, [{ request: null, response: null }])
})
