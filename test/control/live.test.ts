import t, { type Test } from 'tap'
import { type Live, mostLive } from '../../schemas/control/live'
import { liveViews } from '../../src/control/live'
import type { Changes } from '../../src/store/changes'
import { localChanges } from '../../src/store/memory/changes'
import { memoryStore } from '../../src/store/memory/orders'
import type { Store } from '../../src/store/orders'
import { watch } from '../support/live-stream'
import { receiverFor } from '../support/receiver'
import { depsFor, postOrder, sandboxFor, storedOrder } from '../support/sandbox'
import { until } from '../support/until'

const ids = (orders: readonly { id: string }[]) => orders.map(({ id }) => id)

t.test('the live stream sends everything, then changes', async (t) => {
  const { url: receiver } = await receiverFor(t)
  const sandbox = await sandboxFor(t, { webhooks: [receiver] })
  await postOrder(sandbox.url, { id: 'order-1' })
  await sandbox.account('acme').deliveries.waitFor({ status: 'delivered' })
  const { response, next, until } = await watch(t, sandbox.url)
  t.equal(response.headers.get('content-type'), 'text/event-stream')

  const whole = await next()
  t.match(whole, {
    isWhole: true,
    orders: [{ id: 'order-1', account: 'acme', state: 'ordered', candidate: null, email: null, package: null }],
    requests: [{ method: 'POST', status: 200, orderId: 'order-1' }],
    deliveries: [{ orderId: 'order-1', status: 'delivered', attempts: [{ status: 200 }] }],
    faults: [],
    webhooks: [{ url: receiver }],
    clock: { isFrozen: false },
    accounts: ['acme'],
    orderCount: 1,
    droppedRequests: 0,
    droppedDeliveries: 0,
  })

  await postOrder(sandbox.url, {
    id: 'order-2',
    candidate: { first_name: 'Mia', last_name: 'Lindqvist', emails: [{ value: 'mia@example.com' }] },
    package: { id: 'pkg_sql_queries' },
  })
  const added = await until(({ orders }) => orders.length > 0)
  t.notOk(added.isWhole)
  t.match(added.orders, [
    { id: 'order-2', candidate: 'Mia Lindqvist', email: 'mia@example.com', package: 'pkg_sql_queries' },
  ])
  t.equal(added.orderCount, 2)
  await sandbox.account('acme').orders.complete('order-2')
  const done = await until(({ orders }) => orders.some(({ state }) => state === 'passed'))
  t.match(done.orders, [{ id: 'order-2', resultAt: String }])
})

t.test('the live stream tells of settings and of records of an ATS that change', async (t) => {
  const sandbox = await sandboxFor(t)
  const { ats, orders } = sandbox.account('acme')
  const { next, until } = await watch(t, sandbox.url)
  t.match(await next(), { isWhole: true, hasNewSettings: true })
  await orders.create({ id: 'order-1' })
  t.notOk((await until((live) => live.orders.length > 0)).hasNewSettings)
  const { id } = await ats.applications.add({})
  await until((live) => live.hasNewSettings)
  await ats.applications.move(String(id), { stage: 'Offer' })
  await until((live) => live.hasNewSettings)
  await sandbox.faults.add({ status: 502 })
  t.match(await until((live) => live.hasNewSettings), { faults: [{}] })
})

t.test('the live stream sends failed requests with their hint and the applied fault', async (t) => {
  const sandbox = await sandboxFor(t)
  const { next, until } = await watch(t, sandbox.url)
  await next()
  await sandbox.faults.add({ status: 502 })
  t.match(await until(({ faults }) => faults.length === 1), { faults: [{ struck: 0 }] })
  await postOrder(sandbox.url, {})
  t.match(await until(({ requests }) => requests.length > 0), {
    requests: [{ status: 502, hint: String, fault: 'fault-1' }],
    faults: [{ struck: 1, isSpent: true }],
  })
})

t.test('the live stream sends changes of faults, webhooks and the clock', async (t) => {
  const sandbox = await sandboxFor(t)
  const { next, until } = await watch(t, sandbox.url)
  await next()
  const { id: fault } = await sandbox.faults.add({ status: 429 })
  await until(({ faults }) => faults.length === 1)
  await sandbox.faults.remove(fault)
  await until(({ faults }) => faults.length === 0)
  await sandbox.faults.add({ status: 429 })
  await until(({ faults }) => faults.length === 1)
  await sandbox.faults.clear()
  await until(({ faults }) => faults.length === 0)
  const { id: webhook } = await sandbox.webhooks.add({ url: 'http://127.0.0.1:9/down' })
  await until(({ webhooks }) => webhooks.length === 1)
  await sandbox.webhooks.remove(webhook)
  await until(({ webhooks }) => webhooks.length === 0)
  await sandbox.clock.freeze()
  await until(({ clock }) => clock.isFrozen)
  await sandbox.clock.set('2027-01-31T12:00:00.000Z')
  await until(({ clock }) => clock.now === '2027-01-31T12:00:00.000Z')
  await sandbox.clock.advance(60_000)
  await until(({ clock }) => clock.now === '2027-01-31T12:01:00.000Z')
  await sandbox.clock.resume()
  await until(({ clock }) => !clock.isFrozen)
  t.pass('every change was sent')
})

