import t from 'tap'
import { BackgroundCheckPayloadSchema, SyntheticPayloadSchema } from '../../schemas/deliveries'
import { webhookEvents } from '../../schemas/events'
import { verifySignature } from '../../src/index'
import { receiverFor } from '../support/receiver'
import { call, callChecks, depsFor, fullOrder, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

/** A background check with every field of the contract. */
const fullCheck = {
  ...fullOrder,
  id: 'check-7',
  remote_id: 'prov-order-15',
  package: {
    id: 'check_standard',
    remote_id: 'prov-check-2',
    name: 'Standard check',
    description: 'Identity, employment, education and references',
    tests: [{ id: 'test_identity', remote_id: 'prov-test-1', name: 'Identity', description: 'Compares a passport' }],
  },
  application: { ...fullOrder.application, application_status: { value: 'background_check', source_value: 'Check' } },
}

t.test('a background check is ordered as an assessment is', async (t) => {
  const sandbox = await sandboxFor(t)
  const { status, headers, body } = await callChecks(sandbox.url, 'POST', '/orders', fullCheck)
  t.equal(status, 200)
  t.equal(headers.get('x-sandbox-warning'), null)
  t.strictSame(Object.keys(body), ['id', 'remote_id', 'test_url'])
  t.match(body, { id: 'check-7', remote_id: /^[\da-f-]{36}$/ })
  t.equal((await fetch(String(body['test_url']))).status, 200)
  t.match(await sandbox.account('acme').orders.get('check-7'), {
    kind: 'background_check',
    state: 'initiated',
    order: { ...fullCheck, remote_id: body['remote_id'] },
  })
  t.match(await callChecks(sandbox.url, 'POST', '/orders', {}), { status: 200, body: { id: /^[\da-f-]{36}$/ } })
})

t.test('a background check that breaks the schema is refused, in its own parts too', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [body, error] of [
    [{ remote_id: 3 }, 'body/remote_id must be string or null'],
    [{ package: { tests: {} } }, 'body/package/tests must be array or null'],
    [{ candidate: { emails: 'x' } }, 'body/candidate/emails must be array or null'],
  ] as const)
    t.match(await callChecks(url, 'POST', '/orders', body), { status: 400, body: { errors: [error] } })
  const { headers } = await callChecks(url, 'POST', '/orders', { package: { test: [] } })
  t.match(headers.get('x-sandbox-warning'), /body\/package\/test is not a property .* did you mean tests\?/)
  t.match((await postOrder(url, { remote_id: 'x' })).headers.get('x-sandbox-warning'), /body\/remote_id/)
})

t.test('background checks are idempotent: the same id and body is the same order, another body is 409', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await callChecks(url, 'POST', '/orders', fullCheck)
  const again = await callChecks(url, 'POST', '/orders', fullCheck)
  t.strictSame(again.body, first.body)
  t.match(again.headers.get('x-sandbox-warning'), /^body\/id is the id of an earlier order/)
  t.equal((await callChecks(url, 'POST', '/orders', { ...fullCheck, job: null })).status, 409)
})

t.test('both kinds of orders share the ids of an account, and never answer for each other', async (t) => {
  const { url } = await sandboxFor(t)
  await postOrder(url, { id: 'assessment' })
  await callChecks(url, 'POST', '/orders', { id: 'check' })
  t.equal((await callChecks(url, 'POST', '/orders', { id: 'assessment' })).status, 409)
  t.equal((await postOrder(url, { id: 'check' })).status, 409)
  t.equal((await callChecks(url, 'PATCH', '/orders/assessment/result', { summary: 'x' })).status, 404)
  t.equal((await call(url, 'PATCH', '/orders/check/result', { summary: 'x' })).status, 404)
  t.equal((await call(url, 'GET', '/orders/check')).status, 404)
  t.equal((await callChecks(url, 'GET', '/orders/check')).status, 404, 'StackOne has no such read')
})

t.test('the result of a background check can be reported, by id or remote id', async (t) => {
  const sandbox = await sandboxFor(t, { clock: '2026-03-01T09:00:00.000Z' })
  const { body } = await callChecks(sandbox.url, 'POST', '/orders', fullCheck)
  t.strictSame(
    (await callChecks(sandbox.url, 'PATCH', '/orders/check-7/result', { result: { value: 'in_progress' } })).body,
    { statusCode: 200, message: 'Record updated successfully.', timestamp: '2026-03-01T09:00:00.000Z' },
  )
  const path = `/orders/${String(body['remote_id'])}/result`
  const report = { result: { value: 'passed' }, summary: 'Clear' }
  t.equal((await callChecks(sandbox.url, 'PATCH', path, report)).status, 200)
  t.match(await sandbox.account('acme').orders.get('check-7'), { state: 'passed', result: report })
  const again = await callChecks(sandbox.url, 'PATCH', path, report)
  t.match(again.headers.get('x-sandbox-warning'), 'body changes nothing that was reported before')
})

t.test('account, key, heartbeat, faults and the rate limit work for background checks', async (t) => {
  const sandbox = await sandboxFor(t, { rateLimit: 4 })
  const { url } = sandbox
  const order = (headers: Record<string, string> = {}) => callChecks(url, 'POST', '/orders', {}, headers)
  t.equal((await order({ authorization: 'Basic eDo=' })).status, 401)
  t.equal((await order({ 'x-account-id': ' ' })).status, 400)
  t.equal((await order({ 'x-account-id': 'sandbox-refused' })).status, 422)
  t.equal((await order({ prefer: 'heartbeat' })).headers.get('preference-applied'), 'heartbeat')
  await sandbox.faults.add({ on: 'background_checks.orders.create', status: 502 })
  t.equal((await order()).status, 502)
  t.equal((await postOrder(url, {})).status, 200)
  t.match(await order(), { status: 429, body: { errorCode: 'TooManyRequestsError' } }, 'one limit for both APIs')
  t.equal((await sandbox.requests.list({ operation: 'background_checks.orders.create' })).total, 6)
})

