import { EventEmitter, once } from 'node:events'
import t, { type Test } from 'tap'
import { ControlDeliverySchema } from '../../schemas/control/deliveries'
import { ControlOrderSchema } from '../../schemas/control/orders'
import type { ControlOrder } from '../../schemas/control/orders'
import { JournalEntrySchema } from '../../schemas/control/requests'
import { waitFor, type Waiting } from '../../src/control/wait'
import { waitingLine } from '../../src/control/waiting-line'
import { ControlError } from '../../src/index'
import type { Changes } from '../../src/store/changes'
import { localChanges } from '../../src/store/memory/changes'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { call, postOrder, sandboxFor, violationsOf } from '../support/sandbox'
import { until } from '../support/until'

const ids = (orders: readonly { id: string }[]) => orders.map(({ id }) => id)

/** A change feed that counts its listeners. */
function watchedChanges() {
  const inner = localChanges()
  const told = new EventEmitter()
  let listening = 0
  const add = (by: number) => {
    listening += by
    told.emit('changed')
  }
  const changes: Changes = {
    emit(kind, item) {
      inner.emit(kind, item)
    },
    isHeard: (kind) => inner.isHeard(kind),
    on(kind, listener) {
      const stop = inner.on(kind, listener)
      if (kind === 'gap') return stop
      add(1)
      return () => {
        stop()
        add(-1)
      }
    },
    ready: () => inner.ready(),
  }
  return {
    changes,
    /** Resolves once there are `count` listeners. */
    async listeners(count: number) {
      while (listening !== count) await once(told, 'changed')
    },
  }
}

/** The changes of the sandbox under test. */
let watched: ReturnType<typeof watchedChanges>
const parts = () => {
  watched = watchedChanges()
  return { changes: watched.changes }
}

const minute = { timeoutMs: 60_000 }

bothWays('waiting counts existing orders and returns the oldest match first', async (t, { url, control }) => {
  const { orders } = control.account('acme')
  await orders.create({ id: 'first' })
  await postOrder(url, { id: 'second', candidate: { first_name: 'Mia' } })
  await orders.create({ id: 'third' })

  const first = await orders.waitFor()
  t.equal(first.id, 'first')
  t.strictSame(violationsOf(ControlOrderSchema, first), [])
  t.equal((await orders.waitFor({ candidate: { first_name: 'Mia' } }, { timeoutMs: 0 })).id, 'second')
  t.strictSame(ids(await orders.waitForMany({}, {})), ['first'])
  t.strictSame(ids(await orders.waitForMany({}, { count: 2 })), ['first', 'second'])
  t.strictSame(ids(await orders.waitForMany({ state: 'ordered' }, { count: 3 })), ['first', 'second', 'third'])
})

bothWays(
  'waiting resolves when matching orders arrive later',
  async (t, { url, control }) => {
    const waiting = control.account('acme').orders.waitForMany({ job: { id: 'job_1' } }, { count: 2, ...minute })
    await watched.listeners(1)
    for (const [id, job] of [
      ['one', 'job_1'],
      ['other', 'job_2'],
      ['two', 'job_1'],
    ])
      await postOrder(url, { id, job: { id: job } })
    t.strictSame(ids(await waiting), ['one', 'two'])
    await watched.listeners(0)
  },
  {},
  parts,
)

bothWays(
  'waiting resolves when an order changes to match',
  async (t, { control }) => {
    const { orders } = control.account('acme')
    await orders.create({ id: 'order-1' })
    const waiting = orders.waitFor({ id: 'order-1', state: 'passed' }, minute)
    await watched.listeners(1)
    await orders.complete('order-1', { score: 88 })
    t.match(await waiting, { id: 'order-1', state: 'passed', result: { score: { value: '88' } } })
  },
  {},
  parts,
)

bothWays(
  'an order that stops matching before the wait is over does not count',
  async (t, { control }) => {
    const { orders } = control.account('acme')
    await orders.create({ id: 'before' })
    const waiting = orders.waitForMany({ state: 'ordered' }, { count: 2, ...minute })
    await watched.listeners(1)
    await orders.complete('before')
    for (const id of ['second', 'third']) await orders.create({ id })
    t.strictSame(ids(await waiting), ['second', 'third'])
  },
  {},
  parts,
)

