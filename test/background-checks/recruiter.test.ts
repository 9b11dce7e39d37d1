import t from 'tap'
import { ControlOrderSchema } from '../../schemas/control/orders'
import { bothWays } from '../support/both'
import { callChecks, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

bothWays(
  'a recruiter orders a background check: sample data, and the first package with its tests',
  async (t, { control }) => {
    const acme = control.account('acme')
    const made = await acme.orders.create({}, { kind: 'background_check' })
    t.strictSame(violationsOf(ControlOrderSchema, made), [])
    t.match(made, {
      kind: 'background_check',
      account: 'acme',
      state: 'ordered',
      order: {
        package: { id: 'check_basic', name: 'Basic check', tests: [{ name: 'Identity' }, { name: 'Right to work' }] },
        candidate: { first_name: /\w/ },
      },
    })
    t.notOk('updated_at' in (made.order.package ?? {}))
    t.equal((await acme.orders.create(undefined, { kind: 'background_check' })).kind, 'background_check')
    t.equal((await acme.orders.create({}, { kind: 'assessment' })).kind, 'assessment')
    t.match(await acme.orders.create(), { kind: 'assessment', order: { package: { id: /^pkg_/ } } })
  },
)

bothWays('a recruiter picks one of the packages that the account has', async (t, { url, control }) => {
  for (const id of ['check_basic', 'check_standard', 'check_executive', 'check_finance', 'check_driver'])
    await callChecks(url, 'DELETE', `/packages/${id}`)
  const { body } = await callChecks(url, 'POST', '/packages', { name: 'Pilots', tests: [{ name: 'Licence' }] })
  const { id, remote_id } = body['data'] as { id: string; remote_id: string }
  const acme = control.account('acme')
  const packageOf = async (ordered?: object) =>
    (await acme.orders.create(ordered && { package: ordered }, { kind: 'background_check' })).order.package
  t.match(await packageOf(), { id: 'check_references', tests: [{ name: 'References' }] })
  t.match(await packageOf({ id: remote_id, name: 'For pilots' }), {
    id,
    name: 'For pilots',
    tests: [{ name: 'Licence' }],
  })
  t.strictSame(await packageOf({ id: 'another' }), { id: 'another' })
  t.strictSame(await packageOf({ name: 'Mine', tests: [{ name: 'One' }] }), { name: 'Mine', tests: [{ name: 'One' }] })

  for (const each of ['check_references', id]) await callChecks(url, 'DELETE', `/packages/${each}`)
  t.equal(await packageOf(), null, 'there is none left')
  const elsewhere = await control.account('globex').orders.create({}, { kind: 'background_check' })
  t.match(elsewhere.order, { package: { id: 'check_basic' } })
})

bothWays('the body of a background check is checked by its own schema', async (t, { control }) => {
  const { orders } = control.account('acme')
  const kind = 'background_check'
  await t.rejects(orders.create({ package: { tests: 3 } } as never, { kind }), {
    statusCode: 400,
    message: /body\/package\/tests must be array or null/,
  })
  await t.rejects(orders.create({ remote: 'x' } as never, { kind }), {
    statusCode: 400,
    message: /body\/remote is not/,
  })
  t.match(await orders.create({ remote_id: 'x' }, { kind }), { kind })
  await t.rejects(orders.create({ remote_id: 'x' } as never), { statusCode: 400, message: /body\/remote_id is not/ })
  await t.rejects(orders.create({}, { kind: 'reference' as never }), { statusCode: 400, message: /kind/ })
})

bothWays('orders are listed and waited for by their kind', async (t, { url, control }) => {
  await postOrder(url, { id: 'assessment' })
  await callChecks(url, 'POST', '/orders', { id: 'check' })
  for (const [kind, id] of [
    ['assessment', 'assessment'],
    ['background_check', 'check'],
  ] as const) {
    t.strictSame(
      (await control.orders.list({ kind })).map((each) => each.id),
      [id],
    )
    t.match(await control.orders.waitFor({ kind }), { id, kind })
  }
})

bothWays('a background check is completed and cancelled as an assessment is', async (t, { control }) => {
  const { orders } = control.account('acme')
  const { id } = await orders.create({}, { kind: 'background_check' })
  t.match(await orders.complete(id, { result: 'failed', summary: 'A degree is invented' }), { state: 'failed' })
  await t.rejects(orders.complete(id), { statusCode: 409, message: /^This background check is already finished/ })
  await t.rejects(orders.cancel(id), { statusCode: 409, message: /^This background check is already finished/ })
})

t.test('POST /_sandbox/orders?kind=background_check needs no body, and no key', async (t) => {
  const { url } = await sandboxFor(t)
  const response = await fetch(`${url}/_sandbox/orders?kind=background_check`, { method: 'POST' })
  t.equal(response.status, 201)
  t.match(await response.json(), { kind: 'background_check', order: { package: { tests: [{ id: 'test_identity' }] } } })
  t.equal((await fetch(`${url}/_sandbox/orders?kind=check`, { method: 'POST' })).status, 400)
})

t.test('a snapshot keeps background checks, and refuses those that no answer could show', async (t) => {
  const sandbox = await sandboxFor(t)
  const { id } = await sandbox.account('acme').orders.create({}, { kind: 'background_check' })
  const snapshot = await sandbox.snapshot()
  await sandbox.reset()
  await sandbox.load(snapshot)
  t.match(await sandbox.account('acme').orders.get(id), { kind: 'background_check', state: 'ordered' })
  const [order] = snapshot.orders
  const broken = { ...snapshot, orders: [{ ...order, request: '{"package":{"tests":{}}}' }] }
  await t.rejects(sandbox.load(broken), { statusCode: 422, message: /body\/package\/tests must be array or null/ })
})
