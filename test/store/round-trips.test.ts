import t from 'tap'
import { startCountingProxy } from '../../bench/counting-proxy'
import { receiverFor } from '../support/receiver'
import { redisFor, skip } from '../support/redis'
import { postOrder, sandboxFor } from '../support/sandbox'

/** Milliseconds by which Redis's answers are delayed, to tell awaited round trips from others. */
const delay = 50

t.test('an order waits for a single round trip to Redis, with or without webhooks', { skip }, async (t) => {
  const redis = await redisFor(t)
  const proxy = await startCountingProxy(redis.port, delay)
  t.teardown(() => {
    proxy.close()
  })
  const receiver = await receiverFor(t)
  const { url, ...control } = await sandboxFor(t, { store: `redis://127.0.0.1:${String(proxy.port)}` })
  await control.account('globex').webhooks.add({ url: receiver.url })

  /** The minimum of several tries, as background work may add round trips. */
  async function fewest(account: string, nextId: () => string) {
    const counts = []
    for (let i = 0; i < 5; i++) {
      const id = nextId()
      const begin = performance.now()
      t.equal((await postOrder(url, { id }, { 'x-account-id': account })).status, 200)
      const end = performance.now()
      // Waits until the order's journal entry and delivery are written.
      await control.requests.list()
      if (account === 'globex') await control.deliveries.waitFor({ status: 'delivered', orderId: id })
      counts.push(proxy.roundTrips.filter((each) => each.begin >= begin && each.end <= end).length)
    }
    return Math.min(...counts)
  }
  let orders = 0
  const another = () => `order-${String(++orders)}`
  t.equal(await fewest('acme', another), 1)
  t.equal(await fewest('globex', another), 1, 'with a webhook too')
  t.equal(await fewest('acme', () => 'order-1'), 1, 'and when it is repeated')
  await control.account('acme').faults.add({ on: 'packages.list', status: 502 })
  t.equal(await fewest('acme', another), 1, 'and with a fault for other calls')
})
