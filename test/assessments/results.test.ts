import t from 'tap'
import { AssessmentPackageSchema } from '../../schemas/assessment-package'
import { Envelope, Page } from '../../schemas/envelope'
import { OrderPlacedSchema, OrderSchema } from '../../schemas/order'
import {
  attachmentKinds,
  ResultSchema,
  type ResultUpdate,
  ResultUpdatedSchema,
  resultValues,
} from '../../schemas/result'
import { findOrder } from '../../src/assessments/find-order'
import { placeOrder } from '../../src/assessments/place-order'
import { recordResult } from '../../src/assessments/record-result'
import { errors } from '../../src/errors'
import { call, depsFor, fullOrder, sandboxFor, storedOrder, violationsOf } from '../support/sandbox'

const order = `/orders/${fullOrder.id}`

t.test('an order is read back with its published properties and its ids', async (t) => {
  const { url } = await sandboxFor(t)
  const placed = await call(url, 'POST', '/orders', { ...fullOrder, brand_new: 1 })
  const { status, body } = await call(url, 'GET', order)

  t.equal(status, 200)
  const { passthrough, ...read } = fullOrder
  t.strictSame(body, { data: { ...read, remote_id: placed.body['remote_id'] } })
})

t.test('source_value may be any JSON and comes back unchanged', async (t) => {
  const { url } = await sandboxFor(t)
  for (const source_value of ['Hired', 1.5, false, { a: { b: 1 } }, ['x', 1, { y: null }], null]) {
    const placed = await call(url, 'POST', '/orders', {
      application: { application_status: { value: null, source_value } },
    })
    const { body } = await call(url, 'GET', `/orders/${placed.body['id'] as string}?fields=application`)
    t.strictSame(body, { data: { application: { application_status: { value: null, source_value } } } })
  }
})

t.test('an order of another account, an unknown order and a missing result get 404', async (t) => {
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', fullOrder)
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['GET', '/results', undefined],
    ['PATCH', '/result', {}],
  ] as const) {
    t.match(await call(url, method, `/orders/nope${path}`, body), {
      status: 404,
      body: { message: 'Order nope not found' },
    })
    t.match(await call(url, method, order + path, body, { 'x-account-id': 'globex' }), { status: 404 })
  }
  const none = await call(url, 'GET', `${order}/results`)
  t.match(none, { status: 404, body: { message: 'Order order-2041 has no result' } })
  t.match(none.headers.get('x-sandbox-hint'), 'PATCH /orders/{id}/result')
})

t.test('a result update is merged: missing properties stay, null clears', async (t) => {
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', fullOrder)
  const patch = async (body: object) => {
    const { status, body: answer } = await call(url, 'PATCH', `${order}/result`, body)
    t.equal(status, 200)
    t.match(answer, { statusCode: 200, message: 'Record updated successfully.', timestamp: /^\d{4}-.*Z$/ })
  }
  await patch({
    score: { value: '80', max: '100' },
    summary: 'Good',
    result: { value: 'in_progress' },
    start_date: null,
  })
  await patch({ score: { value: '92' }, summary: null, result: { value: 'passed', source_value: ['any', 1] } })

  const { status, body } = await call(url, 'GET', `${order}/results`)
  t.equal(status, 200)
  t.strictSame(violationsOf(Envelope(ResultSchema, ''), body), [])
  const { id, remote_id, ...rest } = body['data'] as Record<string, unknown>
  t.match(id, /^[\da-f-]{36}$/)
  t.match(remote_id, /^[\da-f-]{36}$/)
  t.strictSame(rest, {
    candidate: { id: 'cand_31', remote_id: 'ats-cand-5', profile_url: 'https://ats.example.com/candidates/31' },
    score: { value: '92', max: '100' },
    start_date: null,
    summary: null,
    result: { value: 'passed', source_value: ['any', 1] },
  })
})

t.test('the test page shows the state of the result', async (t) => {
  const { url } = await sandboxFor(t)
  const placed = await call(url, 'POST', '/orders', fullOrder)
  const state = async () =>
    /State<\/dt>\s*<dd>(\w+)/.exec(await (await fetch(placed.body['test_url'] as string)).text())?.[1]
  t.equal(await state(), 'initiated')
  for (const value of resultValues) {
    await call(url, 'PATCH', `${order}/result`, { result: { value } })
    t.equal(await state(), value)
  }
  await call(url, 'PATCH', `${order}/result`, { summary: 'Still so' })
  t.equal(await state(), 'unmapped_value')
  for (const result of [{ value: null }, null]) {
    await call(url, 'PATCH', `${order}/result`, { result: { value: 'passed' } })
    await call(url, 'PATCH', `${order}/result`, { result })
    t.equal(await state(), 'initiated')
  }
})

