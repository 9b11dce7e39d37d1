import type { ServerResponse } from 'node:http'
import type { State } from '../../../src/deps'
import { mostAttempts } from '../../../src/deliveries/deliveries'
import type { News } from '../../../src/store/orders'
import { type Delivery, deliveryId } from '../../../src/store/records'
import { allOf, eachStore } from '../../support/each-store'
import { receiverFor } from '../../support/receiver'
import { storedOrder } from '../../support/sandbox'
import { until } from '../../support/until'

const noon = '2026-01-31T12:00:00.000Z'
const resulted: News = { events: ['resulted'], requestId: 'request-1' }

/** An order of acme whose results go to `url`. */
const orderFor = (url: string, n = 1, accountId = 'acme') =>
  storedOrder({
    ...{ accountId, id: `order-${String(n)}`, remoteId: `remote-${String(n)}`, token: `token-${String(n)}` },
    request: JSON.stringify({ id: `order-${String(n)}`, results_update_url: url }),
  })

/** Reports `summary` for an order, which is sent. */
const report = ({ store }: Pick<State, 'store'>, summary: string, n = 1) =>
  store.updateOrder(
    'acme',
    `order-${String(n)}`,
    (order) => ({ ...order, result: JSON.stringify({ summary }) }),
    resulted,
  )

type Has = Pick<State, 'deliveries'>

async function find({ deliveries }: Has, id = 'remote-1.1'): Promise<Delivery> {
  const found = (await allOf(deliveries.list(null))).find((delivery) => deliveryId(delivery) === id)
  if (found === undefined) throw new Error(`there is no delivery ${id}`)
  return found
}

/** The delivery `id` once `count` attempts at it have ended. */
async function attempted(state: Has, count: number, id?: string): Promise<Delivery> {
  await until(async () => (await find(state, id)).attempts.length === count)
  return find(state, id)
}

eachStore(
  'a delivery that fails is attempted five times, later and later, and then given up',
  async (t, state) => {
    const receiver = await receiverFor(t, (response) => response.writeHead(503).end('try later'))
    await state.store.addOrder(orderFor(receiver.url), resulted)
    let { nextAttemptAt } = await attempted(state, 1)
    for (const [i, delay] of [15_000, 45_000, 135_000, 405_000].entries()) {
      const due = Number(nextAttemptAt)
      const waited = due - state.clock.now()
      t.ok(waited >= delay * 0.9 && waited <= delay * 1.1, `${String(waited)} ms is about ${String(delay)}`)
      await state.clock.set(due)
      const delivery = await attempted(state, i + 2)
      t.match(delivery.attempts.at(-1), { at: due, status: 503, error: 'answered 503: try later' })
      nextAttemptAt = delivery.nextAttemptAt
    }
    t.match(await find(state), { status: 'failed', nextAttemptAt: null })
    await state.clock.advance(24 * 3_600_000)
    t.equal(receiver.received.length, 5)
  },
  { clock: noon },
)

eachStore(
  'a retry sends the same bytes and the same id, and delivers once the receiver recovers',
  async (t, state) => {
    const statuses = [503, 429]
    const receiver = await receiverFor(t, (response) => response.writeHead(statuses.shift() ?? 200).end())
    await state.store.addOrder(orderFor(receiver.url), resulted)
    for (const count of [1, 2]) {
      const { nextAttemptAt } = await attempted(state, count)
      await state.clock.set(Number(nextAttemptAt))
    }
    t.match(await attempted(state, 3), { status: 'delivered', nextAttemptAt: null })
    t.equal(new Set(receiver.received.map(({ raw }) => raw.toString())).size, 1)
    t.strictSame(
      receiver.received.map(({ headers }) => headers['x-sandbox-delivery']),
      ['remote-1.1', 'remote-1.1', 'remote-1.1'],
    )
    t.strictSame(await state.deliveries.tally(), {
      ...{ pending: 0, delivered: 1, failed: 0, blocked: 0, 'not-subscribed': 0 },
    })
  },
  { clock: noon },
)

eachStore(
  'deliveries of one order to one receiver stay in order, and those of other orders do not wait',
  async (t, state) => {
    let isDown = true
    const receiver = await receiverFor(t, (response, { json }) =>
      response.writeHead(isDown && json['id'] === 'order-1' ? 500 : 200).end(),
    )
    await state.store.addOrder(orderFor(receiver.url))
    for (const summary of ['first', 'second', 'third']) await report(state, summary)
    await state.store.addOrder(orderFor(receiver.url, 2), resulted)
    t.match(await attempted(state, 1, 'remote-2.1'), { status: 'delivered' })
    const { nextAttemptAt } = await attempted(state, 1)
    t.match(await allOf(state.deliveries.list(null)), [
      { orderId: 'order-2' },
      { number: 3, status: 'pending', attempts: { length: 0 } },
      { number: 2, status: 'pending', attempts: { length: 0 } },
      { number: 1, status: 'pending', attempts: { length: 1 } },
    ])
    isDown = false
    await state.clock.set(Number(nextAttemptAt))
    t.match(await attempted(state, 1, 'remote-1.3'), { status: 'delivered' })
    const summaries = receiver.received
      .filter(({ json }) => json['id'] === 'order-1')
      .map(({ json }) => json['summary'])
    t.strictSame(summaries, ['first', 'first', 'second', 'third'], 'each has the result as it was when reported')
  },
  { clock: noon },
)