t.test("a live stream for one account sends only that account's data", async (t) => {
  const receiver = await receiverFor(t)
  const sandbox = await sandboxFor(t, { webhooks: [receiver.url] })
  const { next } = await watch(t, sandbox.url, '?account=acme')
  t.match(await next(), { orders: [], accounts: [] })
  await postOrder(sandbox.url, { id: 'order-1' }, { 'x-account-id': 'globex' })
  await sandbox.account('globex').deliveries.waitFor({ status: 'delivered' })
  await postOrder(sandbox.url, { id: 'order-2' })
  await sandbox.account('acme').deliveries.waitFor({ status: 'delivered' })
  const { orders, requests, orderCount, accounts } = await next()
  t.strictSame(ids(orders), ['order-2'])
  t.strictSame(
    requests.map(({ account }) => account),
    ['acme'],
  )
  t.equal(orderCount, 1)
  t.strictSame(accounts, ['globex', 'acme'])
})

t.test('the live stream sends everything again after a reset or a loaded snapshot', async (t) => {
  const sandbox = await sandboxFor(t)
  await postOrder(sandbox.url, { id: 'order-1' })
  const snapshot = await sandbox.snapshot()
  const { next, until } = await watch(t, sandbox.url)
  await next()
  await sandbox.account('acme').reset()
  t.match(await until(({ isWhole }) => isWhole), { orders: [], requests: [], orderCount: 0 })
  await sandbox.load(snapshot)
  const { orders } = await until(({ isWhole }) => isWhole)
  t.strictSame(ids(orders), ['order-1'])
})

t.test('all live streams receive the same changes, including ones opened later', async (t) => {
  const sandbox = await sandboxFor(t)
  const first = await watch(t, sandbox.url)
  await first.next()
  await postOrder(sandbox.url, { id: 'order-1' })
  await first.until(({ orders }) => orders.length === 1)
  const second = await watch(t, sandbox.url)
  t.strictSame(ids((await second.next()).orders), ['order-1'])
  await postOrder(sandbox.url, { id: 'order-2' })
  for (const each of [first, second])
    t.strictSame(ids((await each.until(({ orders }) => orders.length > 0)).orders), ['order-2'])
})

t.test('open live streams do not delay closing the sandbox', async (t) => {
  const sandbox = await sandboxFor(t)
  const { next, until } = await watch(t, sandbox.url)
  await next()
  await sandbox.close()
  await t.rejects(
    until(() => false),
    /ended/,
  )
})

t.test('the live stream requires the control token and Accept: text/event-stream', async (t) => {
  const { url } = await sandboxFor(t, { controlToken: 'let-me-in' })
  t.equal((await watch(t, url)).response.status, 401)
  const { response, next } = await watch(t, url, '', { authorization: 'Bearer let-me-in' })
  t.equal(response.status, 200)
  t.match(await next(), { isWhole: true })
  const json = { authorization: 'Bearer let-me-in', accept: 'application/json' }
  t.equal((await watch(t, url, '', json)).response.status, 406)
})

/** A viewer that finishes a message only when the test says so. */
function slowViewer() {
  const taken: Live[] = []
  let wake: () => void = () => undefined
  let answer: (error?: Error) => void = () => undefined
  return {
    taken,
    viewer: {
      take(message: string) {
        taken.push(JSON.parse(message) as Live)
        wake()
        return new Promise<void>((resolve, reject) => {
          answer = (error) => {
            if (error) reject(error)
            else resolve()
          }
        })
      },
    },
    /** Resolves once it has received `count` messages. */
    given: async (count: number) => {
      while (taken.length < count) await new Promise<void>((resolve) => (wake = resolve))
    },
    ready: (error?: Error) => {
      answer(error)
    },
  }
}

function viewed(t: Test, parts: { changes?: Changes; store?: Store } = {}) {
  // The timers of live views do not keep the process alive.
  const awake = setInterval(() => undefined, 1_000)
  t.teardown(() => {
    clearInterval(awake)
  })
  const changes = parts.changes ?? localChanges()
  const store = parts.store ?? memoryStore(10_000, changes)
  const deps = depsFor({ changes, store })
  const place = (id: string) => store.addOrder(storedOrder({ id, token: `token-of-${id}` }))
  return { deps, store, place, views: liveViews(deps) }
}

