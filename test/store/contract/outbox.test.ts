import { type Delivery, deliveryId } from '../../../src/store/records'
import { mostFinished } from '../../../src/store/exchanges'
import { allOf, atOnce, eachStore } from '../../support/each-store'
import { receiverFor } from '../../support/receiver'
import { storedOrder } from '../../support/sandbox'
import { until } from '../../support/until'

const noon = '2026-01-31T12:00:00.000Z'
const at = Date.parse(noon)
const hook = { accountId: null, url: 'http://127.0.0.1:9/', secret: 'whsec_1' }
const created = { events: ['created'], requestId: 'request-1' } as const

const orderNumber = (n: number, facts: Parameters<typeof storedOrder>[0] = {}) =>
  storedOrder({ id: `order-${String(n)}`, remoteId: `remote-${String(n)}`, token: `token-${String(n)}`, ...facts })

eachStore(
  'an order and its deliveries are kept in one step: for its callback and its webhooks, numbered from 1',
  async (t, { store, webhooks, deliveries }) => {
    const { id: webhookId } = await webhooks.add(hook)
    const request = '{"id":"order-1","results_update_url":"http://127.0.0.1:9/results?key=1"}'
    await store.addOrder(storedOrder({ request }), { events: ['created', 'resulted'], requestId: 'request-1' })
    const about = {
      accountId: 'acme',
      orderId: 'order-1',
      remoteId: 'remote-1',
      at,
      result: null,
      requestId: 'request-1',
      payload: null,
    }
    const origin = 'http://127.0.0.1:9'
    const webhook = { method: 'POST', url: hook.url, secret: hook.secret, webhookId, origin, style: 'native' }
    const callback = {
      method: 'PUT',
      url: `${origin}/results?key=1`,
      secret: null,
      webhookId: null,
      origin,
      style: 'native',
    }
    const listed = await allOf(deliveries.list('acme'))
    const facts = listed.map(
      ({ accountId, orderId, remoteId, number, event, at, result, requestId, payload, receiver }) => ({
        ...{ accountId, orderId, remoteId, number, event, at, result, requestId, payload, receiver },
      }),
    )
    t.strictSame(facts, [
      { ...about, number: 3, event: 'ats_assessments.updated', receiver: webhook },
      { ...about, number: 2, event: 'results_callback', receiver: callback },
      { ...about, number: 1, event: 'ats_assessments.created', receiver: webhook },
    ])

    const result = '{"summary":"Good"}'
    await store.updateOrder('acme', 'order-1', (order) => ({ ...order, result }), {
      events: ['resulted'],
      requestId: null,
    })
    t.match(await allOf(deliveries.list('acme')), [
      { number: 5, event: 'ats_assessments.updated', result, requestId: null },
      { number: 4, event: 'results_callback', result, requestId: null },
      {},
      {},
      {},
    ])
    await store.updateOrder('acme', 'order-1', (order) => order, { events: [], requestId: null })
    await store.updateOrder('acme', 'order-1', (order) => order)
    await store.updateOrder('acme', 'order-2', (order) => order, created)
    t.equal((await allOf(deliveries.list(null))).length, 5, 'nothing is sent without an event, or for an unknown order')
  },
  { clock: noon, callbackTargets: 'none', callbackMethod: 'PUT' },
)

eachStore(
  'a repeated or refused order sends nothing',
  async (t, { store, webhooks, deliveries, replica }) => {
    await webhooks.add(hook)
    await atOnce(20, [store, (await replica()).store], (store) => store.addOrder(orderNumber(1), created))
    t.equal((await allOf(deliveries.list(null))).length, 1, 'sent once despite concurrent calls')
    const tooMany = { statusCode: 422, message: /500 bytes/ }
    await t.rejects(store.addOrder(orderNumber(2, { request: 'x'.repeat(1_000) }), created), tooMany)
    const tooLarge = (order: ReturnType<typeof storedOrder>) => ({ ...order, result: 'x'.repeat(1_000) })
    await t.rejects(store.updateOrder('acme', 'order-1', tooLarge, created), tooMany)
    t.ok(await store.addOrder(orderNumber(2)))
    t.equal(await store.addOrder(orderNumber(3), created), null, 'the store is full')
    t.equal((await allOf(deliveries.list(null))).length, 1)
  },
  { callbackTargets: 'none', maxOrders: 2, maxOrderBytes: 500 },
)

eachStore(
  'whoever sees an order sees its deliveries',
  async (t, { store, webhooks, deliveries, replica }) => {
    await webhooks.add(hook)
    const other = await replica()
    const adding = (async () => {
      for (let n = 1; n <= 40; n++) await other.store.addOrder(orderNumber(n), created)
    })()
    for (let count = 0; count < 40;) {
      const orders = await allOf(store.orders(null))
      const sent = new Set((await allOf(deliveries.list(null))).map(({ orderId }) => orderId))
      t.strictSame(
        orders.filter(({ id }) => !sent.has(id)),
        [],
      )
      count = orders.length
    }
    await adding
  },
  { callbackTargets: 'none' },
)

