import type { ControlOrder } from '../../schemas/control/orders'
import t from 'tap'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { sandboxFor } from '../support/sandbox'

const tally = (values: readonly string[]) =>
  Object.fromEntries(
    [...new Set(values)].sort().map((value) => [value, values.filter((each) => each === value).length]),
  )

const all = { limit: 100 }

bothWays('demo data is sixty orders of both kinds, about different people, in every state', async (t, { control }) => {
  const acme = control.account('acme')
  t.equal(await acme.orders.createDemo(), 60)
  const orders: ControlOrder[] = await acme.orders.list(all)
  t.equal(orders.length, 60)
  t.strictSame(tally(orders.map(({ kind }) => kind)), { assessment: 50, background_check: 10 })
  t.strictSame(tally(orders.map(({ state }) => state)), {
    cancelled: 10,
    completed: 5,
    expired: 5,
    failed: 10,
    in_progress: 5,
    initiated: 5,
    ordered: 5,
    passed: 15,
  })
  t.equal(new Set(orders.map(({ order }) => order.application?.id)).size, 60)
  t.ok(new Set(orders.map(({ order }) => order.package?.id)).size > 3)
  const scores = orders.filter(({ state }) => state === 'passed').map(({ result }) => Number(result?.score?.value))
  t.ok(scores.every((score) => score >= 60 && score <= 100))
  t.strictSame(await control.account('globex').orders.list(all), [], 'other accounts have none')
})

t.test('demo data asks the packages endpoint once, and orders what it offers', async (t) => {
  const provider = await receiverFor(t, (response) => {
    const data = ['pkg_a', 'pkg_b'].map((id) => ({ id, name: id }))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }))
  })
  const sandbox = await sandboxFor(t)
  const acme = sandbox.account('acme')
  await acme.packages.setEndpoint({ url: provider.url })
  await acme.orders.createDemo()
  t.equal(provider.received.length, 1)
  const assessments = await acme.orders.list({ kind: 'assessment', ...all })
  t.strictSame(tally(assessments.map(({ order }) => order.package?.id ?? '')), { pkg_a: 30, pkg_b: 20 })
})

t.test('without a working packages endpoint there is no demo data, and the reason is told', async (t) => {
  const provider = await receiverFor(t, (response) => {
    response.writeHead(500).end()
  })
  const sandbox = await sandboxFor(t)
  const acme = sandbox.account('acme')
  await acme.packages.setEndpoint({ url: provider.url })
  await t.rejects(acme.orders.createDemo(), { message: /500/ })
  t.strictSame(await acme.orders.list(), [])
})

t.test('demo data that would not fit creates nothing', async (t) => {
  const sandbox = await sandboxFor(t, { maxOrders: 60 })
  const acme = sandbox.account('acme')
  await acme.orders.create()
  await t.rejects(acme.orders.createDemo(), { message: /60/ })
  t.equal((await acme.orders.list()).length, 1)
})

t.test('demo data needs no applications in the ATS', async (t) => {
  const sandbox = await sandboxFor(t, { ats: {} })
  t.equal(await sandbox.account('acme').orders.createDemo(), 60)
})