bothWays(
  'waiting in one account ignores other accounts; waiting in all does not',
  async (t, { control }) => {
    const inAcme = control.account('acme').orders.waitFor({}, minute)
    const inAll = control.orders.waitFor({}, minute)
    await watched.listeners(2)
    await control.account('globex').orders.create({ id: 'of-globex' })
    t.match(await inAll, { id: 'of-globex', account: 'globex' })
    await watched.listeners(1)
    await control.account('acme').orders.create({ id: 'of-acme' })
    t.match(await inAcme, { id: 'of-acme', account: 'acme' })

    await t.rejects(control.account('initech').orders.waitFor({}, { timeoutMs: 0 }), {
      name: 'ControlError',
      statusCode: 408,
      came: [],
    })
  },
  {},
  parts,
)

bothWays(
  'waiting for requests filters by operation, status, order, headers and body',
  async (t, { url, control }) => {
    const { requests } = control.account('acme')
    await postOrder(url, { id: 'order-1' })
    const before = await requests.waitFor({ operation: 'orders.create', orderId: 'order-1' })
    t.match(before, { id: 1, status: 200, account: 'acme' })
    t.strictSame(violationsOf(JournalEntrySchema, before), [])

    const refused = requests.waitFor({ status: 400 }, minute)
    const named = requests.waitForMany({ body: { candidate: { first_name: 'Mia' } } }, { count: 2, ...minute })
    const beating = requests.waitFor({ headers: { Prefer: 'heartbeat' } }, minute)
    await watched.listeners(3)
    await postOrder(url, { id: 'elsewhere', candidate: { first_name: 'Mia' } }, { 'x-account-id': 'globex' })
    await postOrder(url, { id: 3 })
    await postOrder(url, { id: 'order-2', candidate: { first_name: 'Mia' } })
    await postOrder(url, { id: 'order-3', candidate: { first_name: 'Mia' } }, { prefer: 'heartbeat' })
    t.match(await refused, { status: 400, hint: /looks like/ })
    t.strictSame(
      (await named).map(({ orderId }) => orderId),
      ['order-2', 'order-3'],
    )
    t.match(await beating, { orderId: 'order-3' })
    t.match(await control.requests.waitFor({ orderId: 'elsewhere' }), { account: 'globex' })
    await watched.listeners(0)
  },
  {},
  parts,
)

bothWays(
  'waiting for a delivery resolves once it is delivered',
  async (t, { control }) => {
    const receiver = await receiverFor(t)
    const { orders, deliveries } = control.account('acme')
    const waiting = deliveries.waitFor({ orderId: 'order-1', status: 'delivered' }, minute)
    const elsewhere = control.account('globex').deliveries.waitFor({}, minute)
    await watched.listeners(2)
    await orders.create({ id: 'order-1', results_update_url: receiver.url })
    await orders.complete('order-1')
    const delivered = await waiting
    t.match(delivered, { event: 'results_callback', status: 'delivered', attempts: [{ status: 200 }] })
    t.strictSame(violationsOf(ControlDeliverySchema, delivered), [])
    t.strictSame(await deliveries.waitForMany({ event: 'results_callback' }, { count: 1 }), [delivered])

    await control.account('globex').orders.create({ id: 'order-2', results_update_url: receiver.url })
    await control.account('globex').orders.complete('order-2')
    t.match(await elsewhere, { account: 'globex', orderId: 'order-2' })
  },
  {},
  parts,
)

/** The error that `waiting` rejects with. */
async function refusalOf(t: Test, waiting: Promise<unknown>): Promise<ControlError> {
  const error: unknown = await waiting.catch((error: unknown) => error)
  if (!(error instanceof ControlError)) throw new Error(`${t.name}: nothing was refused`)
  return error
}

