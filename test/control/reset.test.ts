import { once } from 'node:events'
import t from 'tap'
import type { ControlOrder } from '../../schemas/control/orders'
import { type KeptDelivery, keptDeliveries } from '../../src/deliveries/memory/kept-deliveries'
import type { SandboxControl } from '../../src/index'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { call, sandboxFor } from '../support/sandbox'

const noon = '2026-01-31T12:00:00.000Z'
const setUp = {
  clock: noon,
  seed: 'spring',
  expireAfter: 600,
  rateLimit: 100,
  journalSize: 20,
  webhooks: ['http://127.0.0.1:9/start#whsec_1'],
  publicUrl: 'http://sandbox.example.com',
  controlToken: 'token',
}

/** Everything the control API shows. */
async function seen(control: SandboxControl) {
  const { takenAt, ...snapshot } = await control.snapshot()
  return {
    snapshot,
    orders: await control.orders.list(),
    requests: await control.requests.list(),
    deliveries: await control.deliveries.list(),
    webhooks: await control.webhooks.list(),
    faults: await control.faults.list(),
    clock: await control.clock.read(),
  }
}

bothWays(
  'reset restores the state of a newly started sandbox',
  async (t, { url, control }) => {
    const hung = await receiverFor(t, () => undefined)
    const failing = await receiverFor(t, (response) => response.writeHead(503).end())
    const refusing = await receiverFor(t, (response) => response.writeHead(410).end())
    const good = await receiverFor(t)
    const acme = control.account('acme')
    for (const { url } of [failing, refusing, good]) await control.webhooks.add({ url })
    await acme.webhooks.add({ url: good.url, secret: 'whsec_2' })
    await control.faults.add({ on: 'packages.list', status: 429, times: 2 })
    await acme.faults.add({ on: 'orders.get', status: 502, every: 2 })
    for (const account of ['acme', 'globex']) {
      for (let i = 0; i < 4; i++)
        await call(url, 'POST', '/orders', { id: `order-${String(i)}` }, { 'x-account-id': account })
      await call(url, 'GET', '/packages', undefined, { 'x-account-id': account })
      await call(url, 'PATCH', '/orders/order-1/result', { summary: 'Good' }, { 'x-account-id': account })
    }
    for (let i = 0; i < 3; i++) await call(url, 'GET', '/packages', undefined, { 'x-account-id': 'sandbox-flaky' })
    for (let i = 0; i < 30; i++) await call(url, 'GET', '/orders/order-0')
    await control.clock.advance(0)
    await control.clock.advance(60_000)
    await call(url, 'POST', '/orders', { id: 'order-9', results_update_url: hung.url })
    const { testUrl } = await acme.orders.get('order-2')
    await fetch(testUrl.replace(setUp.publicUrl, url))
    await acme.orders.complete('order-9')
    await hung.all(1)
    let isLimited = false
    for (let i = 0; i < 101; i++) isLimited = (await call(url, 'GET', '/packages')).status === 429
    t.ok(isLimited)

    const dirty = await seen(control)
    t.match(dirty, {
      orders: { length: 9 },
      webhooks: { length: 5 },
      faults: { length: 2 },
      requests: { dropped: />0|\d+/ },
    })
    const statuses = new Set(dirty.deliveries.deliveries.map(({ status }) => status))
    t.strictSame(statuses, new Set(['pending', 'failed', 'delivered']))
    t.equal(
      dirty.snapshot.orders.find(({ id, accountId }) => id === 'order-2' && accountId === 'acme')?.state,
      'initiated',
    )
    await control.clock.resume()

    await control.reset()
    const fresh = await sandboxFor(t, setUp)
    t.strictSame(await seen(control), await seen(fresh))
    t.match(await control.clock.read(), { now: noon, isFrozen: true })

    const sent = [hung, failing, refusing, good].map(({ received }) => received.length)
    await control.clock.advance(60 * 60_000)
    await fresh.clock.advance(60 * 60_000)
    t.strictSame(await seen(control), await seen(fresh), 'nothing comes back to life')
    t.strictSame(
      [hung, failing, refusing, good].map(({ received }) => received.length),
      sent,
    )

    for (const each of [url, fresh.url]) {
      t.match(await call(each, 'GET', '/packages'), { status: 200 })
      t.match(await call(each, 'GET', '/packages', undefined, { 'x-account-id': 'sandbox-flaky' }), { status: 502 })
    }
    const again = [await control.orders.create({ id: 'order-0' }), await fresh.orders.create({ id: 'order-0' })]
    t.strictSame(again[0], again[1], 'the seed yields the same ids again')
    await control.clock.advance(0)
    await fresh.clock.advance(0)
    const { requests, ...rest } = await seen(control)
    const { requests: _, ...freshRest } = await seen(fresh)
    t.strictSame(rest, freshRest)
    t.strictSame(
      requests.requests.map(({ id }) => id),
      [2, 1],
    )
  },
  setUp,
)