t.test('an e-mail address of the candidate can decide how a background check ends', async (t) => {
  const sandbox = await sandboxFor(t)
  const candidate = { emails: [{ value: 'mia+failed@example.com' }] }
  await callChecks(sandbox.url, 'POST', '/orders', { id: 'check', candidate })
  t.match(await sandbox.account('acme').orders.get('check'), {
    kind: 'background_check',
    state: 'failed',
    result: { result: { value: 'failed' } },
  })
})

t.test('a package that the account does not have gets a warning once it has packages of its own', async (t) => {
  const { url } = await sandboxFor(t)
  const warningFor = async (ordered: object | null) =>
    (await callChecks(url, 'POST', '/orders', { package: ordered })).headers.get('x-sandbox-warning')
  t.equal(await warningFor({ id: 'check_standrad' }), null, 'the built-in packages are invented')
  await callChecks(url, 'DELETE', '/packages/check_driver')
  t.equal(
    await warningFor({ id: 'check_standrad' }),
    "body/package/id is not in the account's packages of background checks; the nearest there is check_standard",
  )
  t.match(await warningFor({ id: 'check_driver' }), /^body\/package\/id is not in/)
  t.match(await warningFor({ name: 'Nothing', nmae: 'x' }), /body\/package\/nmae .*; body\/package\/name is not in/)
  for (const fine of [{ id: 'prov-check-2' }, { name: 'Standard check' }, {}, null])
    t.equal(await warningFor(fine), null)
})

t.test('strict: a package that the account does not have is refused, and nothing is ordered', async (t) => {
  const sandbox = await sandboxFor(t, { strict: 'on' })
  await callChecks(sandbox.url, 'DELETE', '/packages/check_driver')
  const refused = await callChecks(sandbox.url, 'POST', '/orders', { package: { id: 'check_driver' } })
  t.match(refused, { status: 400, body: { message: /body\/package\/id is not in/ } })
  t.equal((await sandbox.orders.list()).total, 0)
})

t.test('an order is answered with 500 when its package cannot be looked up', async (t) => {
  const { records } = depsFor()
  const failing = { ...records, list: () => Promise.reject(new Error('no records')) }
  const { url } = await sandboxFor(t, {}, { records: failing })
  t.match(await callChecks(url, 'POST', '/orders', {}), { status: 500, body: { statusCode: 500 } })
})

t.test('webhooks are notified of background checks: native events hold the order with its tests', async (t) => {
  const receiver = await receiverFor(t)
  const sandbox = await sandboxFor(t)
  const secret = 'whsec_check'
  await sandbox.webhooks.add({ url: receiver.url, secret, events: [...webhookEvents] })
  const { body } = await callChecks(sandbox.url, 'POST', '/orders', { ...fullCheck, results_update_url: null })
  const remoteId = body['remote_id']
  await callChecks(sandbox.url, 'PATCH', '/orders/check-7/result', { result: { value: 'in_progress' } })
  await sandbox.account('acme').orders.cancel('check-7')

  const received = await receiver.all(3)
  t.strictSame(
    received.map(({ json }) => json['event']),
    ['background_check_order.created', 'background_check_order.updated', 'background_check_order.deleted'],
  )
  for (const { raw, headers, json } of received) {
    t.ok(verifySignature(raw, headers['x-stackone-signature'], secret))
    t.strictSame(violationsOf(BackgroundCheckPayloadSchema, json), [])
    t.match(json, {
      account_id: 'acme',
      record_type: 'background_check_order',
      record_id: 'check-7',
      record_remote_id: remoteId,
      event_data: { id: 'check-7', remote_id: remoteId, application_id: 'app_1029', candidate_id: 'cand_31' },
    })
    t.strictSame((json['event_data'] as typeof fullCheck).package, fullCheck.package)
  }
  t.match(received[1]?.json['event_data'], { result: { result: { value: 'in_progress' } } })
  t.match(received[0]?.json['raw_event'], {
    body: { type: 'background_check_order.created', background_check_order_id: remoteId },
  })
})

t.test('synthetic events of background checks hold neither the order nor the event of the ATS', async (t) => {
  const receiver = await receiverFor(t)
  const sandbox = await sandboxFor(t)
  const events = ['background_check_order.created'] as const
  await sandbox.webhooks.add({ url: receiver.url, secret: 'x', events: [...events], style: 'synthetic' })
  await callChecks(sandbox.url, 'POST', '/orders', { id: 'check-7' })
  const [received] = await receiver.all(1)
  t.strictSame(violationsOf({ ...SyntheticPayloadSchema, additionalProperties: false }, received?.json), [])
  t.match(received?.json, { record_type: 'background_check_order', record_id: 'check-7' })
})

t.test('the result of a background check is sent to results_update_url', async (t) => {
  const receiver = await receiverFor(t)
  const { url } = await sandboxFor(t)
  await callChecks(url, 'POST', '/orders', { id: 'check-7', results_update_url: `${receiver.url}/results` })
  await callChecks(url, 'PATCH', '/orders/check-7/result', { result: { value: 'passed' } })
  t.match(await receiver.all(1), [{ method: 'PATCH', path: '/results', json: { result: { value: 'passed' } } }])
})
