import type { AttemptResult } from '../../../src/deliveries/attempt'
import { callbackReceiver, type Outgoing } from '../../../src/deliveries/outgoing'
import { deliveryId, type HttpMessage, nobody } from '../../../src/store/records'
import { allOf, eachStore } from '../../support/each-store'
import { receiverFor } from '../../support/receiver'
import { storedOrder } from '../../support/sandbox'
import { until } from '../../support/until'

const at = 1_770_000_000_000

const message = (body: string): HttpMessage => ({ headers: { host: '127.0.0.1' }, body, isCut: false })

const answered = (sent: string, received: string): AttemptResult => ({
  verdict: 'delivered',
  status: 200,
  error: null,
  said: '',
  retryAfter: null,
  exchange: { request: message(sent), response: message(received) },
})

const call = (facts: Partial<Outgoing> = {}): Outgoing => ({
  accountId: 'acme',
  orderId: null,
  remoteId: 'packages-acme',
  event: 'packages_request',
  at,
  result: null,
  requestId: null,
  payload: '{}',
  receiver: callbackReceiver('POST', 'http://127.0.0.1:9/packages'),
  ...facts,
})

eachStore('each attempt keeps its request as sent and its answer as received', async (t, state) => {
  const { webhooks, store, deliveries, clock, replica } = state
  let status = 503
  const receiver = await receiverFor(t, (response) => {
    response
      .writeHead(status, { 'content-type': 'text/plain', 'set-cookie': 'session=1' })
      .end(`answer ${String(status)}`)
  })
  await clock.freeze()
  await webhooks.add({ accountId: null, url: `${receiver.url}/hook?a=1`, secret: 'whsec_1' })
  await store.addOrder(storedOrder(), { events: ['created'], requestId: null })
  const attempted = (count: number) =>
    until(async () => (await deliveries.find('remote-1.1')).attempts.length === count)
  await attempted(1)
  status = 200
  await clock.advance(20_000)
  await attempted(2)

  const [first, second, ...others] = await (await replica()).deliveries.exchanges('remote-1.1')
  const [received] = await receiver.all(2)
  t.strictSame(others, [])
  t.match(first, {
    request: {
      headers: {
        host: new URL(receiver.url).host,
        'content-length': String(received?.raw.length),
        'x-stackone-signature': received?.headers['x-stackone-signature'],
      },
      body: received?.raw.toString(),
      isCut: false,
    },
    response: { headers: { 'content-type': 'text/plain', 'set-cookie': '***' }, body: 'answer 503' },
  })
  t.strictSame(Object.keys(first?.request?.headers ?? {}).sort(), Object.keys(received?.headers ?? {}).sort())
  t.match(second, { response: { body: 'answer 200', isCut: false } })
  t.strictSame(await deliveries.exchanges('nothing'), [])
  await t.rejects(deliveries.find('nothing'), { statusCode: 404, message: /nothing not found/ })
})

eachStore('of a delivery that is replayed again and again, the latest exchanges are kept', async (t, state) => {
  const { deliveries, webhooks, store } = state
  const receiver = await receiverFor(t)
  await webhooks.add({ accountId: null, url: receiver.url, secret: 'whsec_1' })
  await store.addOrder(storedOrder(), { events: ['created'], requestId: null })
  for (let i = 1; i <= 12; i++) {
    await until(async () => (await deliveries.find('remote-1.1')).attempts.length === i)
    if (i < 12) await deliveries.replay('remote-1.1')
  }
  t.equal((await deliveries.exchanges('remote-1.1')).length, 10)
})

eachStore('a longer body is cut, and the oldest exchanges are dropped beyond 32 MiB', async (t, { deliveries }) => {
  const long = 'x'.repeat(3 * 1024 * 1024)
  const ids: string[] = []
  for (let i = 1; i <= 12; i++) ids.push(deliveryId(await deliveries.keep(call(), answered(String(i), long), at)))
  const kept = await Promise.all(ids.map(async (id) => (await deliveries.exchanges(id)).length))
  t.strictSame(kept, [0, 0, ...Array<number>(10).fill(1)])
  await deliveries.keep(call(), answered('', 'x'.repeat(40 * 1024 * 1024)), at)
  t.strictSame(await deliveries.exchanges(String(ids.at(-1))), [], 'one that is too long for all leaves none')
})

eachStore('a call that was made is kept as a delivery that has ended', async (t, { deliveries, reset, replica }) => {
  const kept = await deliveries.keep(call(), answered('{}', '[]'), at)
  t.match(kept, { number: 1, status: 'delivered', attempts: [{ at, status: 200, error: null }] })
  t.equal((await deliveries.keep(call(), answered('{}', '[]'), at)).number, 2)
  const other = (await replica()).deliveries
  t.match(await allOf(other.list('acme')), [{ number: 2 }, { number: 1, orderId: null, event: 'packages_request' }])
  await t.rejects(deliveries.replay(deliveryId(kept)), { statusCode: 409, message: /request for packages/ })
  await reset('acme')
  t.strictSame(await allOf(other.list(null)), [])
  t.strictSame(await other.exchanges(deliveryId(kept)), [], 'nothing is left to show with a later call')
  await deliveries.keep(call(), answered('{}', '[]'), at)
  await reset(null)
  t.equal((await deliveries.keep(call(), answered('{}', '[]'), at)).number, 1)
})

eachStore('an event that no webhook subscribes to is kept, and says so', async (t, state) => {
  const { deliveries, records, webhooks } = state
  await webhooks.add({ accountId: null, url: 'http://127.0.0.1:9/', secret: 'whsec_1' })
  await records.change({ accountId: 'acme', kind: 'jobs', id: 'job-1' }, () => ({
    value: '{}',
    news: {
      ...{ accountId: 'acme', event: 'ats_jobs.created', recordId: 'job-1', remoteId: null, requestId: null },
      data: {},
    },
  }))
  const [kept] = await allOf(deliveries.list('acme'))
  t.match(kept, { status: 'not-subscribed', attempts: [], nextAttemptAt: null, receiver: nobody })
  t.match(await deliveries.tally(), { pending: 0, 'not-subscribed': 1 })
  await t.rejects(deliveries.replay(kept === undefined ? '' : deliveryId(kept)), {
    statusCode: 409,
    message: /subscribed to ats_jobs.created/,
  })
})
