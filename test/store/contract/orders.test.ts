import { allOf, atOnce, eachStore } from '../../support/each-store'
import { storedOrder } from '../../support/sandbox'

/** An order with its own identifiers. */
const orderNumber = (n: number, facts: Parameters<typeof storedOrder>[0] = {}) =>
  storedOrder({ id: `order-${String(n)}`, remoteId: `remote-${String(n)}`, token: `token-${String(n)}`, ...facts })

eachStore('an order is found by id, remote id and token, exactly as it was added', async (t, { store, replica }) => {
  const order = storedOrder({ state: 'failed', openedAt: 1, startedAt: 2, resultAt: 3, result: '{"score":"7"}' })
  t.strictSame(await store.addOrder(order), order)
  for (const each of [store, (await replica()).store]) {
    t.strictSame(await each.findOrder('acme', 'order-1'), order)
    t.strictSame(await each.findOrderByRemoteId('remote-1'), order)
    t.strictSame(await each.findOrderByToken('token-1'), order)
    t.equal(await each.findOrder('acme', 'order-2'), null)
    t.equal(await each.findOrderByRemoteId('remote-2'), null)
    t.equal(await each.findOrderByToken('token-2'), null)
  }
})

eachStore(
  'orders are idempotent: a second one with the same id returns the first and changes nothing',
  async (t, { store }) => {
    await store.addOrder(storedOrder())
    t.strictSame(await store.addOrder(orderNumber(2, { id: 'order-1', request: '{}' })), storedOrder())
    t.equal(await store.findOrderByToken('token-2'), null)
    t.equal(await store.findOrderByRemoteId('remote-2'), null)
    t.equal(await store.count(null), 1)
    t.equal(await store.bytes(), 16)
  },
)

eachStore('of many concurrent orders with the same id, one is kept', async (t, { store, replica }) => {
  const added = await atOnce(50, [store, (await replica()).store], (store, i) =>
    store.addOrder(storedOrder({ token: `token-${String(i)}` })),
  )
  t.equal(new Set(added.map((kept) => kept?.token)).size, 1)
  t.equal(await store.count(null), 1)
})

eachStore('order ids belong to their account: another account can use the same one', async (t, { store }) => {
  const globex = orderNumber(2, { accountId: 'globex', id: 'order-1' })
  await store.addOrder(storedOrder())
  t.equal(await store.findOrder('globex', 'order-1'), null)
  t.strictSame(await store.addOrder(globex), globex)
  t.strictSame(await store.findOrder('acme', 'order-1'), storedOrder())
  t.strictSame(await store.findOrderByRemoteId('remote-2'), globex)
})

eachStore(
  'a full store refuses new orders, but still returns a repeated one',
  async (t, { store }) => {
    await store.addOrder(storedOrder())
    t.equal(await store.addOrder(orderNumber(2)), null)
    t.equal(await store.addOrder(orderNumber(2, { accountId: 'globex' })), null)
    t.strictSame(await store.addOrder(storedOrder({ token: 'token-2' })), storedOrder())
  },
  { maxOrders: 1 },
)

eachStore(
  'the bytes of orders and results are counted exactly, and their limit holds',
  async (t, { store, reset }) => {
    const request = `"${'é'.repeat(20)}"`
    await store.addOrder(storedOrder({ request, result: '{}' }))
    await store.addOrder(orderNumber(2, { accountId: 'globex', request }))
    t.equal(await store.bytes(), 42 + 2 + 42)
    const full = { statusCode: 422, message: /100 bytes/ }
    await t.rejects(store.addOrder(orderNumber(3, { request })), full)
    const withResult = (result: string | null) =>
      store.updateOrder('globex', 'order-2', (order) => ({ ...order, result }))
    await t.rejects(withResult('x'.repeat(15)), full)
    t.match(await store.findOrder('globex', 'order-2'), { result: null })
    await withResult('x'.repeat(14))
    t.equal(await store.bytes(), 100)
    await withResult('é')
    t.equal(await store.bytes(), 88)
    await reset('acme')
    t.equal(await store.bytes(), 44)
    await reset('initech')
    t.equal(await store.bytes(), 44)
    await reset(null)
    t.equal(await store.bytes(), 0)
    t.ok(await store.addOrder(storedOrder({ request: 'x'.repeat(100) })))
  },
  { maxOrderBytes: 100 },
)

eachStore('an update replaces the order with what the change returns', async (t, { store }) => {
  await store.addOrder(storedOrder())
  const changed = storedOrder({ state: 'passed', openedAt: 1, startedAt: 2, resultAt: 3, result: '{}' })
  let before
  t.strictSame(
    await store.updateOrder('acme', 'order-1', (order) => {
      before = order
      return changed
    }),
    changed,
  )
  t.strictSame(before, storedOrder())
  t.strictSame(await store.findOrderByToken('token-1'), changed)

  for (const [account, id] of [
    ['acme', 'order-2'],
    ['globex', 'order-1'],
  ] as const) {
    const change = () => t.fail('change was called for a missing order') as never
    t.equal(await store.updateOrder(account, id, change), null)
  }
})

