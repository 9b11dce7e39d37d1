import type { State } from '../../../src/deps'
import { allOf, eachStore } from '../../support/each-store'
import { storedOrder } from '../../support/sandbox'
import { until } from '../../support/until'

const noon = '2026-01-31T12:00:00.000Z'
const orderedAt = Date.parse(noon)
const tenMinutes = 600_000
const options = { clock: noon, expireAfter: tenMinutes / 1_000 }

const stateOf = async ({ store }: Pick<State, 'store'>, id = 'order-1') => (await store.findOrder('acme', id))?.state

eachStore(
  'an unfinished order expires to the millisecond, and its webhooks get the result',
  async (t, state) => {
    const { store, clock, webhooks, deliveries } = state
    await webhooks.add({ accountId: 'acme', url: 'http://127.0.0.1:9/', secret: 'whsec_1' })
    await store.addOrder(storedOrder({ orderedAt }))
    await clock.advance(tenMinutes - 1)
    t.equal(await stateOf(state), 'ordered')
    await clock.advance(1)
    await until(async () => (await stateOf(state)) === 'expired')
    t.match(await store.findOrder('acme', 'order-1'), { resultAt: orderedAt + tenMinutes, result: /"value":"expired"/ })
    t.match(await allOf(deliveries.list(null)), [
      { event: 'ats_assessments.updated', orderId: 'order-1', result: /"value":"expired"/, requestId: null },
    ])
  },
  { ...options, callbackTargets: 'none' },
)

eachStore(
  'an order that is finished in time does not expire',
  async (t, state) => {
    const { store, clock } = state
    await store.addOrder(storedOrder({ orderedAt }))
    await store.addOrder(storedOrder({ orderedAt, id: 'order-2', remoteId: 'remote-2', token: 'token-2' }))
    await store.updateOrder('acme', 'order-1', (order) => ({ ...order, state: 'passed' }))
    await clock.advance(tenMinutes)
    await until(async () => (await stateOf(state, 'order-2')) === 'expired')
    t.equal(await stateOf(state), 'passed')
  },
  options,
)

eachStore(
  'prepared orders expire too, unless they are finished',
  async (t, state) => {
    const { store, clock } = state
    const put = await store.prepare([
      storedOrder({ orderedAt, state: 'failed' }),
      storedOrder({ orderedAt, state: 'in_progress', id: 'order-2', remoteId: 'remote-2', token: 'token-2' }),
    ])
    await put()
    await clock.advance(tenMinutes)
    await until(async () => (await stateOf(state, 'order-2')) === 'expired')
    t.equal(await stateOf(state), 'failed')
  },
  options,
)

eachStore(
  'an order that was finished and is open again still expires',
  async (_t, state) => {
    const { store, clock } = state
    await store.addOrder(storedOrder({ orderedAt, state: 'passed' }))
    const put = await store.prepare([
      storedOrder({ orderedAt, state: 'failed', id: 'order-2', remoteId: 'remote-2', token: 'token-2' }),
    ])
    await put()
    for (const id of ['order-1', 'order-2'])
      await store.updateOrder('acme', id, (order) => ({ ...order, state: 'ordered', result: null }))
    await clock.advance(tenMinutes)
    for (const id of ['order-1', 'order-2']) await until(async () => (await stateOf(state, id)) === 'expired')
  },
  options,
)

eachStore(
  'an order that was reset never expires, and does not shorten the time of its replacement',
  async (t, state) => {
    const { store, clock, reset } = state
    for (const account of [null, 'acme']) {
      const start = clock.now()
      await store.addOrder(storedOrder({ orderedAt: start }))
      await clock.advance(tenMinutes / 2)
      await reset(account)
      // A reset of everything puts the clock back too.
      await clock.set(start + tenMinutes / 2)
      await store.addOrder(storedOrder({ orderedAt: start + tenMinutes / 2 }))
      await clock.advance(tenMinutes / 2)
      t.equal(await stateOf(state), 'ordered')
      await clock.advance(tenMinutes / 2)
      await until(async () => (await stateOf(state)) === 'expired')
      await reset('acme')
    }
  },
  options,
)

eachStore('without a time limit, no order ever expires', async (t, state) => {
  await state.store.addOrder(storedOrder({ orderedAt: state.clock.now() }))
  await state.clock.advance(1e300)
  t.equal(await stateOf(state), 'ordered')
})
