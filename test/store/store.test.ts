import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { redisState } from '../../src/compose/redis'
import { readOptions } from '../../src/config'
import { memoryStore } from '../../src/store/memory/orders'
import type { Store } from '../../src/store/orders'
import { redisFor, skip } from '../support/redis'
import { storedOrder } from '../support/sandbox'

const logger = pino({ level: 'silent' })
const resolve = () => Promise.reject(new Error('nothing is looked up'))

interface ResettableStore extends Store {
  reset(accountId: string | null): void | Promise<void>
}

/** What every store promises. */
function storeContract(
  t: Test,
  name: string,
  create: (t: Test, maxOrders: number, maxOrderBytes?: number) => Promise<ResettableStore>,
) {
  t.test(`${name}: an order is found by its token as it was added`, async (t) => {
    const store = await create(t, 10)
    t.strictSame(await store.addOrder(storedOrder()), storedOrder())
    t.strictSame(await store.findOrderByToken('token-1'), storedOrder())
    t.equal(await store.findOrderByToken('token-2'), null)
  })

  t.test(`${name}: the second order of an account with the same id is the first`, async (t) => {
    const store = await create(t, 10)
    await store.addOrder(storedOrder())
    t.strictSame(await store.addOrder(storedOrder({ token: 'token-2', request: '{}' })), storedOrder())
    t.equal(await store.findOrderByToken('token-2'), null)
  })

  t.test(`${name}: of many equal orders at once one is kept`, async (t) => {
    const store = await create(t, 10)
    const added = await Promise.all(
      Array.from({ length: 50 }, (_, i) => store.addOrder(storedOrder({ token: `token-${String(i)}` }))),
    )
    t.equal(new Set(added.map((kept) => kept?.token)).size, 1)
  })

  t.test(`${name}: accounts do not see each other's ids`, async (t) => {
    const store = await create(t, 10)
    const globex = storedOrder({ accountId: 'globex', token: 'token-2' })
    await store.addOrder(storedOrder())
    t.strictSame(await store.addOrder(globex), globex)
  })

  t.test(`${name}: a full store takes no further order, but still answers a repeated one`, async (t) => {
    const store = await create(t, 1)
    await store.addOrder(storedOrder())
    t.equal(await store.addOrder(storedOrder({ id: 'order-2', token: 'token-2' })), null)
    t.equal(await store.addOrder(storedOrder({ accountId: 'globex', token: 'token-2' })), null)
    t.strictSame(await store.addOrder(storedOrder({ token: 'token-2' })), storedOrder())
  })

  t.test(`${name}: bytes of orders and results are counted exactly, and none are taken beyond the limit`, async (t) => {
    const store = await create(t, 10, 100)
    const request = `"${'é'.repeat(20)}"`
    const globex = { accountId: 'globex', token: 'token-2', remoteId: 'remote-2', request }
    await store.addOrder(storedOrder({ request, result: '{}' }))
    await store.addOrder(storedOrder(globex))
    t.equal(await store.bytes(), 42 + 2 + 42)
    const full = { statusCode: 422, message: 'The orders of the sandbox take 100 bytes, its limit' }
    await t.rejects(store.addOrder(storedOrder({ ...globex, id: 'order-2', token: 'token-3' })), full)
    const withResult = (result: string | null) =>
      store.updateOrder('globex', 'order-1', (order) => ({ ...order, result }))
    await t.rejects(withResult('x'.repeat(15)), full)
    t.match(await store.findOrder('globex', 'order-1'), { result: null })
    await withResult('x'.repeat(14))
    t.equal(await store.bytes(), 100)
    await withResult('é')
    t.equal(await store.bytes(), 88)
    await store.reset('acme')
    t.equal(await store.bytes(), 44)
    await store.reset('initech')
    t.equal(await store.bytes(), 44)
    await store.reset(null)
    t.equal(await store.bytes(), 0)
    t.ok(await store.addOrder(storedOrder({ request: 'x'.repeat(100) })))
  })

  t.test(`${name}: many orders are put in at once, and counted`, async (t) => {
    const store = await create(t, 200)
    const many = Array.from({ length: 120 }, (_, i) =>
      storedOrder({ id: `order-${String(i)}`, token: `token-${String(i)}`, remoteId: `remote-${String(i)}` }),
    )
    const put = await store.prepare(many)
    t.equal(await store.count(null), 0, 'nothing of it is there before')
    await put()
    t.equal(await store.count('acme'), 120)
    t.equal(await store.bytes(), 120 * 16)
    t.strictSame(await ordersOf(store, null), [...many].reverse())
    const oldest = []
    for await (const order of store.orders('acme', 'oldest')) oldest.push(order)
    t.strictSame(oldest, many)
  })

  t.test(`${name}: large orders are listed part by part`, async (t) => {
    const store = await create(t, 20)
    const request = `"${'x'.repeat(3 * 1024 * 1024)}"`
    for (let i = 0; i < 4; i++)
      await store.addOrder(storedOrder({ id: `order-${String(i)}`, token: `token-${String(i)}`, request }))
    t.strictSame(
      (await ordersOf(store, null)).map(({ id }) => id),
      ['order-3', 'order-2', 'order-1', 'order-0'],
    )
  })

  t.test(`${name}: the last accounts that have orders are listed`, async (t) => {
    const store = await filled(t)
    t.strictSame(await store.accounts(1), ['globex'])
  })

  t.test(`${name}: every text comes back as it went in, of any size and script`, async (t) => {
    const store = await create(t, 10_000)
    const texts = [
      '',
      'é',
      '😀'.repeat(1_000),
      '𝒳'.repeat(70_000),
      'x'.repeat(1024 * 1024),
      ...Array.from({ length: 500 }, (_, i) => `{"n":"${'ß'.repeat(i)}"}`),
    ]
    for (const [i, request] of texts.entries())
      await store.addOrder(storedOrder({ id: `order-${String(i)}`, token: `token-${String(i)}`, request }))
    for (const [i, request] of texts.entries()) {
      const found = await store.findOrderByToken(`token-${String(i)}`)
      if (found?.request !== request) t.fail(`text ${String(i)} changed`)
    }
    t.pass(`${String(texts.length)} texts`)
  })

  const ofAccounts = [
    storedOrder(),
    storedOrder({ accountId: 'globex', token: 'token-2', remoteId: 'remote-2' }),
    storedOrder({ id: 'order-2', token: 'token-3', remoteId: 'remote-3', state: 'passed', result: '{}' }),
  ] as const

  async function filled(t: Test) {
    const store = await create(t, 3)
    for (const order of ofAccounts) await store.addOrder(order)
    return store
  }
  async function ordersOf(store: Store, accountId: string | null) {
    const found = []
    for await (const order of store.orders(accountId)) found.push(order)
    return found
  }

  t.test(`${name}: orders and accounts are counted, and a reset takes them away`, async (t) => {
    const store = await filled(t)
    const counted = async () => [await store.count(null), await store.count('acme'), await store.count('initech')]
    t.strictSame(await counted(), [3, 2, 0])
    t.strictSame(await store.accounts(9), ['acme', 'globex'])
    await store.reset('acme')
    t.strictSame(await counted(), [1, 0, 0])
    t.strictSame(await store.accounts(9), ['globex'])
    await store.reset(null)
    t.strictSame(await counted(), [0, 0, 0])
    t.strictSame(await store.accounts(9), [])
  })

  t.test(`${name}: orders are listed newest first, of an account or of all`, async (t) => {
    const store = await filled(t)
    const [first, second, third] = ofAccounts
    t.strictSame(await ordersOf(store, null), [third, second, first])
    t.strictSame(await ordersOf(store, 'acme'), [third, first])
    t.strictSame(await ordersOf(store, 'initech'), [])
    await store.updateOrder('acme', 'order-1', (order) => ({ ...order, state: 'initiated', openedAt: 1 }))
    t.strictSame(await ordersOf(store, 'acme'), [third, { ...first, state: 'initiated', openedAt: 1 }])
  })

  t.test(`${name}: a list that is being read is not disturbed by what comes and goes`, async (t) => {
    const store = await filled(t)
    const read = []
    for await (const { token } of store.orders(null)) {
      read.push(token)
      await store.reset('globex')
      await store.addOrder(storedOrder({ id: token, token: `new-${token}` }))
    }
    t.ok(read.includes('token-3') && read.includes('token-1'))
    t.equal(new Set(read).size, read.length)
  })

  t.test(`${name}: reset of an account forgets its orders alone, and makes room`, async (t) => {
    const store = await filled(t)
    const [first, second] = ofAccounts
    await store.reset('acme')
    t.strictSame(await ordersOf(store, null), [second])
    t.equal(await store.findOrder('acme', 'order-1'), null)
    t.equal(await store.findOrderByToken('token-1'), null)
    t.equal(await store.updateOrder('acme', 'order-1', (order) => order), null)
    t.strictSame(await store.findOrderByToken('token-2'), second)
    t.strictSame(await store.addOrder({ ...first, token: 'token-4' }), { ...first, token: 'token-4' })
    t.ok(await store.addOrder(storedOrder({ id: 'order-5', token: 'token-5' })))
    t.equal(await store.addOrder(storedOrder({ id: 'order-6', token: 'token-6' })), null)
    await store.reset('initech')
    t.equal((await ordersOf(store, null)).length, 3)
  })

  t.test(`${name}: reset forgets all`, async (t) => {
    const store = await filled(t)
    await store.reset(null)
    t.strictSame(await ordersOf(store, null), [])
    t.equal(await store.findOrder('globex', 'order-1'), null)
    t.equal(await store.findOrderByToken('token-2'), null)
    for (const order of ofAccounts) t.strictSame(await store.addOrder(order), order)
  })
}

storeContract(t, 'memory', async (_t, maxOrders, maxOrderBytes) => memoryStore(maxOrders, undefined, maxOrderBytes))

if (skip !== false) t.test('the store in Redis', { skip }, async () => undefined)
else {
  const redis = redisFor(t)
  storeContract(t, 'Redis', async (t, maxOrders, maxOrderBytes) => {
    const config = { ...readOptions({ store: (await redis).url, storePrefix: randomUUID(), maxOrders, maxOrderBytes }) }
    const state = await redisState(
      { ...config, store: String(config.store) },
      { logger, resolve, timeout: 0, metrics: null },
    )
    t.teardown(() => state.close(0))
    return { ...state.store, reset: state.reset }
  })
}