bothWays(
  'resetting an account leaves all others unchanged',
  async (t, { url, control }) => {
    const failing = await receiverFor(t, (response) => response.writeHead(503).end())
    const [acme, globex] = [control.account('acme'), control.account('globex')]
    await control.webhooks.add({ url: failing.url })
    await control.faults.add({ on: 'packages.list', status: 429, every: 2 })
    for (const account of [acme, globex]) {
      await account.webhooks.add({ url: failing.url })
      await account.faults.add({ on: 'orders.get', status: 502 })
      for (const id of ['order-1', 'order-2']) await account.orders.create({ id })
      await account.orders.complete('order-1')
    }
    await call(url, 'GET', '/packages')
    await call(url, 'GET', '/packages', undefined, { 'x-account-id': 'globex' })
    await control.clock.advance(0)
    const ofGlobex = async () => {
      const { takenAt, ...snapshot } = await globex.snapshot()
      const { deliveries } = await globex.deliveries.list()
      return [
        snapshot,
        deliveries,
        await globex.webhooks.list(),
        await globex.faults.list(),
        await globex.requests.list(),
      ]
    }
    const before = await ofGlobex()
    await acme.reset()
    t.strictSame(await ofGlobex(), before)
    t.match(await acme.snapshot(), { orders: [], webhooks: [], deliveries: [], faults: [] })
    t.strictSame(await acme.orders.list(), [])
    t.strictSame((await acme.requests.list()).requests, [])
    t.match(await acme.webhooks.list(), [{ account: null }])
    t.match(await acme.faults.list(), [{ account: null, seen: 2, struck: 1 }])
    t.match(await control.orders.list(), [{ account: 'globex' }, { account: 'globex' }])

    const order = await acme.orders.create({ id: 'order-1' })
    t.match(order, { state: 'ordered', result: null })
    await control.clock.advance(20 * 60_000)
    t.match(await globex.orders.list(), [{ state: 'expired' }, { state: 'passed' }])
    t.match(await acme.orders.list(), [{ id: 'order-1', state: 'expired' }])
  },
  { clock: noon, expireAfter: 600 },
)

bothWays(
  'a reset cancels the expiry of an order, also for a new one with the same id',
  async (t, { control }) => {
    const states = async () => (await control.orders.list()).map(({ state, resultAt }) => [state, resultAt])
    const first = await control.orders.create({ id: 'order-1' })
    await control.reset()
    await control.clock.advance(30_000)
    const second = await control.orders.create({ id: 'order-1' })
    t.equal(second.testUrl, first.testUrl, 'the seed yields the same token')
    await control.clock.advance(30_000)
    t.strictSame(await states(), [['ordered', null]])
    await control.clock.advance(30_000)
    t.strictSame(await states(), [['expired', '2026-01-31T12:01:30.000Z']])
  },
  { clock: noon, expireAfter: 60, seed: 'spring', publicUrl: 'http://sandbox.example.com' },
)

bothWays(
  'a reset aborts deliveries in progress; they are neither recorded nor retried',
  async (t, { control }) => {
    const broken: Promise<unknown>[] = []
    const hung = await receiverFor(t, (response) => broken.push(once(response, 'close')))
    await control.webhooks.add({ url: hung.url })
    const acme = control.account('acme')
    for (const [i, reset] of [() => control.reset(), () => acme.reset()].entries()) {
      if (i === 1) await acme.webhooks.add({ url: hung.url })
      await acme.orders.create({ id: 'order-1' })
      await hung.all(i + 1)
      await reset()
      await broken[i]
      // The same order again, now without webhooks.
      const again: ControlOrder = await acme.orders.create({ id: 'order-1' })
      await control.clock.advance(30 * 60_000)
      t.match(again, { id: 'order-1', state: 'ordered' })
      t.strictSame(await control.deliveries.list(), { deliveries: [], total: 0, next: null, dropped: 0 })
      t.equal(hung.received.length, i + 1)
      await control.reset()
    }
  },
  { clock: noon },
)

t.test('reset aborts clock moves in progress', async (t) => {
  const sandbox = await sandboxFor(t, { clock: noon })
  const moves = [sandbox.clock.advance(60_000), sandbox.clock.advance(60_000)]
  await sandbox.reset()
  await Promise.all(moves)
  t.strictSame(await sandbox.clock.read(), { now: noon, isFrozen: true })
})

t.test('a thousand orders can be reset repeatedly', async (t) => {
  const sandbox = await sandboxFor(t, { expireAfter: 60, webhooks: ['http://127.0.0.1:9/'], callbackTargets: 'none' })
  const times: number[] = []
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 1_000; i++) await sandbox.orders.create({ id: `order-${String(i)}` })
    const before = performance.now()
    await sandbox.reset()
    times.push(performance.now() - before)
  }
  t.strictSame(await sandbox.orders.list(), [])
  t.comment(`milliseconds: ${times.map((ms) => ms.toFixed(2)).join(' ')}`)
})

t.test('removing a delivery keeps the others of the same order linked', (t) => {
  const kept = keptDeliveries()
  const made = [1, 2, 3].map((number) => {
    const receiver = { webhookId: 'webhook-1', url: 'http://127.0.0.1:9/' }
    const previous = kept.last('remote-1')
    const links = { older: null, newer: null, previous, following: null }
    const delivery = { remoteId: 'remote-1', number, receiver, ...links } as KeptDelivery
    kept.add(delivery)
    return delivery
  })
  const numbers = () => [...kept.newestFirst()].map(({ number }) => number)
  const [first, second, third] = made as [KeptDelivery, KeptDelivery, KeptDelivery]
  kept.remove(second)
  t.strictSame(numbers(), [3, 1])
  kept.remove(third)
  t.strictSame(numbers(), [1])
  t.equal(kept.last('remote-1'), first)
  kept.remove(first)
  t.strictSame(numbers(), [])
  t.end()
})
