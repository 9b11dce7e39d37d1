import t from 'tap'
import { startCountingProxy } from '../../bench/counting-proxy'
import { receiverFor } from '../support/receiver'
import { redisFor, skip } from '../support/redis'
import { postOrder, sandboxFor } from '../support/sandbox'

/** Milliseconds that Redis's answers are held back: what is waited for can be told from what is not. */
const delay = 50

t.test('an order goes to Redis once before it is answered, whatever is to be sent', { skip }, async (t) => {
  const redis = await redisFor(t)
  const proxy = await startCountingProxy(redis.port, delay)
  t.teardown(() => {
    proxy.close()
  })
  const receiver = await receiverFor(t)
  const { url, ...control } = await sandboxFor(t, { store: `redis://127.0.0.1:${String(proxy.port)}` })
  await control.account('globex').webhooks.add({ url: receiver.url })

  /** The fewest of several: what goes on without any call may come in between. */
  async function fewest(account: string, nextId: () => string) {
    const counts = []
    for (let i = 0; i < 5; i++) {
      const id = nextId()
      const begin = performance.now()
      t.equal((await postOrder(url, { id }, { 'x-account-id': account })).status, 200)
      const end = performance.now()
      // By then what follows an order has been written: the journal, and its delivery.
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
