import t from 'tap'
import { maxDepth } from '../../src/pure/json'
import { fullOrder, goodHeaders, ordersPath, postOrder, sandboxFor } from '../support/sandbox'

async function call(url: string, path: string, init: RequestInit = {}) {
  const response = await fetch(url + path, { headers: goodHeaders, ...init })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}

t.test('an unknown path gets 404 with the documented body, whatever is sent', async (t) => {
  const { url } = await sandboxFor(t)
  for (const path of ['/unified', '/unified/ats/assessments', '/unified/ats/assessments/orderz', '/nope?key=secret']) {
    const { status, headers, body } = await call(url, path, { method: 'POST', body: '{not json' })
    t.equal(status, 404, path)
    t.strictSame(Object.keys(body), ['statusCode', 'message', 'timestamp', 'errorCode', 'provider_errors'])
    t.equal(body['message'], `Cannot POST ${path.split('?')[0] ?? ''}`)
    t.match(headers.get('x-sandbox-hint'), /^Check the path: .* \/openapi\.json lists all paths\.$/)
  }
})

t.test('a wrong method gets 404 with a hint that lists the right ones', async (t) => {
  const { url } = await sandboxFor(t)
  const ours = await call(url, ordersPath, { method: 'DELETE' })
  t.match(ours, { status: 404, body: { message: `Cannot DELETE ${ordersPath}` } })
  t.equal(ours.headers.get('x-sandbox-hint'), 'This path does not allow DELETE, only POST.')

  const theirs = await call(url, '/unified/ats/applications/17/notes', { method: 'PUT' })
  t.equal(theirs.status, 404)
  t.equal(theirs.headers.get('x-sandbox-hint'), 'This path does not allow PUT, only GET, POST.')
})

t.test('a StackOne operation that is not emulated gets 501', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [method, path] of [
    ['PATCH', '/unified/ats/jobs/17'],
    ['GET', '/unified/ats/offers'],
    ['GET', '/unified/ats/lists?page_size=5'],
    ['PATCH', '/unified/ats/applications/app_1'],
    ['POST', '/unified/hris/employees'],
    ['POST', '/unified/ats/interviews/interview-7/notes'],
    ['PATCH', '/unified/ats/interviews/interview-7/notes/note-1'],
    ['DELETE', '/accounts/acme'],
  ] as const) {
    const { status, headers, body } = await call(url, path, { method })
    t.equal(status, 501, path)
    t.match(body, { statusCode: 501, errorCode: 'NotImplementedError' })
    t.match(headers.get('x-sandbox-hint'), 'StackOne has this operation, but the sandbox does not emulate it')
  }
})

t.test('malformed and empty JSON are refused with the reason', async (t) => {
  const { url } = await sandboxFor(t)
  t.match(await postOrder(url, '{"id": }'), {
    status: 400,
    body: { message: /^body is not valid JSON: Unexpected token/ },
  })
  t.match(await postOrder(url, ''), { status: 400, body: { message: 'body is empty' } })
  t.match(await postOrder(url, ' '), { status: 400, body: { message: /^body is not valid JSON/ } })
  const withoutBody = await call(url, ordersPath, { method: 'POST', headers: { ...goodHeaders } })
  t.match(withoutBody, { status: 400, body: { message: 'body is empty' } })
})

t.test('a missing body is reported as such, even without a content type', async (t) => {
  const { url } = await sandboxFor(t)
  const { 'content-type': contentType, ...headers } = goodHeaders
  t.match(await call(url, ordersPath, { method: 'POST', headers }), { status: 400, body: { message: 'body is empty' } })
})

t.test('a body that is not UTF-8 or has a byte order mark is refused, not fixed', async (t) => {
  const { url } = await sandboxFor(t)
  const send = (...bytes: number[]) => call(url, ordersPath, { method: 'POST', body: Buffer.from(bytes) })
  t.match(await send(0x22, 0xff, 0x22), { status: 400, body: { message: /it is not UTF-8 text$/ } })
  t.match(await send(0xef, 0xbb, 0xbf, 0x7b, 0x7d), {
    status: 400,
    body: { message: /it begins with a byte order mark$/ },
  })
  t.match(await send(0xef, 0xbb), { status: 400 })
  t.match(await postOrder(url, '{}', { 'content-type': 'application/json; charset=utf-8' }), { status: 200 })
})

t.test('an id may have 1024 characters and no more', async (t) => {
  const { url } = await sandboxFor(t)
  t.equal((await postOrder(url, { id: 'x'.repeat(1024) })).status, 200)
  t.match(await postOrder(url, { id: 'x'.repeat(1025) }), {
    status: 400,
    body: { message: 'body/id must be at most 1024 characters long' },
  })
})

t.test('a content type other than JSON is refused', async (t) => {
  const { url } = await sandboxFor(t)
  const orderAs = (contentType: string) => postOrder(url, '{}', { 'content-type': contentType })

  for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense']) {
    const { status, headers, body } = await orderAs(contentType)
    t.equal(status, 400, contentType)
    t.equal(body['message'], `Unsupported content type ${contentType}`)
    t.match(headers.get('x-sandbox-hint'), 'Content-Type: application/json')
  }
  t.equal((await orderAs('application/json; charset=utf-8')).status, 200)
  const { 'content-type': none, ...headers } = goodHeaders
  t.match(await call(url, ordersPath, { method: 'POST', headers, body: Buffer.from('{}') }), {
    status: 400,
    body: { message: 'Missing content-type header in request' },
  })
})

t.test('a body may have 1 MiB and not a byte more', async (t) => {
  const { url } = await sandboxFor(t)
  const bodyOf = (bytes: number) => JSON.stringify({ note: 'x'.repeat(bytes - '{"note":""}'.length) })

  t.equal((await postOrder(url, bodyOf(1024 * 1024))).status, 200)
  t.match(await postOrder(url, bodyOf(1024 * 1024 + 1)), {
    status: 413,
    body: { message: 'body is larger than 1 MiB' },
  })
})

t.test('JSON nested too deeply is refused, however deep', async (t) => {
  const { url } = await sandboxFor(t)
  const nested = (levels: number) => `{"passthrough":${'{"a":'.repeat(levels - 2)}{}${'}'.repeat(levels - 1)}`

  t.equal((await postOrder(url, nested(maxDepth))).status, 200)
  for (const body of [nested(maxDepth + 1), nested(100_000), `{"x":${'['.repeat(500_000)}${']'.repeat(500_000)}}`]) {
    t.match(await postOrder(url, body), { status: 400, body: { message: 'body is nested deeper than 100 levels' } })
  }
})

t.test('a path that cannot be decoded gets 400 with the documented body', async (t) => {
  const { url } = await sandboxFor(t)
  t.match(await call(url, '/unified/%zz?key=secret'), {
    status: 400,
    body: { message: '/unified/%zz is not a valid path' },
  })
})

t.test('a hint is printable ASCII, whatever the client sent', async (t) => {
  const { url } = await sandboxFor(t)
  const { status, headers } = await postOrder(url, '{}', { 'content-type': 'text/ünïcode' })
  t.equal(status, 400)
  t.match(headers.get('x-sandbox-hint'), /^[\x20-\x7e]+$/)
})

t.test('a refused call creates no order', async (t) => {
  const { url } = await sandboxFor(t, { maxOrders: 1 })
  await postOrder(url, { ...fullOrder, id: 3 })
  await postOrder(url, '{')
  await postOrder(url, fullOrder, { 'content-type': 'text/plain' })
  await postOrder(url, fullOrder, { authorization: 'Basic x' })
  t.equal((await postOrder(url, fullOrder)).status, 200)
})
