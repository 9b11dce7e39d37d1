import t from 'tap'
import { DeliveryListSchema, type DeliverySearch } from '../../schemas/control/deliveries'
import { connectSandbox } from '../../src/index'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { sandboxFor, violationsOf } from '../support/sandbox'

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

bothWays(
  'a list of deliveries shows the candidate, and which earlier one each waits for',
  async (t, { control }) => {
    let status = 503
    const receiver = await receiverFor(t, (response) => response.writeHead(status).end())
    await control.webhooks.add({ url: receiver.url })
    const mia = { first_name: 'Mia', last_name: 'Lindqvist' }
    await control.account('acme').orders.create({ id: 'order-1', candidate: mia })
    await control.account('acme').orders.complete('order-1')
    await control.account('acme').orders.create({ id: 'order-2', candidate: { first_name: null } })
    await control.clock.advance(0)
    const { deliveries } = await control.deliveries.list()
    const facts = deliveries.map(({ orderId, event, candidate, waitsFor }) => [orderId, event, candidate, waitsFor])
    const first = deliveries.at(-1)?.id
    t.strictSame(facts, [
      ['order-2', 'ats_assessments.created', null, null],
      ['order-1', 'ats_assessments.updated', 'Mia Lindqvist', first],
      ['order-1', 'ats_assessments.created', 'Mia Lindqvist', null],
    ])
    t.strictSame(violationsOf(DeliveryListSchema, await control.deliveries.list()), [])
    const waiting = String(deliveries[1]?.id)
    t.match(await control.deliveries.get(waiting), { candidate: 'Mia Lindqvist', waitsFor: first, attempts: [] })
    status = 200
    await control.clock.advance(20_000)
    t.match(await control.deliveries.get(waiting), { status: 'delivered', waitsFor: null, attempts: { length: 1 } })
  },
  { clock: '2026-01-31T12:00:00.000Z' },
)

bothWays('deliveries are found by candidate, event, address and id', async (t, { control }) => {
  const receiver = await receiverFor(t)
  const acme = control.account('acme')
  await acme.webhooks.add({ url: `${receiver.url}/Hook` })
  await acme.orders.create({ id: 'order-1', candidate: { first_name: 'Mia', last_name: 'Lindqvist' } })
  await acme.orders.create({ id: 'order-2', candidate: { first_name: 'Noor' } })
  await acme.orders.complete('order-2')
  await acme.orders.create({ id: 'order-3', candidate: { first_name: null } })
  const found = async (search: string, filter = {}) => {
    const { deliveries, total } = await acme.deliveries.list({ search, ...filter })
    t.equal(total, deliveries.length)
    return deliveries.map(({ orderId, event }) => `${String(orderId)} ${event.split('.').join(' ')}`)
  }
  const [created, updated] = ['ats_assessments created', 'ats_assessments updated']
  t.strictSame(await found('lindqvist MIA'), [`order-1 ${created}`])
  t.strictSame(await found('noor updated'), [`order-2 ${updated}`])
  t.strictSame(await found('noor', { event: 'ats_assessments.created' }), [`order-2 ${created}`])
  t.equal((await found('acme /hook')).length, 4)
  t.equal((await found('')).length, 4)
  t.strictSame(await found('order-3'), [`order-3 ${created}`])
  t.strictSame(await found('nobody'), [])
})

bothWays('all deliveries that match are replayed at once, oldest first', async (t, { control }) => {
  const receiver = await receiverFor(t)
  const acme = control.account('acme')
  await acme.webhooks.add({ url: receiver.url, events: ['ats_assessments.created', 'ats_assessments.updated'] })
  for (const id of ['order-1', 'order-2']) await acme.orders.create({ id, candidate: { first_name: id } })
  await acme.orders.complete('order-2')
  await acme.orders.cancel('order-1')
  await acme.deliveries.waitForMany({ status: 'delivered' }, { count: 3 })
  t.equal(await control.account('globex').deliveries.replayAll(), 0)
  t.equal(await acme.deliveries.replayAll({ orderId: 'order-1' }), 1, 'nobody receives its cancellation')
  await receiver.all(4)
  t.equal(await acme.deliveries.replayAll({ search: 'order-2' }), 2)
  const sent = (await receiver.all(6)).slice(4).map(({ json }) => json['event'])
  t.strictSame(sent, ['ats_assessments.created', 'ats_assessments.updated'])
  await acme.deliveries.waitForMany({ status: 'delivered' }, { count: 3 })
  t.equal(await acme.deliveries.replayAll(), 3)
  t.equal(await acme.deliveries.replayAll({ status: 'pending' }), 0, 'they are being sent')
  await receiver.all(9)
  await t.rejects(acme.deliveries.replayAll({ state: 'failed' } as DeliverySearch), {
    statusCode: 400,
    message: /filter/,
  })
})

t.test('curl replays all deliveries of an account without a body', async (t) => {
  const receiver = await receiverFor(t)
  const { url, webhooks, orders, deliveries } = await sandboxFor(t)
  await webhooks.add({ url: receiver.url })
  await orders.create()
  await deliveries.waitFor({ status: 'delivered' })
  const response = await fetch(`${url}/_sandbox/deliveries/replay?account=acme`, { method: 'POST' })
  t.equal(response.status, 202)
  t.strictSame(await response.json(), { replayed: 1 })
  await receiver.all(2)
})

t.test('an open control API finds no delivery by a secret in its address', async (t) => {
  const sandbox = await sandboxFor(t, { host: '0.0.0.0' })
  const anyone = connectSandbox(sandbox.url)
  await anyone.webhooks.add({ url: 'http://127.0.0.1:9/?api_key=k3y-0f-mine' })
  await anyone.orders.create()
  t.equal((await anyone.deliveries.list({ search: 'k3y-0f-mine' })).total, 0)
  t.equal((await sandbox.deliveries.list({ search: 'k3y-0f-mine' })).total, 1)
})