t.test('an unopened order goes back to ordered when its result is cleared', async (t) => {
  const deps = depsFor()
  const facts = { kind: 'assessment', accountId: 'acme', requestId: null } as const
  await placeOrder(deps, { ...facts, request: { id: 'order-1' }, requestText: '{"id":"order-1"}', origin: '' })
  const report = (update: ResultUpdate) => recordResult(deps, { ...facts, orderId: 'order-1', update })
  t.equal((await report({ result: { value: 'expired' } })).order.state, 'expired')
  t.equal((await report({ result: null })).order.state, 'ordered')
})

t.test('an invalid result gets 400 naming each field, and changes nothing', async (t) => {
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', fullOrder)
  const { status, body } = await call(url, 'PATCH', `${order}/result`, {
    score: { value: 80 },
    result: { value: 'won' },
    start_date: 'yesterday',
  })
  t.equal(status, 400)
  t.strictSame((body['message'] as string).split('; ').sort(), [
    `body/result/value must be one of ${resultValues.join(', ')} or null`,
    'body/score/value must be string or null',
    'body/start_date must be a date-time such as 2026-01-31T09:30:00.000Z',
  ])
  t.equal((await call(url, 'GET', `${order}/results`)).status, 404)
})

t.test('twenty concurrent updates are all kept', async (t) => {
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', fullOrder)
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      call(url, 'PATCH', `${order}/result`, { notes: { [`part ${String(i)}`]: i } }),
    ),
  )
  const { body } = await call(url, 'GET', `${order}/results?raw=true`)
  const [shown] = body['raw'] as { response: { notes: object } }[]
  t.equal(Object.keys(shown?.response.notes ?? {}).length, 20)
})

t.test('a result with every property is read back as reported', async (t) => {
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', fullOrder)
  const reported = {
    score: { label: 'Percentage', value: '92', min: '0', max: '100' },
    start_date: '2026-11-23T09:30:00.000Z',
    submission_date: '2026-11-23T10:10:00.000Z',
    summary: 'Solid',
    result: { value: 'passed', source_value: { any: [1] } },
    result_url: 'https://provider.example.com/results/77',
    attachments: [{ url: 'https://provider.example.com/77.pdf', content_type: { value: 'text', source_value: 7 } }],
  }
  const update = {
    ...reported,
    id: 'result-77',
    remote_id: 5,
    passthrough: { a: 1 },
    extra: 1,
    candidate: { id: 'cand_31', remote_id: [1] },
  }
  t.equal((await call(url, 'PATCH', `${order}/result`, update)).status, 200)
  const { status, body } = await call(url, 'GET', `${order}/results`)
  t.equal(status, 200)
  const { id, remote_id, ...rest } = body['data'] as Record<string, unknown>
  for (const identifier of [id, remote_id]) t.match(identifier, /^[\da-f-]{36}$/)
  t.strictSame(rest, {
    ...reported,
    candidate: { id: 'cand_31', remote_id: 'ats-cand-5', profile_url: 'https://ats.example.com/candidates/31' },
  })
})

t.test('an id in the body of a result is an unknown property, not the id of the result', async (t) => {
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', { id: 'order-1' })
  const ids = new Set<unknown>()
  for (const id of ['result-77', 7, null, { a: 1 }]) {
    t.equal((await call(url, 'PATCH', '/orders/order-1/result', { id, summary: 'x' })).status, 200)
    const { body } = await call(url, 'GET', '/orders/order-1/results?fields=id')
    ids.add((body['data'] as { id: string }).id)
  }
  t.equal(ids.size, 1, 'the id stays the same after the first report')
  t.match([...ids], [/^[\da-f-]{36}$/])
})

t.test('an unknown kind of attachment gets 400 with the list', async (t) => {
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', { id: 'order-1' })
  const attachments = [{ content_type: { value: 'audio' } }]
  t.match(await call(url, 'PATCH', '/orders/order-1/result', { attachments }), {
    status: 400,
    body: {
      message: `body/attachments/0/content_type/value must be one of ${attachmentKinds.join(', ')} or null`,
    },
  })
})

