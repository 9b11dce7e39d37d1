import type { ServerResponse } from 'node:http'
import type { State } from '../../../src/deps'
import type { Recorded } from '../../../src/store/records'
import { allOf, eachStore } from '../../support/each-store'
import { receiverFor } from '../../support/receiver'
import { storedOrder } from '../../support/sandbox'
import { until } from '../../support/until'

const noon = '2026-01-31T12:00:00.000Z'
const orderedAt = Date.parse(noon)
const options = { clock: noon, expireAfter: 600, journalSize: 3, webhooks: ['http://127.0.0.1:9/start#whsec_1'] }
const created = { events: ['created'], requestId: null } as const
const resulted = { events: ['resulted'], requestId: null } as const

const recorded = (accountId: string) =>
  ({
    ...{
      at: orderedAt,
      ms: 1,
      method: 'GET',
      url: '/',
      operation: 'orders.get',
      accountId,
      orderId: null,
      status: 200,
    },
    ...{ requestHeaders: {}, requestBody: '', responseHeaders: {}, responseBody: '{}' },
    ...{ message: null, hint: null, fault: null, warnings: [] },
  }) satisfies Omit<Recorded, 'id'>

const orderOf = (accountId: string, n: number) =>
  storedOrder({
    ...{ accountId, orderedAt, id: `order-${String(n)}` },
    ...{ remoteId: `remote-${accountId}-${String(n)}`, token: `token-${accountId}-${String(n)}` },
  })

/** Everything that an account has, or with null everything there is; reads only. */
async function seen({ store, webhooks, deliveries, journal, faults, clock }: State, accountId: string | null) {
  return {
    orders: await allOf(store.orders(accountId)),
    count: await store.count(accountId),
    deliveries: await allOf(deliveries.export(accountId)),
    listed: (await allOf(deliveries.list(accountId))).length,
    webhooks: (await webhooks.export(accountId)).map(({ accountId, url, secret, disabled }) => ({
      ...{ accountId, url, secret, disabled },
    })),
    requests: await journal.list(accountId),
    isComplete: await journal.isComplete(accountId),
    faults: await faults.export(accountId),
    ...(accountId === null && {
      bytes: await store.bytes(),
      accounts: await store.accounts(10),
      tally: await deliveries.tally(),
      dropped: [await deliveries.dropped(), await journal.dropped()],
      clock: await clock.read(),
    }),
  }
}

/** Uses every part, for two accounts. */
async function dirty(state: State, url: string) {
  const { store, webhooks, deliveries, journal, faults, rateLimits } = state
  for (const accountId of ['acme', 'globex', null]) {
    await webhooks.add({ accountId, url, secret: 'whsec_2' })
    await faults.add(accountId, { on: 'orders.get', status: 502, every: 2 })
  }
  const all = await webhooks.list()
  await webhooks.disable(String(all[0]?.id), 'it answered 410')
  for (const accountId of ['acme', 'globex']) {
    for (const n of [1, 2, 3]) await store.addOrder(orderOf(accountId, n), created)
    await store.updateOrder(accountId, 'order-1', (order) => ({ ...order, state: 'passed', result: '{}' }), resulted)
    await faults.strike(accountId, 'orders.get')
  }
  for (const accountId of ['globex', 'globex', 'acme', 'globex', 'acme']) journal.add(() => recorded(accountId))
  await faults.strike('sandbox-flaky', 'packages.list')
  await rateLimits.count('key', orderedAt)
  // The first delivery of each lane waits for its retry, the others for the first.
  await until(async () => {
    const begun = (await allOf(deliveries.list(null))).filter(({ attempts }) => attempts.length === 1)
    return begun.length === 12
  })
}

/** What the next callers get, which shows what the parts have counted. */
async function next({ store, webhooks, deliveries, journal, faults, rateLimits }: State) {
  const { id, secret } = await webhooks.add({ accountId: 'acme', url: 'http://127.0.0.1:9/next', secret: 'whsec_3' })
  await store.addOrder(orderOf('acme', 1), created)
  journal.add(() => recorded('acme'))
  const [request] = await journal.list('acme')
  return {
    secret,
    numbers: (await allOf(deliveries.list(null))).map(({ number, receiver }) => [number, receiver.webhookId === id]),
    fault: await faults.add('acme', { status: 500 }),
    magic: await faults.strike('sandbox-flaky', 'packages.list'),
    request: request?.id,
    rate: await rateLimits.count('key', orderedAt + 1),
  }
}