bothWays(
  'a timeout error names the filter and lists what arrived',
  async (t, { url, control }) => {
    const { orders, requests, deliveries } = control.account('acme')
    await orders.create({ id: 'order-1' })
    await orders.create({ id: 'order-2' })
    await control.account('globex').orders.create()
    const late = { timeoutMs: 20 }
    const hint = /Compare the filter with what arrived\. Raise timeoutMs/

    await orders.complete('order-2')
    const order = await refusalOf(t, orders.waitForMany({ state: 'passed' }, { count: 2, ...late }))
    t.match(order, { name: 'ControlError', statusCode: 408, hint })
    t.equal(order.message, `Waited 20 ms for 2 of the orders with {"state":"passed"}; 1 of 2 match\n${order.hint}`)
    t.strictSame(order.came, await orders.list())

    await postOrder(url, { id: 'order-1' })
    const request = await refusalOf(t, requests.waitFor({ body: { id: 'order-7' } }, late))
    t.match(request, {
      statusCode: 408,
      message: /^Waited 20 ms for 1 of the requests with {"body":{"id":"order-7"}}; 0 of 1 match\n/,
      came: [{ status: 409, request: { body: '{"id":"order-1"}' } }],
    })

    await orders.create({ id: 'order-3', results_update_url: 'http://127.0.0.1:9/' })
    await orders.complete('order-3')
    const delivery = await refusalOf(t, deliveries.waitFor({ status: 'delivered' }, late))
    t.match(delivery, {
      message: /^Waited 20 ms for 1 of the deliveries with {"status":"delivered"}; 0 of 1 match\n/,
      came: [{ orderId: 'order-3', event: 'results_callback' }],
    })
    await watched.listeners(0)
  },
  { clock: '2026-01-31T12:00:00Z' },
  parts,
)

bothWays('a timeout error lists the newest hundred and counts all', async (t, { control }) => {
  for (let i = 1; i <= 101; i++) await control.orders.create({ id: `order-${String(i)}` })
  const late = await refusalOf(t, control.orders.waitForMany({}, { count: 102, timeoutMs: 0 }))
  t.match(late.message, '101 of 101 match')
  t.equal(late.came.length, 100)
  t.match(late.came[0], { id: 'order-101' })
})

bothWays(
  'fifty calls can wait at the same time, and one order resolves them all',
  async (t, { control }) => {
    const { orders, requests } = control.account('acme')
    const waiting = Array.from({ length: 50 }, () => orders.waitFor({ candidate: { first_name: 'Mia' } }, minute))
    const quick = requests.waitFor({}, { timeoutMs: 20 })
    await t.rejects(quick, { name: 'ControlError', statusCode: 408 })
    await watched.listeners(50)
    await orders.create({ id: 'order-1', candidate: { first_name: 'Mia' } })
    t.strictSame(
      ids(await Promise.all(waiting)),
      Array.from({ length: 50 }, () => 'order-1'),
    )
    await watched.listeners(0)
  },
  {},
  parts,
)

bothWays('a wait that violates the schema is refused', async (t, { control }) => {
  const { orders, requests, deliveries } = control
  const wrong = (value: unknown) => value as never
  for (const [refused, message] of [
    [() => orders.waitForMany({}, { count: 0 }), 'body/count must be >= 1'],
    [() => orders.waitForMany({}, { count: 1001 }), 'body/count must be <= 1000'],
    [() => requests.waitForMany({}, { count: 1.5 }), 'body/count must be integer'],
    [() => requests.waitFor({}, { timeoutMs: -1 }), 'body/timeoutMs must be >= 0'],
    [() => deliveries.waitFor({}, { timeoutMs: 60_001 }), 'body/timeoutMs must be <= 60000'],
    [() => orders.waitFor({}, wrong({ timeout: 5 })), 'body must not have the property timeout'],
    [() => orders.waitFor(wrong({ email: 'a' })), 'body/filter must not have the property email'],
    [() => orders.waitFor(wrong({ id: 3 })), 'body/filter/id must be string'],
    [() => requests.waitFor(wrong({ status: '200' })), 'body/filter/status must be integer'],
    [() => deliveries.waitFor(wrong({ status: 'sent' })), 'body/filter/status must be one of pending, delivered'],
  ] as const) {
    const error = await refusalOf(t, refused())
    t.equal(error.statusCode, 400)
    t.ok(error.message.startsWith(message), error.message)
  }
})