t.test('a slow viewer receives everything once it catches up, and nothing twice', async (t) => {
  const { place, views } = viewed(t)
  const slow = slowViewer()
  const quick = slowViewer()
  const stops = [views.watch(null, slow.viewer), views.watch(null, quick.viewer)]
  await Promise.all([slow.given(1), quick.given(1)])
  quick.ready()
  await place('order-1')
  await quick.given(2)
  quick.ready()
  await place('order-2')
  await quick.given(3)
  t.equal(slow.taken.length, 1, 'the slow viewer still has only the first message')
  slow.ready(new Error('a message that was not taken is no defect'))
  await slow.given(2)
  const [, next] = slow.taken
  t.equal(next?.isWhole, true)
  t.strictSame(ids(next?.orders ?? []), ['order-2', 'order-1'])
  for (const stop of stops) stop()
})

t.test('changes that exceed one message are truncated, then everything is sent', async (t) => {
  const { place, views } = viewed(t)
  const { viewer, taken, given, ready } = slowViewer()
  const stop = views.watch(null, viewer)
  await given(1)
  ready()
  for (let i = 1; i <= mostLive + 50; i++) await place(`order-${String(i)}`)
  await given(2)
  t.equal(taken[1]?.isWhole, false)
  t.equal(taken[1]?.orders.length, mostLive)
  t.equal(taken[1]?.orders[0]?.id, `order-${String(mostLive)}`)
  ready()
  await given(3)
  t.equal(taken[2]?.isWhole, true)
  t.equal(taken[2]?.orders.length, mostLive)
  t.equal(taken[2]?.orders[0]?.id, `order-${String(mostLive + 50)}`)
  stop()
  stop()
})

t.test('changes during a send arrive with the next message', async (t) => {
  const { place, views } = viewed(t)
  const taken: Live[] = []
  await new Promise<void>((resolve) => {
    const stop = views.watch(null, {
      take: async (message) => {
        taken.push(JSON.parse(message) as Live)
        if (taken.length === 1) void place('order-1')
        else {
          stop()
          resolve()
        }
      },
    })
  })
  t.strictSame(
    taken.map(({ isWhole, orders }) => [isWhole, ids(orders)]),
    [
      [true, []],
      [false, ['order-1']],
    ],
  )
})

t.test('a reset while everything is being collected is not missed', async (t) => {
  const changes = localChanges()
  const store = memoryStore(10, changes)
  await store.addOrder(storedOrder())
  let isFirst = true
  const resetMeanwhile: typeof store = {
    ...store,
    async *orders(accountId) {
      yield* store.orders(accountId)
      if (!isFirst) return
      isFirst = false
      store.reset(null)
      changes.emit('reset', null)
    },
  }
  const { views } = viewed(t, { changes, store: resetMeanwhile })
  const { viewer, taken, given, ready } = slowViewer()
  const stop = views.watch(null, viewer)
  await given(1)
  ready()
  await given(2)
  t.match(taken[1], { isWhole: true, orders: [] })
  stop()
})

t.test('the live stream sends everything once a failing store recovers', async (t) => {
  const changes = localChanges()
  const store = memoryStore(10, changes)
  let failures = 0
  const failing: typeof store = {
    ...store,
    count: (accountId) => (failures++ === 1 ? Promise.reject(new Error('away')) : store.count(accountId)),
  }
  const { place, views } = viewed(t, { changes, store: failing })
  const { viewer, taken, given, ready } = slowViewer()
  const stop = views.watch(null, viewer)
  await given(1)
  ready()
  await place('order-1')
  await given(2)
  t.equal(taken[1]?.isWhole, true)
  t.strictSame(ids(taken[1]?.orders ?? []), ['order-1'])
  stop()
})

t.test('the live stream stops listening to changes when its last viewer leaves', async (t) => {
  const changes = localChanges()
  const { views } = viewed(t, { changes })
  const { viewer, given } = slowViewer()
  const stop = views.watch(null, viewer)
  await given(1)
  t.ok(changes.isHeard('order'))
  stop()
  t.notOk(changes.isHeard('order'))
})

t.test('at most 200 viewers may connect at a time, and leaving frees a place', async (t) => {
  const { url } = await sandboxFor(t)
  const viewers = await Promise.all(Array.from({ length: 200 }, () => watch(t, url)))
  const another = async () => {
    const response = await fetch(`${url}/_sandbox/live`, { headers: { accept: 'text/event-stream' } })
    if (response.status === 200) await response.body?.cancel()
    return response
  }
  const refused = await another()
  t.equal(refused.status, 429)
  t.match(await refused.json(), {
    message: 'The limit of 200 connected viewers is reached',
    hint: /Close an inspector/,
  })
  viewers[0]?.leave()
  await until(async () => (await another()).status === 200)
})
