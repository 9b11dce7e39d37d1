import t from 'tap'
import { fullOrder, ordersPath, postOrder, sandboxFor } from './support'

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

t.test('an order with every field is answered with its id, a remote id and the address of the test', async (t) => {
  const { url } = await sandboxFor(t)
  const { status, headers, body } = await postOrder(url, fullOrder)

  t.equal(status, 200)
  t.equal(headers.get('content-type'), 'application/json; charset=utf-8')
  t.match(body, {
    id: 'order-2041',
    remote_id: uuid,
    test_url: new RegExp(`^${url}/tests/[\\w-]{22}$`),
  })
  t.strictSame(Object.keys(body), ['id', 'remote_id', 'test_url'])
})

t.test('an empty order is a valid one and gets a new id each time', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await postOrder(url, {})
  const second = await postOrder(url, {})

  t.match(first.body['id'], uuid)
  t.match(second.body['id'], uuid)
  t.not(first.body['id'], second.body['id'])
  t.not(first.body['test_url'], second.body['test_url'])
})

t.test('null stands for a property that is left out, the id included', async (t) => {
  const { url } = await sandboxFor(t)
  const nothing = Object.fromEntries(Object.keys(fullOrder).map((name) => [name, null]))
  const { status, body } = await postOrder(url, nothing)

  t.equal(status, 200)
  t.match(body['id'], uuid)
})

t.test('every id that is a string is kept as it is', async (t) => {
  const { url } = await sandboxFor(t)
  for (const id of ['', ' ', '__proto__', 'constructor', 'ünïcode-😀', 'x'.repeat(1_000)]) {
    const { status, body } = await postOrder(url, { id })
    t.equal(status, 200)
    t.equal(body['id'], id)
  }
})

t.test('unknown properties are accepted, wherever they are', async (t) => {
  const { url } = await sandboxFor(t)
  const { status } = await postOrder(
    url,
    '{"brand_new":1,"__proto__":{"a":1},"constructor":{"prototype":2},"candidate":{"shoe_size":[43]}}',
  )
  t.equal(status, 200)
})

t.test('unknown properties are kept with the order: another value is another order', async (t) => {
  const { url } = await sandboxFor(t)
  const bodies = [
    ['{"id":"a","brand_new":1}', '{"id":"a","brand_new":2}'],
    ['{"id":"b","candidate":{"shoe_size":[43]}}', '{"id":"b","candidate":{"shoe_size":[44]}}'],
    ['{"id":"c","__proto__":{"x":1}}', '{"id":"c","__proto__":{"x":2}}'],
  ] as const
  for (const [first, other] of bodies) {
    const placed = await postOrder(url, first)
    t.equal((await postOrder(url, other)).status, 409)
    t.strictSame((await postOrder(url, ` ${first}`)).body, placed.body)
  }
})

t.test('Prefer: heartbeat is confirmed, also beside other preferences and on errors', async (t) => {
  const { url } = await sandboxFor(t)
  const applied = async (prefer: string, body: unknown = {}) =>
    (await postOrder(url, body, { prefer })).headers.get('preference-applied')

  t.equal(await applied('heartbeat'), 'heartbeat')
  t.equal(await applied('respond-async, Heartbeat'), 'heartbeat')
  t.equal(await applied('heartbeat', { id: 3 }), 'heartbeat')
  t.equal(await applied('return=minimal'), null)
  t.equal((await postOrder(url, {})).headers.get('preference-applied'), null)
})

t.test('the same order again is answered with the same answer, byte for byte', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await postOrder(url, fullOrder)
  const again = await postOrder(url, fullOrder)
  const reordered = await postOrder(
    url,
    JSON.stringify(Object.fromEntries(Object.entries(fullOrder).reverse()), null, 4),
  )
  const elsewhere = await postOrder(url.replace('127.0.0.1', 'localhost'), fullOrder)

  for (const repeated of [again, reordered, elsewhere]) t.strictSame(repeated.body, first.body)
})

t.test('twenty equal orders at once make one order', async (t) => {
  const { url } = await sandboxFor(t, { maxOrders: 1 })
  const answers = await Promise.all(Array.from({ length: 20 }, () => postOrder(url, fullOrder)))

  t.equal(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size, 1)
  t.equal(answers[0]?.status, 200)
})

t.test('the id of another order with another body is a conflict and changes nothing', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await postOrder(url, fullOrder)
  const other = await postOrder(url, { ...fullOrder, job: { title: 'Front-end engineer' } })

  t.equal(other.status, 409)
  t.match(other.body, { errorCode: 'ConflictError', message: 'An order with the id order-2041 exists already' })
  t.strictSame((await postOrder(url, fullOrder)).body, first.body)
})

t.test('each account has ids of its own', async (t) => {
  const { url } = await sandboxFor(t)
  const acme = await postOrder(url, { id: 'order-1' }, { 'x-account-id': 'acme' })
  const globex = await postOrder(url, { id: 'order-1', job: {} }, { 'x-account-id': 'globex' })

  t.equal(globex.status, 200)
  t.not(globex.body['test_url'], acme.body['test_url'])
})

t.test('the order past the limit is refused with the name of the setting, and the earlier ones stay', async (t) => {
  const { url } = await sandboxFor(t, { maxOrders: 2 })
  const first = await postOrder(url, { id: 'one' })
  await postOrder(url, { id: 'two' }, { 'x-account-id': 'globex' })
  const third = await postOrder(url, { id: 'three' })

  t.equal(third.status, 422)
  t.equal(third.body['message'], 'The sandbox holds 2 orders, which is its limit')
  t.match(third.headers.get('x-sandbox-hint'), 'SANDBOX_MAX_ORDERS')
  t.strictSame((await postOrder(url, { id: 'one' })).body, first.body)
  t.equal((await fetch(first.body['test_url'] as string)).status, 200)
})

t.test('an order is only ever made by POST', async (t) => {
  const { url } = await sandboxFor(t)
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
    t.equal((await fetch(url + ordersPath, { method })).status, 404, method)
  }
})

t.test('an order beyond the bytes that all may take is refused with the setting that limits them', async (t) => {
  const { url } = await sandboxFor(t, { maxOrderBytes: 1_000 })
  t.equal((await postOrder(url, { id: 'order-1' })).status, 200)
  const refused = await postOrder(url, { id: 'order-2', passthrough: { note: 'x'.repeat(1_000) } })
  t.match(refused, { status: 422, body: { message: 'The orders of the sandbox take 1000 bytes, which is its limit' } })
  t.match(refused.headers.get('x-sandbox-hint'), 'SANDBOX_MAX_ORDER_BYTES')
  t.equal((await postOrder(url, { id: 'order-3' })).status, 200)
})