t.test('a long poll leaves no listener when its client disconnects', async (t) => {
  const { url } = await sandboxFor(t, {}, parts())
  for (const kind of ['orders', 'requests', 'deliveries']) {
    const client = new AbortController()
    const polling = fetch(`${url}/_sandbox/${kind}/wait?account=acme`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(minute),
      signal: client.signal,
    })
    await watched.listeners(1)
    client.abort()
    await t.rejects(polling, { name: 'AbortError' })
    await watched.listeners(0)
  }
})

t.test('curl can wait: a long poll without a body returns whatever arrives first', async (t) => {
  const { url } = await sandboxFor(t, {}, parts())
  for (const [kind, expected] of [
    ['orders', { id: 'order-1', state: 'ordered' }],
    ['requests', { operation: 'orders.create', orderId: 'order-1' }],
    ['deliveries', { event: 'results_callback', orderId: 'order-1' }],
  ] as const) {
    const polling = fetch(`${url}/_sandbox/${kind}/wait`, { method: 'POST' })
    await watched.listeners(1)
    await call(url, 'POST', '/orders', { id: 'order-1', results_update_url: 'http://127.0.0.1:9/' })
    await call(url, 'PATCH', '/orders/order-1/result', { result: { value: 'passed' } })
    const response = await polling
    t.equal(response.status, 200)
    t.match(await response.json(), [expected])
    await call(url, 'GET', '/orders/order-1')
    await fetch(`${url}/_sandbox/reset`, { method: 'POST' })
  }
})

bothWays(
  'a refused wait ends immediately and leaves no listener',
  async (t, { control }) => {
    await t.rejects(control.account('nobody').orders.waitFor({}, minute), { name: 'ControlError', statusCode: 404 })
    await watched.listeners(0)
  },
  { accounts: ['acme'] },
  parts,
)

// Races that calls from outside cannot reproduce reliably.

type Item = Pick<ControlOrder, 'id' | 'state'>

/** `waitFor` for orders in the state `ordered`; `existing` returns those already there, `tell` reports a change. */
function itemsWith(waiting: Partial<Waiting<Item>> = {}) {
  const listeners = new Set<(item: Item) => void>()
  const tell = (id: string, state: Item['state'] = 'ordered') => {
    for (const listener of listeners) listener({ id, state })
  }
  const wait = async (given: Partial<Waiting<Item>> = {}) => {
    const found = await waitFor<Item>({
      changes: localChanges(),
      existing: async () => [],
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      fits: ({ state }) => state === 'ordered',
      key: ({ id }) => id,
      count: 1,
      timeoutMs: 60_000,
      ...waiting,
      ...given,
    })
    return found && ids(found)
  }
  return { wait, tell, listeners }
}

t.test('an item that arrives while the existing ones are read is not missed', async (t) => {
  const { wait, tell, listeners } = itemsWith()
  const existing = async () => {
    tell('between')
    return [
      { id: 'second', state: 'ordered' },
      { id: 'first', state: 'ordered' },
    ] as Item[]
  }
  t.strictSame(await wait({ existing, count: 3 }), ['first', 'second', 'between'])
  t.equal(listeners.size, 0)
})

t.test('an item that arrives during the read and is also listed counts once', async (t) => {
  const { wait, tell } = itemsWith()
  const existing = async (): Promise<Item[]> => {
    tell('order-1')
    return [{ id: 'order-1', state: 'ordered' }]
  }
  t.equal(await wait({ existing, count: 2, signal: AbortSignal.abort() }), null)
})

t.test('an item that changes during the read is judged by its latest state', async (t) => {
  const { wait, tell } = itemsWith()
  const existing = async (): Promise<Item[]> => {
    tell('order-1', 'passed')
    return [{ id: 'order-1', state: 'ordered' }]
  }
  t.equal(await wait({ existing, signal: AbortSignal.abort() }), null)
})

t.test('an item that matched counts even if it changes right afterwards', async (t) => {
  const { wait, tell, listeners } = itemsWith()
  const waiting = wait()
  await new Promise((resolve) => setImmediate(resolve))
  tell('order-1')
  tell('order-1', 'passed')
  t.strictSame(await waiting, ['order-1'])
  t.equal(listeners.size, 0)
})