t.test("a result has the order's candidate, unless another one or null is reported", async (t) => {
  const { url } = await sandboxFor(t)
  const candidateAfter = async (id: string, candidate: unknown) => {
    await call(url, 'PATCH', `/orders/${id}/result`, candidate === undefined ? { summary: 'x' } : { candidate })
    const { body } = await call(url, 'GET', `/orders/${id}/results?fields=candidate`)
    return body['data']
  }
  const ordered = { id: 'cand_31', remote_id: 'ats-cand-5', profile_url: 'https://ats.example.com/candidates/31' }
  await call(url, 'POST', '/orders', { id: 'named', candidate: ordered })
  t.strictSame(await candidateAfter('named', undefined), { candidate: ordered })
  t.strictSame(await candidateAfter('named', { profile_url: null }), { candidate: { ...ordered, profile_url: null } })
  t.strictSame(await candidateAfter('named', { id: 'other' }), { candidate: { id: 'other', profile_url: null } })
  t.strictSame(await candidateAfter('named', null), { candidate: null })

  await call(url, 'POST', '/orders', { id: 'unnamed' })
  t.strictSame(await candidateAfter('unnamed', undefined), {})
  t.strictSame(await candidateAfter('unnamed', {}), { candidate: {} })
  t.strictSame(await candidateAfter('unnamed', { id: 'mia' }), { candidate: { id: 'mia' } })
})

t.test('source values are replaced as a whole, and an empty report records no result', async (t) => {
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', fullOrder)
  t.equal((await call(url, 'PATCH', `${order}/result`, {})).status, 200)
  t.equal((await call(url, 'GET', `${order}/results`)).status, 404)
  await call(url, 'PATCH', `${order}/result`, { result: { source_value: { a: 1 } } })
  await call(url, 'PATCH', `${order}/result`, { result: { source_value: { b: 2 } } })
  const { body } = await call(url, 'GET', `${order}/results?fields=result`)
  t.strictSame(body, { data: { result: { source_value: { b: 2 } } } })
})

t.test('every response conforms to its schema, with nothing undeclared', async (t) => {
  const { url } = await sandboxFor(t)
  const placed = await call(url, 'POST', '/orders', fullOrder)
  const updated = await call(url, 'PATCH', `${order}/result`, { score: { value: '92' }, extra: 1 })
  const answers = [
    [OrderPlacedSchema, placed],
    [ResultUpdatedSchema, updated],
    ...(await Promise.all(
      ['', '?raw=true'].flatMap((query) =>
        (
          [
            [Envelope(OrderSchema, ''), order],
            [Envelope(ResultSchema, ''), `${order}/results`],
            [Page(AssessmentPackageSchema, ''), '/packages'],
            [Envelope(AssessmentPackageSchema, ''), '/packages/pkg_sql_queries'],
          ] as const
        ).map(async ([schema, path]) => [schema, await call(url, 'GET', path + query)] as const),
      ),
    )),
  ] as const
  t.equal(answers.length, 10)
  for (const [schema, { status, body }] of answers) {
    t.equal(status, 200)
    t.strictSame(violationsOf(closed(schema), body), [])
  }
})

/** `schema` without undeclared properties, unless it allows them explicitly. */
function closed(schema: object): object {
  const inner = Object.entries(schema).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'object' && value !== null && !Array.isArray(value) ? closed(value) : value,
  ])
  const isClosable = 'properties' in schema && 'type' in schema && !('additionalProperties' in schema)
  return { ...(Object.fromEntries(inner) as object), ...(isClosable && { additionalProperties: false }) }
}

t.test('a merged result may have 2 MiB, and shrink again', async (t) => {
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', fullOrder)
  const note = 'x'.repeat(900_000)
  const report = (body: object) => call(url, 'PATCH', `${order}/result`, body)
  for (const name of ['first', 'second']) t.equal((await report({ [name]: note })).status, 200)
  const refused = await report({ third: note })
  t.match(refused, { status: 422, body: { message: /larger than 2 MiB/ } })
  t.match(refused.headers.get('x-sandbox-hint'), 'clear properties with null')
  t.equal((await report({ second: null, third: note })).status, 200)
})

t.test('the result of an order of another kind cannot be reported as that of an assessment', async (t) => {
  const deps = depsFor()
  await deps.store.addOrder(storedOrder({ kind: 'background_check' }), { events: [], requestId: null })
  const report = { accountId: 'acme', orderId: 'order-1', update: { summary: 'Solid' }, requestId: null }
  await t.rejects(recordResult(deps, { kind: 'assessment', ...report }), errors.unknownOrder('order-1'))
  await recordResult(deps, { kind: 'background_check', ...report })
  t.match(await deps.store.findOrder('acme', 'order-1'), { result: /Solid/ })
  t.equal((await findOrder(deps.store, 'acme', 'order-1', 'background_check')).id, 'order-1')
  await t.rejects(findOrder(deps.store, 'acme', 'order-1', 'assessment'), errors.unknownOrder('order-1'))
  const again = { request: { id: 'order-1' }, requestText: '{"id":"order-1"}', origin: 'http://127.0.0.1' }
  await t.rejects(
    placeOrder(deps, { kind: 'assessment', accountId: 'acme', ...again, requestId: null }),
    errors.orderConflict('order-1', false),
    'both kinds share the ids of an account',
  )
})
