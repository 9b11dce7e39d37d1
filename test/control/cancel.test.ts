import t from 'tap'
import { ControlOrderSchema } from '../../schemas/control/orders'
import { cancelOrder } from '../../src/control/orders'
import { errors } from '../../src/errors'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { call, depsFor, postOrder, storedOrder, violationsOf } from '../support/sandbox'

bothWays(
  'an order that the recruiter cancels is over: webhooks hear that it is deleted',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t)
    await control.webhooks.add({ url: receiver.url })
    const results_update_url = `${receiver.url}/results`
    await postOrder(url, { id: 'order-1', results_update_url })
    const acme = control.account('acme')
    const cancelled = await acme.orders.cancel('order-1')
    t.strictSame(violationsOf(ControlOrderSchema, cancelled), [])
    t.match(cancelled, { id: 'order-1', state: 'cancelled', result: null, resultAt: null })
    t.strictSame(await acme.orders.get('order-1'), cancelled)
    const received = await receiver.all(2)
    t.match(received, [
      { path: '/', json: { event: 'ats_assessments.created' } },
      { path: '/', json: { event: 'ats_assessments.deleted', record_id: 'order-1', event_data: { id: 'order-1' } } },
    ])
    t.notOk('result' in Object(received[1]?.json['event_data']), 'there is no result, and no callback')
    const page = await (await fetch(cancelled.testUrl)).text()
    t.match(page, 'Cancelled')
    t.notMatch(page, /<form/)
  },
)

bothWays('an order that has ended or is unknown cannot be cancelled', async (t, { url, control }) => {
  const acme = control.account('acme')
  await acme.orders.create({ id: 'order-1' })
  await acme.orders.complete('order-1')
  await acme.orders.create({ id: 'order-2' })
  await acme.orders.cancel('order-2')
  await t.rejects(acme.orders.cancel('order-1'), { statusCode: 409, message: /already finished/ })
  await t.rejects(acme.orders.cancel('order-2'), { statusCode: 409, message: /order-2 is already cancelled/ })
  await t.rejects(
    acme.orders.complete('order-2'),
    { statusCode: 409, message: /finished/i },
    'and a cancelled one cannot be completed',
  )
  await t.rejects(acme.orders.cancel('order-9'), { statusCode: 404, message: /order-9/ })
  await t.rejects(control.account('globex').orders.cancel('order-1'), { statusCode: 404, message: /order-1/ })
  t.match(await acme.orders.list(), [{ state: 'cancelled' }, { state: 'passed' }])
  const { status, body } = await call(url, 'GET', '/orders/order-2')
  t.match([status, body], [200, { data: { id: 'order-2' } }], 'it can still be read')
})

bothWays(
  'a result that is reported for a cancelled order is recorded, and its state follows',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t)
    await postOrder(url, { id: 'order-1' })
    await control.orders.cancel('order-1')
    await control.webhooks.add({ url: receiver.url })
    const report = (update: object) => call(url, 'PATCH', '/orders/order-1/result', update)
    const { status, headers } = await report({ summary: 'Half of it' })
    t.match([status, headers.get('x-sandbox-warning')], [200, /the recruiter has cancelled this order/])
    t.match(await control.orders.get('order-1'), { state: 'cancelled', result: { summary: 'Half of it' } })
    t.equal((await report({ result: null })).status, 200)
    t.match(
      await control.orders.get('order-1'),
      { state: 'cancelled' },
      'an outcome that is cleared does not revive it',
    )
    t.equal((await report({ result: { value: 'passed' } })).status, 200)
    t.match(await control.orders.get('order-1'), { state: 'passed' })
    t.match(await receiver.all(3), [{ json: { event: 'ats_assessments.updated' } }, {}, {}])
  },
)

bothWays(
  'a cancelled order does not expire',
  async (t, { control }) => {
    await control.orders.create({ id: 'order-1' })
    await control.orders.cancel('order-1')
    await control.clock.advance(61_000)
    t.match(await control.orders.get('order-1'), { state: 'cancelled' })
  },
  { clock: '2026-01-31T12:00:00.000Z', expireAfter: 60 },
)

t.test('an order that is reset while it is cancelled is unknown', async (t) => {
  const { store } = depsFor()
  await store.addOrder(storedOrder(), { events: [], requestId: null })
  const deps = { store: { ...store, updateOrder: async () => null } }
  await t.rejects(cancelOrder(deps, 'acme', 'order-1', null), errors.unknownOrder('order-1'))
})
