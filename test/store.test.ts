import t, { type Test } from 'tap'
import { memoryStore } from '../src/store/memory-store'
import type { Store } from '../src/store/store'
import { storedOrder } from './support'

/** What every store promises. */
function storeContract(t: Test, name: string, create: (maxOrders: number) => Store) {
  t.test(`${name}: an order is found by its token as it was added`, async (t) => {
    const store = create(10)
    t.strictSame(await store.addOrder(storedOrder()), storedOrder())
    t.strictSame(await store.findOrderByToken('token-1'), storedOrder())
    t.equal(await store.findOrderByToken('token-2'), null)
  })

  t.test(`${name}: the second order of an account with the same id is the first`, async (t) => {
    const store = create(10)
    await store.addOrder(storedOrder())
    t.strictSame(await store.addOrder(storedOrder({ token: 'token-2', request: '{}' })), storedOrder())
    t.equal(await store.findOrderByToken('token-2'), null)
  })

  t.test(`${name}: of many equal orders at once one is kept`, async (t) => {
    const store = create(10)
    const added = await Promise.all(
      Array.from({ length: 50 }, (_, i) => store.addOrder(storedOrder({ token: `token-${String(i)}` }))),
    )
    t.equal(new Set(added.map((kept) => kept?.token)).size, 1)
  })

  t.test(`${name}: accounts do not see each other's ids`, async (t) => {
    const store = create(10)
    const globex = storedOrder({ accountId: 'globex', token: 'token-2' })
    await store.addOrder(storedOrder())
    t.strictSame(await store.addOrder(globex), globex)
  })

  t.test(`${name}: a full store takes no further order, but still answers a repeated one`, async (t) => {
    const store = create(1)
    await store.addOrder(storedOrder())
    t.equal(await store.addOrder(storedOrder({ id: 'order-2', token: 'token-2' })), null)
    t.equal(await store.addOrder(storedOrder({ accountId: 'globex', token: 'token-2' })), null)
    t.strictSame(await store.addOrder(storedOrder({ token: 'token-2' })), storedOrder())
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
      await store.addOrder(storedOrder({ id: `order-${String(i)}`, token: `token-${String(i)}`, request }))
    for (const [i, request] of texts.entries()) {
      const found = await store.findOrderByToken(`token-${String(i)}`)
      if (found?.request !== request) t.fail(`text ${String(i)} changed`)
    }
    t.pass(`${String(texts.length)} texts`)
  })
}

storeContract(t, 'memory', memoryStore)