t.test('an item that changes repeatedly counts once', async (t) => {
  const { wait, tell } = itemsWith()
  const waiting = wait({ count: 2 })
  for (const id of ['order-1', 'order-1', 'order-2']) tell(id)
  t.strictSame(await waiting, ['order-1', 'order-2'])
})

t.test('a failed or aborted wait stops listening', async (t) => {
  const { wait, listeners } = itemsWith()
  const existing = async () => {
    throw new Error('the store is gone')
  }
  await t.rejects(wait({ existing }), { message: 'the store is gone' })
  t.equal(await wait({ signal: AbortSignal.abort() }), null)
  const client = new AbortController()
  const waiting = wait({ signal: client.signal })
  await new Promise((resolve) => setImmediate(resolve))
  client.abort()
  t.equal(await waiting, null)
  t.equal(listeners.size, 0)
})

t.test('waiting returns the oldest existing items, up to the count', async (t) => {
  const { wait } = itemsWith()
  const existing = async () => ['third', 'second', 'first'].map((id) => ({ id, state: 'ordered' })) as Item[]
  t.strictSame(await wait({ existing, count: 2 }), ['first', 'second'])
})

bothWays('more than 100 waits per account answer 429, and leaving frees a place', async (t, { url, control }) => {
  const changes = new AbortController()
  const post = (query: string) =>
    fetch(`${url}/_sandbox/orders/wait${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"timeoutMs":60000}',
      signal: changes.signal,
    })
  // A few more, as the probing calls below occupy places too.
  const waits = Array.from({ length: 110 }, () => post('?account=acme').catch(() => null))
  const acme = control.account('acme')
  const refusal = async () =>
    acme.orders.waitFor({}, { timeoutMs: 0 }).then(
      () => 200,
      (error: unknown) => (error as ControlError).statusCode,
    )
  await until(async () => (await refusal()) === 429)
  const refused = await post('?account=acme')
  t.equal(refused.status, 429)
  t.match(await refused.json(), { message: 'The limit of 100 waiting calls is reached', hint: /count/ })
  await t.rejects(control.account('globex').orders.waitFor({}, { timeoutMs: 0 }), /^Waited 0 ms/)
  changes.abort()
  await Promise.all(waits)
  await until(async () => (await refusal()) === 408)
})

t.test('at most a thousand calls may wait across all accounts', (t) => {
  const line = waitingLine(localChanges())
  const leave = Array.from({ length: 1_000 }, (_, i) => line.enter(`account-${String(i % 20)}`))
  t.throws(() => line.enter('another'), /^The limit of 1000 waiting calls is reached/)
  leave[0]?.()
  t.doesNotThrow(() => line.enter('another'))
  t.end()
})

bothWays('waiting returns at most 8 MiB', async (t, { control }) => {
  const acme = control.account('acme')
  for (let i = 0; i < 10; i++)
    await acme.orders.create({ id: `order-${String(i)}`, passthrough: { note: 'x'.repeat(900_000) } })
  await t.rejects(
    acme.orders.waitForMany({}, { count: 10 }),
    /^body\/count asks for over 8 MiB of orders: wait for fewer, and list them/,
  )
  t.equal((await acme.orders.waitForMany({}, { count: 9 })).length, 9)
  const late: unknown = await acme.orders.waitForMany({}, { count: 11, timeoutMs: 0 }).catch((error: unknown) => error)
  t.match(late, { statusCode: 408, message: /10 of 10 match/, came: { length: 9 } })
  const listed = await acme.orders.list({ limit: 20 })
  t.match(listed, { length: 9, total: 10 })
  t.match(await acme.orders.list({ next: String(listed.next) }), { length: 1, total: 10, next: null })
})

bothWays('what is no object as the options of a wait is refused, instead of being ignored', async (t, { control }) => {
  const { orders, requests, deliveries } = control
  const wrong = 50 as never
  const waits: (() => Promise<unknown>)[] = [
    () => orders.waitFor({}, wrong),
    () => requests.waitFor({}, wrong),
    () => deliveries.waitFor({}, wrong),
  ]
  for (const wait of waits) {
    await t.rejects(wait, {
      statusCode: 400,
      message: /body must not have the property options/,
    })
  }
})
