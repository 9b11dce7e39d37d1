import t, { type Test } from 'tap'
import { memoryStore } from '../src/store/memory-store'
import type { Store, StoredOrder } from '../src/store/store'

const order = (facts: Partial<StoredOrder> = {}): StoredOrder => ({
  accountId: 'acme',
  id: 'order-1',
  remoteId: 'remote-1',
  token: 'token-1',
  origin: 'http://127.0.0.1:4600',
  orderedAt: 1_770_000_000_000,
  openedAt: null,
  startedAt: null,
  resultAt: null,
  state: 'ordered',
  request: '{"id":"order-1"}',
  result: null,
  ...facts,
})

/** What every store promises. */
function storeContract(t: Test, name: string, create: (maxOrders: number) => Store) {
  t.test(`${name}: an order is found by its token as it was added`, async (t) => {
    const store = create(10)
    t.strictSame(await store.addOrder(order()), order())
    t.strictSame(await store.findOrderByToken('token-1'), order())
    t.equal(await store.findOrderByToken('token-2'), null)
  })

  t.test(`${name}: the second order of an account with the same id is the first`, async (t) => {
    const store = create(10)
    await store.addOrder(order())
    t.strictSame(await store.addOrder(order({ token: 'token-2', request: '{}' })), order())
    t.equal(await store.findOrderByToken('token-2'), null)
  })

  t.test(`${name}: of many equal orders at once one is kept`, async (t) => {
    const store = create(10)
    const added = await Promise.all(
      Array.from({ length: 50 }, (_, i) => store.addOrder(order({ token: `token-${String(i)}` }))),
    )
    t.equal(new Set(added.map((kept) => kept?.token)).size, 1)
  })

  t.test(`${name}: accounts do not see each other's ids`, async (t) => {
    const store = create(10)
    const globex = order({ accountId: 'globex', token: 'token-2' })
    await store.addOrder(order())
    t.strictSame(await store.addOrder(globex), globex)
  })

  t.test(`${name}: a full store takes no further order, but still answers a repeated one`, async (t) => {
    const store = create(1)
    await store.addOrder(order())
    t.equal(await store.addOrder(order({ id: 'order-2', token: 'token-2' })), null)
    t.equal(await store.addOrder(order({ accountId: 'globex', token: 'token-2' })), null)
    t.strictSame(await store.addOrder(order({ token: 'token-2' })), order())
  })

  t.test(`${name}: every text comes back as it went in, of any size and script`, async (t) => {
    const store = create(10_000)
    const texts = [
      '',
      'é',
      '😀'.repeat(1_000),
      '𝒳'.repeat(70_000),
      'x'.repeat(1024 * 1024),
      ...Array.from({ length: 500 }, (_, i) => `{"n":"${'ß'.repeat(i)}"}`),
    ]
    for (const [i, request] of texts.entries())
      await store.addOrder(order({ id: `order-${String(i)}`, token: `token-${String(i)}`, request }))
    for (const [i, request] of texts.entries()) {
      const found = await store.findOrderByToken(`token-${String(i)}`)
      if (found?.request !== request) t.fail(`text ${String(i)} changed`)
    }
    t.pass(`${String(texts.length)} texts`)
  })
}

storeContract(t, 'memory', memoryStore)
