import type { ServerResponse } from 'node:http'
import { eachStore } from '../../support/each-store'
import { receiverFor } from '../../support/receiver'
import { storedOrder } from '../../support/sandbox'
import { until } from '../../support/until'

eachStore('replicas share the control token that was made first, and no reset changes it', async (t, state) => {
  const { agreeOnToken, replica, reset } = state
  t.equal(await agreeOnToken('first'), 'first')
  await reset(null)
  t.equal(await (await replica()).agreeOnToken('second'), 'first')
  t.equal(await agreeOnToken('third'), 'first')
})

eachStore('a state that can serve reports no reason why not', async (t, { whyNotReady }) => {
  t.equal(await whyNotReady(), null)
})

eachStore('closing aborts deliveries in progress', async (t, { webhooks, store, close }) => {
  const held: ServerResponse[] = []
  const receiver = await receiverFor(t, (response) => held.push(response))
  await webhooks.add({ accountId: null, url: receiver.url, secret: 'whsec_1' })
  await store.addOrder(storedOrder(), { events: ['created'], requestId: null })
  await receiver.all(1)
  await close(0)
  await until(async () => held[0]?.destroyed === true)
  t.equal(receiver.received.length, 1)
})