eachStore('concurrent updates of an order are never lost', async (t, { store, replica }) => {
  await store.addOrder(storedOrder({ result: '' }))
  await atOnce(20, [store, (await replica()).store], (store, i) =>
    store.updateOrder('acme', 'order-1', (order) => ({ ...order, result: `${String(order.result)}${String(i)},` })),
  )
  const numbers = (await store.findOrder('acme', 'order-1'))?.result?.split(',').slice(0, -1) ?? []
  t.strictSame(new Set(numbers), new Set(Array.from({ length: 20 }, (_, i) => String(i))))
  t.equal(numbers.length, 20)
})

eachStore('orders are listed newest first or oldest first, of an account or of all', async (t, { store }) => {
  const orders = [storedOrder(), orderNumber(2, { accountId: 'globex' }), orderNumber(3, { state: 'passed' })] as const
  for (const order of orders) await store.addOrder(order)
  const [first, second, third] = orders
  t.strictSame(await allOf(store.orders(null)), [third, second, first])
  t.strictSame(await allOf(store.orders(null, 'oldest')), [first, second, third])
  t.strictSame(await allOf(store.orders('acme')), [third, first])
  t.strictSame(await allOf(store.orders('acme', 'oldest')), [first, third])
  t.strictSame(await allOf(store.orders('initech')), [])
  await store.updateOrder('acme', 'order-1', (order) => ({ ...order, state: 'initiated', openedAt: 1 }))
  t.strictSame(await allOf(store.orders('acme')), [third, { ...first, state: 'initiated', openedAt: 1 }])
})

eachStore('a listing survives orders that are added or reset while it is read', async (t, { store, reset }) => {
  for (const order of [storedOrder(), orderNumber(2, { accountId: 'globex' }), orderNumber(3)])
    await store.addOrder(order)
  const read = []
  for await (const { token } of store.orders(null)) {
    read.push(token)
    await reset('globex')
    await store.addOrder(storedOrder({ id: token, token: `new-${token}` }))
  }
  t.ok(read.includes('token-3') && read.includes('token-1'))
  t.equal(new Set(read).size, read.length)
})

eachStore('orders are counted by account, and the latest accounts are listed', async (t, { store }) => {
  for (const [i, accountId] of ['acme', 'globex', 'acme', 'initech'].entries())
    await store.addOrder(orderNumber(i, { accountId }))
  const counted = ['acme', 'globex', 'hooli', null].map((account) => store.count(account))
  t.strictSame(await Promise.all(counted), [2, 1, 0, 4])
  t.strictSame(await store.accounts(9), ['acme', 'globex', 'initech'], 'sorted by when each first ordered')
  t.strictSame(await store.accounts(2), ['globex', 'initech'], 'only the two most recent')
})

eachStore('prepared orders appear only once they are put in', async (t, { store }) => {
  const many = Array.from({ length: 120 }, (_, i) => orderNumber(i))
  const put = await store.prepare(many)
  t.equal(await store.count(null), 0, 'none appears before they are put in')
  await put()
  t.equal(await store.count('acme'), 120)
  t.equal(await store.bytes(), 120 * 16)
  t.strictSame(await allOf(store.orders(null, 'oldest')), many)
  t.strictSame(await store.findOrderByRemoteId('remote-7'), many[7])
})

eachStore('large orders are listed whole', async (t, { store }) => {
  const request = `"${'x'.repeat(3 * 1024 * 1024)}"`
  for (let i = 0; i < 4; i++) await store.addOrder(orderNumber(i, { request }))
  t.strictSame(
    (await allOf(store.orders(null))).map(({ id, request }) => [id, request.length]),
    [3, 2, 1, 0].map((n) => [`order-${String(n)}`, request.length]),
  )
})

eachStore('a request of any size and script is returned unchanged', async (t, { store }) => {
  const texts = [
    '',
    'é',
    '😀'.repeat(1_000),
    '𝒳'.repeat(70_000),
    'x'.repeat(1024 * 1024),
    ...Array.from({ length: 500 }, (_, i) => `{"n":"${'ß'.repeat(i)}"}`),
  ]
  for (const [i, request] of texts.entries()) await store.addOrder(orderNumber(i, { request }))
  for (const [i, request] of texts.entries()) {
    const found = await store.findOrderByToken(`token-${String(i)}`)
    if (found?.request !== request) t.fail(`text ${String(i)} changed`)
  }
  t.pass(`${String(texts.length)} texts`)
})