eachStore(
  'a finished delivery is replayed at once, with another five attempts',
  async (t, state) => {
    let status = 400
    const receiver = await receiverFor(t, (response) => response.writeHead(status).end())
    await state.store.addOrder(orderFor(receiver.url), resulted)
    t.match(await attempted(state, 1), { status: 'failed' })
    status = 500
    t.match(await state.deliveries.replay('remote-1.1'), { status: 'pending', attempts: { length: 1 } })
    for (let count = 2; count <= 5; count++) {
      const { nextAttemptAt } = await attempted(state, count)
      await state.clock.set(Number(nextAttemptAt))
    }
    t.match(await attempted(state, 6), { status: 'failed', nextAttemptAt: null })
    status = 200
    await state.deliveries.replay('remote-1.1')
    t.match(await attempted(state, 7), { status: 'delivered' })
    await t.rejects(state.deliveries.replay('remote-1.2'), {
      statusCode: 404,
      message: /remote-1.2 not found/,
    })
    await t.rejects(state.deliveries.replay('nothing'), { statusCode: 404, message: /not found/ })
  },
  { clock: noon },
)

eachStore(
  'a replay of a delivery that waits for its retry replaces that retry',
  async (t, state) => {
    let status = 500
    const receiver = await receiverFor(t, (response) => response.writeHead(status).end())
    await state.store.addOrder(orderFor(receiver.url), resulted)
    await attempted(state, 1)
    status = 200
    t.match(await state.deliveries.replay('remote-1.1'), { status: 'pending', nextAttemptAt: null })
    t.match(await attempted(state, 2), { status: 'delivered' })
    await state.clock.advance(3_600_000)
    t.equal(receiver.received.length, 2)
  },
  { clock: noon },
)

eachStore('a replay of a delivery in progress changes nothing', async (t, state) => {
  const held: ServerResponse[] = []
  const receiver = await receiverFor(t, (response) => held.push(response))
  await state.store.addOrder(orderFor(receiver.url), resulted)
  await receiver.all(1)
  const { deliveries } = await state.replica()
  t.match(await deliveries.replay('remote-1.1'), { status: 'pending', nextAttemptAt: null, attempts: { length: 0 } })
  held[0]?.end()
  t.match(await attempted(state, 1), { status: 'delivered' })
  await state.clock.advance(0)
  t.equal(receiver.received.length, 1)
})

eachStore(
  'a delivery that is replayed again and again keeps its latest attempts',
  async (t, state) => {
    await state.store.addOrder(orderFor('http://127.0.0.1:9/'), resulted)
    const ended = async () => (await find(state)).status === 'blocked'
    for (let round = 0; round < mostAttempts + 3; round++) {
      await until(ended)
      await state.deliveries.replay('remote-1.1')
    }
    await until(ended)
    t.equal((await find(state)).attempts.length, mostAttempts + 1)
  },
  { callbackTargets: 'none' },
)

eachStore(
  'a move of the clock waits for deliveries in progress, but not for long when a receiver hangs',
  async (t, state) => {
    const held: ServerResponse[] = []
    const receiver = await receiverFor(t, (response, { json }) => {
      if (json['id'] === 'order-1') setImmediate(() => response.end())
      else held.push(response)
    })
    await state.store.addOrder(orderFor(receiver.url), resulted)
    await state.clock.advance(1_000)
    t.match(await find(state), { status: 'delivered', attempts: [{ at: Date.parse(noon) }] })

    await state.store.addOrder(orderFor(receiver.url, 2), resulted)
    await receiver.all(2)
    await state.clock.advance(1_000)
    t.match(await find(state, 'remote-2.1'), { status: 'pending', attempts: { length: 0 } })
    held[0]?.end()
    t.match(await attempted(state, 1, 'remote-2.1'), { status: 'delivered' })
  },
  { clock: noon },
)

eachStore('a delivery whose order is gone is not sent', async (t, state) => {
  const receiver = await receiverFor(t)
  await state.store.addOrder(orderFor(receiver.url), resulted)
  t.match(await attempted(state, 1), { status: 'delivered' })
  const exported = await allOf(state.deliveries.export(null))
  await state.reset(null)
  await state.deliveries.import(exported.map((delivery) => ({ ...delivery, status: 'pending', attempts: [] })))
  t.match(await attempted(state, 1), { status: 'failed', attempts: [{ status: null, error: /order/ }] })
  t.equal(receiver.received.length, 1)
})

eachStore(
  'a delivery to a forbidden target is blocked, and its error names the setting',
  async (t, state) => {
    await state.store.addOrder(orderFor('http://127.0.0.1:9/'), resulted)
    const { status, attempts } = await attempted(state, 1)
    t.equal(status, 'blocked')
    t.match(attempts, [{ status: null, error: /SANDBOX_CALLBACK_TARGETS/, nextAttemptAt: null }])
  },
  { callbackTargets: 'none' },
)

eachStore(
  'a waiting delivery tells which one has to end first',
  async (t, { clock, webhooks, store, deliveries, replica }) => {
    let answers = 0
    const receiver = await receiverFor(t, (response) => response.writeHead(answers++ === 1 ? 200 : 503).end())
    await clock.freeze()
    await webhooks.add({ accountId: null, url: receiver.url, secret: 'whsec_1' })
    await store.addOrder(storedOrder(), { events: ['created', 'resulted', 'cancelled'], requestId: null })
    const all = [1, 2, 3].map((number) => `remote-1.${String(number)}`)
    await until(async () => (await deliveries.find('remote-1.1')).attempts.length === 1)
    const other = (await replica()).deliveries
    t.strictSame(await other.waitFor(all), [null, 'remote-1.1', 'remote-1.1'])
    await clock.advance(20_000)
    await until(async () => (await deliveries.find('remote-1.2')).attempts.length === 1)
    t.strictSame(await other.waitFor(all.slice(1)), [null, 'remote-1.2'])
    t.strictSame(await other.waitFor(['remote-9.1']), [null])
    t.strictSame(await other.waitFor([]), [])
  },
)
