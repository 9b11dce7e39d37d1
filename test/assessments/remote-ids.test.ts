import t from 'tap'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { call, postOrder, sandboxFor } from '../support/sandbox'

t.test('orders are read and results reported by remote id too', async (t) => {
  const { url, requests } = await sandboxFor(t)
  const placed = await postOrder(url, { id: 'order-1', candidate: { id: 'cand_31', remote_id: 'ats-cand-5' } })
  const remote = String(placed.body['remote_id'])
  t.match((await call(url, 'GET', `/orders/${remote}`)).body, { data: { id: 'order-1', remote_id: remote } })
  t.equal((await call(url, 'GET', `/orders/${remote}/results`)).status, 404)
  const update = { result: { value: 'passed' }, candidate: { id: 'ats-cand-5' } }
  t.equal((await call(url, 'PATCH', `/orders/${remote}/result`, update)).status, 200)
  for (const id of ['order-1', remote])
    t.match((await call(url, 'GET', `/orders/${id}/results`)).body, {
      data: { result: { value: 'passed' }, candidate: { id: 'cand_31', remote_id: 'ats-cand-5' } },
    })
  t.equal((await requests.list({ orderId: 'order-1' })).total, 6, 'the journal lists them all under one id')

  const elsewhere = { 'x-account-id': 'globex' }
  for (const [method, path, body] of [
    ['GET', `/orders/${remote}`, undefined],
    ['PATCH', `/orders/${remote}/result`, update],
  ] as const)
    t.equal((await call(url, method, path, body, elsewhere)).status, 404, 'another account has no such order')
})

t.test('an id takes precedence over the same remote id', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await postOrder(url, { id: 'order-1' })
  const remote = String(first.body['remote_id'])
  const second = await postOrder(url, { id: remote })
  t.match((await call(url, 'GET', `/orders/${remote}`)).body, { data: { remote_id: second.body['remote_id'] } })
})

t.test('a candidate without an id is identified by remote_id', async (t) => {
  const { url } = await sandboxFor(t)
  await postOrder(url, { id: 'order-1', candidate: { remote_id: 'ats-cand-5' } })
  await call(url, 'PATCH', '/orders/order-1/result', { candidate: { id: 'ats-cand-5' } })
  t.match((await call(url, 'GET', '/orders/order-1/results')).body, {
    data: { candidate: { id: 'ats-cand-5', remote_id: 'ats-cand-5' } },
  })
})

t.test('packages are read and ordered by remote id too', async (t) => {
  const { url, orders } = await sandboxFor(t)
  t.match((await call(url, 'GET', '/packages/prov-108')).body, {
    data: { id: 'pkg_sql_queries', remote_id: 'prov-108' },
  })
  t.match(await orders.create({ package: { id: 'prov-108' } }), {
    order: { package: { id: 'pkg_sql_queries', remote_id: 'prov-108', name: 'SQL queries' } },
  })
})

bothWays(
  'the control API finds an order, its requests and its deliveries by remote id',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t)
    const acme = control.account('acme')
    const order = {
      id: 'order-1',
      candidate: { id: 'cand_31', remote_id: 'ats-cand-5' },
      package: { id: 'pkg_1', remote_id: 'prov-1' },
      job: { id: 'job_1', remote_id: 'ats-job-1' },
      results_update_url: receiver.url,
    }
    const remote = String((await postOrder(url, order)).body['remote_id'])
    await postOrder(url, { id: 'order-2', results_update_url: receiver.url })
    t.match(await acme.orders.get(remote), { id: 'order-1' })
    t.match(await acme.orders.complete(remote), { id: 'order-1', state: 'passed' })
    for (const filter of [
      { id: remote },
      { candidate: { id: 'ats-cand-5' } },
      { package: { id: 'prov-1' } },
      { job: { id: 'ats-job-1' } },
    ])
      t.match(await acme.orders.list(filter), { total: 1, 0: { id: 'order-1' } }, JSON.stringify(filter))
    t.match(await acme.orders.waitFor({ id: remote }), { id: 'order-1' })
    t.match(await acme.deliveries.waitFor({ orderId: remote, status: 'delivered' }), { orderId: 'order-1' })
    t.match(await acme.requests.list({ orderId: remote }), { total: 1, requests: [{ orderId: 'order-1' }] })
    t.match(await acme.requests.waitFor({ orderId: remote }), { orderId: 'order-1' })
    t.match(await acme.requests.verify({ orderId: remote }, { count: 1 }), { matched: 1 })
    t.match(await acme.requests.match({ orderId: remote }), { matched: 1 })

    await acme.reset()
    await t.rejects(acme.orders.get(remote), { statusCode: 404, message: /not found/ })
    await postOrder(url, order)
    await control.reset()
    t.equal((await control.orders.list({ id: remote })).total, 0)
  },
)