eachStore('deliveries are listed newest first, exported oldest first and counted by status', async (t, state) => {
  const { store, webhooks, deliveries } = state
  const receiver = await receiverFor(t, (response, { json }) =>
    response.writeHead(json['record_id'] === 'order-2' ? 400 : 200).end(),
  )
  await webhooks.add({ ...hook, url: receiver.url })
  for (const [n, accountId] of ['acme', 'acme', 'globex'].entries())
    await store.addOrder(orderNumber(n + 1, { accountId }), created)
  await until(async () => (await deliveries.tally()).pending === 0)
  t.strictSame(await deliveries.tally(), { pending: 0, delivered: 2, failed: 1, blocked: 0, 'not-subscribed': 0 })
  const ids = (all: readonly Pick<Delivery, 'remoteId' | 'number'>[]) => all.map(deliveryId)
  t.strictSame(ids(await allOf(deliveries.list(null))), ['remote-3.1', 'remote-2.1', 'remote-1.1'])
  t.strictSame(ids(await allOf(deliveries.list('acme'))), ['remote-2.1', 'remote-1.1'])
  t.strictSame(ids(await allOf(deliveries.export(null))), ['remote-1.1', 'remote-2.1', 'remote-3.1'])
  t.strictSame(ids(await allOf(deliveries.export('acme'))), ['remote-1.1', 'remote-2.1'])
  t.strictSame(await allOf(deliveries.list('initech')), [])
  t.equal(await deliveries.dropped(), 0)
})

eachStore(
  'imported deliveries continue where they stopped, in order',
  async (t, state) => {
    const { store, webhooks, deliveries, clock, reset } = state
    let isDown = true
    const receiver = await receiverFor(t, (response, { json }) =>
      response.writeHead(isDown && json['record_id'] === 'order-1' ? 503 : 200).end(),
    )
    const webhook = await webhooks.add({ ...hook, url: receiver.url })
    for (const n of [1, 2]) await store.addOrder(orderNumber(n), created)
    await store.updateOrder('acme', 'order-1', (order) => order, { events: ['resulted'], requestId: null })
    const first = async () => (await allOf(deliveries.export(null)))[0]
    await until(async () => (await first())?.nextAttemptAt != null)
    await until(async () => (await deliveries.tally()).delivered === 1)

    const exported = await allOf(deliveries.export(null))
    t.notOk(exported.some((delivery) => 'requestId' in delivery))
    t.match(exported, [
      { status: 'pending', attempts: { length: 1 }, earlier: 0 },
      { status: 'delivered' },
      { status: 'pending', attempts: { length: 0 } },
    ])
    await reset(null)
    await webhooks.import(null, [webhook])
    for (const n of [1, 2]) await store.addOrder(orderNumber(n))
    await deliveries.import(JSON.parse(JSON.stringify(exported)) as typeof exported)
    t.strictSame(await allOf(deliveries.export(null)), exported)
    t.match(await allOf(deliveries.list(null)), [{ requestId: null }, { requestId: null }, { requestId: null }])
    t.equal(receiver.received.length, 2)

    isDown = false
    await clock.set(Number(exported[0]?.nextAttemptAt))
    await until(async () => (await deliveries.tally()).delivered === 3)
    t.strictSame(
      receiver.received.slice(2).map(({ headers }) => headers['x-sandbox-delivery']),
      ['remote-1.1', 'remote-1.2'],
    )
    await store.updateOrder('acme', 'order-1', (order) => order, created)
    t.match((await allOf(deliveries.list(null)))[0], { number: 3 }, 'numbering continues too')
  },
  { clock: noon },
)

eachStore(
  'the latest ten thousand finished deliveries are kept, and all pending ones',
  async (t, { store, webhooks, deliveries }) => {
    await webhooks.add(hook)
    await store.addOrder(orderNumber(1), created)
    await until(async () => (await deliveries.tally()).blocked === 1)
    const [blocked] = await allOf(deliveries.export(null))
    if (blocked === undefined) throw new Error('nothing was sent')
    const another = { ...blocked, remoteId: 'remote-2', orderId: 'order-2' }
    await deliveries.import([
      { ...another, status: 'pending', nextAttemptAt: at + 1e12, attempts: [] },
      ...Array.from({ length: mostFinished + 1 }, (_, i) => ({ ...blocked, number: i + 2 })),
    ])
    t.strictSame(await deliveries.tally(), {
      ...{ pending: 1, delivered: 0, failed: 0, blocked: mostFinished, 'not-subscribed': 0 },
    })
    t.equal(await deliveries.dropped(), 2)
    const listed = await allOf(deliveries.list(null))
    t.equal(listed.length, mostFinished + 1)
    t.match([listed[0]?.number, listed.at(-2)?.number, listed.at(-1)?.number], [mostFinished + 2, 3, 1])
    t.equal(listed.at(-1)?.remoteId, 'remote-2')
  },
  { callbackTargets: 'none' },
)
