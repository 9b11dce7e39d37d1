import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'

bothWays('a webhook is added, receives a delivery and its replay, and is removed', async (t, { control }) => {
  const receiver = await receiverFor(t)
  const acme = control.account('acme')
  const { id: webhookId } = await acme.webhooks.add({ url: receiver.url, secret: 'whsec_1' })
  const { id: orderId } = await acme.orders.create()

  const delivered = await acme.deliveries.waitFor({ orderId, status: 'delivered' })
  t.match(delivered, { webhookId, event: 'ats_assessments.created', attempts: [{ status: 200 }] })
  t.equal((await acme.deliveries.replay(delivered.id)).status, 'pending')
  await receiver.all(2)
  t.match(await acme.deliveries.waitFor({ orderId, status: 'delivered' }), { attempts: { length: 2 } })
  t.match(await acme.deliveries.list({ event: 'ats_assessments.created' }), { deliveries: { length: 1 }, dropped: 0 })

  await acme.webhooks.remove(webhookId)
  t.strictSame(await acme.webhooks.list(), [])
  await t.rejects(acme.webhooks.remove(webhookId), { statusCode: 404, message: /GET \/_sandbox\/webhooks/ })
  await t.rejects(acme.deliveries.replay('nope.1'), { message: /not found/ })
})