eachStore(
  'a reset of everything restores the initial state',
  async (t, state) => {
    const receiver = await receiverFor(t, (response) => response.writeHead(503).end())
    const fresh = await seen(state, null)
    t.match(fresh, { orders: [], webhooks: [{ url: 'http://127.0.0.1:9/start' }], clock: { now: orderedAt } })
    const first = await next(state)
    await state.reset(null)

    await dirty(state, receiver.url)
    await state.clock.advance(1)
    await state.clock.resume()
    const before = await seen(state, null)
    for (const [part, value] of Object.entries(before)) t.notSame(value, fresh[part as keyof typeof fresh], part)
    const { length } = receiver.received
    await state.reset(null)
    const other = await state.replica()
    t.strictSame(await seen(other, null), fresh)
    await state.clock.advance(3_600_000)
    t.strictSame({ ...(await seen(other, null)), clock: fresh.clock }, fresh, 'nothing comes back later')
    t.equal(receiver.received.length, length)
    await state.reset(null)
    t.strictSame(await next(state), first)
  },
  options,
)

eachStore(
  'a reset of an account removes everything it has, and nothing of others',
  async (t, state) => {
    const receiver = await receiverFor(t, (response) => response.writeHead(503).end())
    await dirty(state, receiver.url)
    const others = await seen(state, 'globex')
    const [start, all] = (await state.webhooks.list()).filter(({ accountId }) => accountId === null)
    await state.reset('acme')
    t.strictSame(await seen(await state.replica(), 'globex'), others)
    t.strictSame(await seen(state, 'acme'), {
      ...{ orders: [], count: 0, deliveries: [], listed: 0, webhooks: [], requests: [], isComplete: true, faults: [] },
    })
    t.strictSame(await state.webhooks.list('acme'), [start, all])
    t.match(await state.faults.list('acme'), [{ account: null, seen: 2, struck: 1 }])
    t.strictSame(await allOf(state.store.orders(null)), others.orders)
    t.strictSame(await state.store.accounts(10), ['globex'])
    for (const found of [
      await state.store.findOrder('acme', 'order-1'),
      await state.store.findOrderByToken('token-acme-1'),
      await state.store.findOrderByRemoteId('remote-acme-1'),
      await state.store.updateOrder('acme', 'order-1', (order) => order),
    ])
      t.equal(found, null)

    await state.store.addOrder(orderOf('acme', 1), created)
    t.match(await allOf(state.deliveries.list('acme')), [{ number: 1 }], 'its deliveries are numbered from 1 again')
    await state.reset('initech')
    t.equal(await state.store.count(null), 4)
  },
  options,
)

eachStore(
  'a reset makes room for new orders',
  async (t, { store, reset }) => {
    for (const account of ['acme', null]) {
      for (const accountId of ['acme', 'globex']) await store.addOrder(orderOf(accountId, 1))
      t.equal(await store.addOrder(orderOf('acme', 2)), null)
      await reset(account)
      t.ok(await store.addOrder(orderOf('acme', 2)))
      t.equal((await store.addOrder(orderOf('acme', 3))) === null, account !== null)
      await reset(null)
    }
  },
  { maxOrders: 2 },
)

eachStore('a reset aborts deliveries in progress, and records nothing of them', async (t, state) => {
  const { store, webhooks, deliveries, changes, reset } = state
  const held: ServerResponse[] = []
  const receiver = await receiverFor(t, (response) => held.push(response))
  await changes.ready()
  for (const [i, account] of ['acme', null].entries()) {
    await webhooks.add({ accountId: 'acme', url: receiver.url, secret: 'whsec_1' })
    await store.addOrder(orderOf('acme', 1), created)
    await receiver.all(i + 1)
    await reset(account)
    // As the caller of a reset does.
    changes.emit('reset', account)
    await until(async () => held[i]?.destroyed === true)
    // The same order again, without a delivery.
    await store.addOrder(orderOf('acme', 1))
    await state.clock.advance(3_600_000)
    t.strictSame(await allOf(deliveries.list(null)), [])
    t.equal(receiver.received.length, i + 1)
    await reset(null)
  }
})

eachStore(
  'a queued delivery is not sent after a reset, even if its order is placed again',
  async (t, state) => {
    const { store, webhooks, clock, reset } = state
    const held: (() => void)[] = []
    const receiver = await receiverFor(t, (response) => held.push(() => response.writeHead(503).end()))
    const hook = { accountId: 'acme', url: receiver.url, secret: 'whsec_1' }
    await webhooks.add(hook)
    await store.addOrder(orderOf('acme', 1), created)
    await store.updateOrder('acme', 'order-1', (order) => order, resulted)
    await receiver.all(1)
    await reset('acme')
    await store.addOrder(orderOf('acme', 1))
    held[0]?.()
    await clock.advance(3_600_000)
    t.equal(receiver.received.length, 1)
    await webhooks.add(hook)
    await store.updateOrder('acme', 'order-1', (order) => order, created)
    t.match(
      await receiver.all(2),
      [{}, { headers: { 'x-sandbox-delivery': 'remote-acme-1.1' } }],
      'the next delivery is sent',
    )
  },
  { clock: noon },
)
