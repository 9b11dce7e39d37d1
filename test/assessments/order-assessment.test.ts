import t from 'tap'
import { fullOrder, ordersPath, postOrder, sandboxFor } from '../support/sandbox'

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

t.test('an order with every field returns its id, remote_id and test_url', async (t) => {
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

t.test('an empty order is valid and gets a new id each time', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await postOrder(url, {})
  const second = await postOrder(url, {})

  t.match(first.body['id'], uuid)
  t.match(second.body['id'], uuid)
  t.not(first.body['id'], second.body['id'])
  t.not(first.body['test_url'], second.body['test_url'])
})

t.test('null counts as a missing property, even for the id', async (t) => {
  const { url } = await sandboxFor(t)
  const nothing = Object.fromEntries(Object.keys(fullOrder).map((name) => [name, null]))
  const { status, body } = await postOrder(url, nothing)

  t.equal(status, 200)
  t.match(body['id'], uuid)
})

t.test('string ids are kept unchanged', async (t) => {
  const { url } = await sandboxFor(t)
  for (const id of ['', ' ', '__proto__', 'constructor', 'ünïcode-😀', 'x'.repeat(1_000)]) {
    const { status, body } = await postOrder(url, { id })
    t.equal(status, 200)
    t.equal(body['id'], id)
  }
})

t.test('unknown properties are accepted at any depth', async (t) => {
  const { url } = await sandboxFor(t)
  const { status } = await postOrder(
    url,
    '{"brand_new":1,"__proto__":{"a":1},"constructor":{"prototype":2},"candidate":{"shoe_size":[43]}}',
  )
  t.equal(status, 200)
})

t.test('unknown properties are part of the order: another value is a conflict', async (t) => {
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

const numbers: { same: [string, string][]; different: [string, string][] } = {
  same: [
    ['1.0', '1'],
    ['1.50e1', '15'],
    ['12345678901234567890', '1234567890123456789.0e1'],
    ['0.10000000000000000000', '1e-1'],
    ['0e5', '0.000'],
    ['1e400', '10E+399'],
    ['-0.00012345678901234567890', '-1.234567890123456789E-4'],
  ],
  different: [
    ['9007199254740993', '9007199254740992'],
    ['9007199254740993', '"9007199254740993"'],
    ['123456789012345678901234567890', '123456789012345678901234567891'],
    ['0.1', '0.10000000000000000001'],
    ['1e400', '1e401'],
    ['1e-400', '0'],
    ['-9007199254740993', '9007199254740993'],
    ['1', 'true'],
    ['[1]', '{"0":1}'],
    ['{"__proto__":{}}', '{"a":1}'],
  ],
}
t.test('numbers compare by value, however they are written and however large', async (t) => {
  const { url } = await sandboxFor(t)
  let count = 0
  const statusOfRepeat = async (first: string, second: string) => {
    const order = (value: string) =>
      `{"id":"order-${String(count)}","passthrough":{"text":"1e5 \\" 12345678901234567","n":${value}}}`
    count++
    t.equal((await postOrder(url, order(first))).status, 200)
    return (await postOrder(url, order(second))).status
  }
  for (const [first, second] of numbers.same) t.equal(await statusOfRepeat(first, second), 200, `${first} is ${second}`)
  for (const [first, second] of numbers.different)
    t.equal(await statusOfRepeat(first, second), 409, `${first} is not ${second}`)
})

t.test('an id with half a surrogate pair is refused, since UTF-8 would make all such ids equal', async (t) => {
  const { url, ...control } = await sandboxFor(t)
  for (const id of ['\\ud800', 'order-\\udfff', '\\udc00\\ud800']) {
    const { status, body } = await postOrder(url, `{"id":"${id}"}`)
    t.equal(status, 400, id)
    t.match(body, { message: /^body\/id must be text: half of a surrogate pair/ })
  }
  t.equal((await postOrder(url, '{"id":"\\ud83d\\ude00","candidate":{"first_name":"\\ud800"}}')).body['id'], '😀')
  await t.rejects(control.account('acme\ud800').orders.list(), /the account must be text/)
  await t.rejects(control.account('acme').orders.create({ id: '\ud800' }), /body\/id must be text/)
  const snapshot = await control.snapshot()
  for (const order of snapshot.orders) order.id = '\ud800'
  await t.rejects(control.load(snapshot), { statusCode: 422, message: /the ids of order "\\ud800" must be text/ })
  t.equal((await control.orders.list()).length, 1)
})

t.test('Prefer: heartbeat is confirmed, even among other preferences and on errors', async (t) => {
  const { url } = await sandboxFor(t)
  const applied = async (prefer: string, body: unknown = {}) =>
    (await postOrder(url, body, { prefer })).headers.get('preference-applied')

  t.equal(await applied('heartbeat'), 'heartbeat')
  t.equal(await applied('respond-async, Heartbeat'), 'heartbeat')
  t.equal(await applied('heartbeat', { id: 3 }), 'heartbeat')
  t.equal(await applied('return=minimal'), null)
  t.equal((await postOrder(url, {})).headers.get('preference-applied'), null)
})

t.test('orders are idempotent: a repeat gets the same bytes', async (t) => {
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

t.test('twenty concurrent repeats make one order', async (t) => {
  const { url } = await sandboxFor(t, { maxOrders: 1 })
  const answers = await Promise.all(Array.from({ length: 20 }, () => postOrder(url, fullOrder)))

  t.equal(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size, 1)
  t.equal(answers[0]?.status, 200)
})

t.test('the same id with another body is a conflict and changes nothing', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await postOrder(url, fullOrder)
  const other = await postOrder(url, { ...fullOrder, job: { title: 'Front-end engineer' } })

  t.equal(other.status, 409)
  t.match(other.body, { errorCode: 'ConflictError', message: 'An order with the id order-2041 already exists' })
  t.match(other.headers.get('x-sandbox-hint'), /^It differs from the first in body\/job\/id, .*, and more\. Repeat an/)
  t.strictSame((await postOrder(url, fullOrder)).body, first.body)
})

t.test('a conflict names the places where the body differs from that of the first order', async (t) => {
  const { url } = await sandboxFor(t)
  const hintOf = async (first: unknown, repeat: unknown) => {
    await postOrder(url, first)
    return (await postOrder(url, repeat)).headers.get('x-sandbox-hint')?.split('. ')[0]
  }
  const emails = [{ value: 'mia@example.com' }, { value: 'mia@example.org' }]
  for (const [first, repeat, places] of [
    [{ job: { title: 'A' } }, { job: { title: 'B' } }, 'body/job/title'],
    [{ candidate: { emails } }, { candidate: { emails: emails.slice(0, 1) } }, 'body/candidate/emails/1'],
    [{ candidate: { emails } }, { candidate: { emails: null } }, 'body/candidate/emails'],
    [{ job: null }, { package: null }, 'body/job, body/package'],
    [{ a: 1, b: 1, c: 1, d: 1 }, { a: 2, b: 2, c: 2, d: 2 }, 'body/a, body/b, body/c, and more'],
    [{ ['long'.repeat(1000)]: 1 }, {}, `body/${'long'.repeat(1000)}`.slice(0, 100)],
    [{ é: 1 }, { é: 2 }, 'body/?'],
  ] as const) {
    const id = JSON.stringify(repeat).slice(0, 50)
    t.equal(await hintOf({ id, ...first }, { id, ...repeat }), `It differs from the first in ${places}`)
  }
  t.match(await hintOf('{"id":"n","a":9007199254740993}', '{"id":"n","a":9007199254740992}'), /^Repeat an order/)
})

t.test('two accounts may use the same id', async (t) => {
  const { url } = await sandboxFor(t)
  const acme = await postOrder(url, { id: 'order-1' }, { 'x-account-id': 'acme' })
  const globex = await postOrder(url, { id: 'order-1', job: {} }, { 'x-account-id': 'globex' })

  t.equal(globex.status, 200)
  t.not(globex.body['test_url'], acme.body['test_url'])
})

t.test('an order beyond the limit gets 422 naming the setting, and earlier orders stay', async (t) => {
  const { url } = await sandboxFor(t, { maxOrders: 2 })
  const first = await postOrder(url, { id: 'one' })
  await postOrder(url, { id: 'two' }, { 'x-account-id': 'globex' })
  const third = await postOrder(url, { id: 'three' })

  t.equal(third.status, 422)
  t.equal(third.body['message'], 'The limit of 2 orders is reached')
  t.match(third.headers.get('x-sandbox-hint'), 'SANDBOX_MAX_ORDERS')
  t.strictSame((await postOrder(url, { id: 'one' })).body, first.body)
  t.equal((await fetch(first.body['test_url'] as string)).status, 200)
})

t.test('only POST creates an order', async (t) => {
  const { url } = await sandboxFor(t)
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
    t.equal((await fetch(url + ordersPath, { method })).status, 404, method)
  }
})

t.test('an order beyond the byte limit gets 422 naming the setting', async (t) => {
  const { url } = await sandboxFor(t, { maxOrderBytes: 1_000 })
  t.equal((await postOrder(url, { id: 'order-1' })).status, 200)
  const refused = await postOrder(url, { id: 'order-2', passthrough: { note: 'x'.repeat(1_000) } })
  t.match(refused, { status: 422, body: { message: 'The limit of 1000 bytes for all orders is reached' } })
  t.match(refused.headers.get('x-sandbox-hint'), 'SANDBOX_MAX_ORDER_BYTES')
  t.equal((await postOrder(url, { id: 'order-3' })).status, 200)
})
