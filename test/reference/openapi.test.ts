import t, { type Test } from 'tap'
import { ControlErrorSchema } from '../../schemas/control/error'
import { ErrorSchema } from '../../schemas/error'
import { resourceNames } from '../../src/ats/resources'
import { errors } from '../../src/errors'
import { ledger } from '../../src/routes/reference/ledger/ledger'
import { exampleOf } from '../../src/validation/example-of'
import { version } from '../../src/version'
import { call, goodHeaders, ordersPath, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

interface Media {
  example?: unknown
  examples?: Record<string, { summary: string; description: string; value: Record<string, unknown> }>
}

interface Marked {
  description: string
  'x-fidelity'?: { behaviour: string; sure: string; checked: string }[]
}

interface Operation extends Marked {
  deprecated?: boolean
  operationId?: string
  tags: string[]
  security?: object
  parameters?: { name: string; in: string; required: boolean; example?: unknown; schema: object }[]
  requestBody?: { required: boolean; content: Record<string, Media> }
  responses: Record<string, Marked & { headers?: Record<string, object>; content?: Record<string, Media> }>
}

interface OpenApi {
  openapi: string
  info: { version: string } & Marked
  tags: ({ name: string } & Marked)[]
  paths: Record<string, Record<string, Operation>>
}

/** The document of a new sandbox, and its operations by method and path. */
async function documentFor(t: Test) {
  const { url } = await sandboxFor(t)
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApi
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  )
  const of = (name: string) => operations.find((each) => each.name === name)?.operation
  return { url, document, operations, of }
}

/** Whether it is an operation of StackOne. */
const isEmulated = (name: string) => name.includes('/unified/') || name.includes(' /accounts')

const json = (content: Record<string, Media> | undefined) => content?.['application/json']

t.test('the server in the OpenAPI document is the public URL, or else relative', async (t) => {
  const serversOf = async ({ url }: { url: string }) =>
    ((await (await fetch(`${url}/openapi.json`)).json()) as { servers: { url: string }[] }).servers.map(
      ({ url }) => url,
    )
  t.strictSame(await serversOf(await sandboxFor(t)), ['/'])
  const publicUrl = 'https://sandbox.example.com/stackone'
  t.strictSame(await serversOf(await sandboxFor(t, { publicUrl })), [publicUrl])
})

t.test('the OpenAPI document describes every path, with every error status', async (t) => {
  const { url, document } = await documentFor(t)

  t.equal(document.openapi, '3.1.0')
  t.equal(document.info.version, version)
  const api = '/unified/ats/assessments'
  const checks = '/unified/ats/background_checks'
  const ofAts = resourceNames.map((name) => `/unified/ats/${name}`)
  const expected = [
    '/_sandbox/accounts',
    '/_sandbox/accounts/{id}',
    '/_sandbox/ats/applications/{id}/move',
    '/_sandbox/ats/{resource}',
    '/_sandbox/ats/{resource}/{id}',
    '/_sandbox/clock',
    '/_sandbox/clock/advance',
    '/_sandbox/clock/freeze',
    '/_sandbox/clock/resume',
    '/_sandbox/clock/set',
    '/_sandbox/deliveries',
    '/_sandbox/deliveries/replay',
    '/_sandbox/deliveries/wait',
    '/_sandbox/deliveries/{id}',
    '/_sandbox/deliveries/{id}/replay',
    '/_sandbox/faults',
    '/_sandbox/faults/{id}',
    '/_sandbox/health',
    '/_sandbox/health/ready',
    '/_sandbox/live',
    '/_sandbox/orders',
    '/_sandbox/orders/demo',
    '/_sandbox/orders/wait',
    '/_sandbox/orders/{id}',
    '/_sandbox/orders/{id}/cancel',
    '/_sandbox/orders/{id}/complete',
    '/_sandbox/packages',
    '/_sandbox/packages/endpoint',
    '/_sandbox/packages/fetch',
    '/_sandbox/report',
    '/_sandbox/requests',
    '/_sandbox/requests/find',
    '/_sandbox/requests/match',
    '/_sandbox/requests/verify',
    '/_sandbox/requests/verify-clean',
    '/_sandbox/requests/wait',
    '/_sandbox/requests/{id}',
    '/_sandbox/reset',
    '/_sandbox/snapshot',
    '/_sandbox/webhooks',
    '/_sandbox/webhooks/{id}',
    '/accounts',
    '/accounts/{id}',
    ...ofAts,
    ...ofAts.map((path) => `${path}/{id}`),
    ordersPath,
    `${ordersPath}/{id}`,
    `${ordersPath}/{id}/result`,
    `${ordersPath}/{id}/results`,
    `${api}/packages`,
    `${api}/packages/{id}`,
    `${checks}/orders`,
    `${checks}/orders/{id}/result`,
    `${checks}/packages`,
    `${checks}/packages/{id}`,
  ]
  t.strictSame(Object.keys(document.paths).sort(), expected.sort())
  const order = document.paths[ordersPath]?.['post']
  if (!order) return t.fail('the order operation is missing')
  t.equal(order.operationId, 'ats_order_assessments_request')
  t.strictSame(order.security, [{ basic: [] }])
  t.strictSame(
    order.parameters?.map(({ name }) => name),
    ['x-account-id', 'Prefer'],
  )
  t.strictSame(
    Object.keys(order.responses).map(Number),
    [200, 400, 401, 403, 404, 408, 409, 412, 413, 422, 429, 431, 500, 501, 502],
  )
  t.strictSame(await (await fetch(`${url}/openapi.json`)).json(), document, 'stable across requests')
})

t.test('every emulated operation documents Prefer, x-account-id and each published error status', async (t) => {
  const { operations } = await documentFor(t)
  const emulated = operations.filter(({ name }) => isEmulated(name))
  t.equal(emulated.length, 35)
  for (const { name, operation } of emulated) {
    const headers = (operation.parameters ?? []).filter((parameter) => parameter.in === 'header')
    const account = name.includes('/unified/') ? [{ name: 'x-account-id', required: true }] : []
    t.match(headers, [...account, { name: 'Prefer', required: false }], name)
    t.equal(headers.length, account.length + 1, name)
    for (const status of [400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 501, 502])
      t.ok(operation.responses[status], `${name}: ${String(status)}`)
  }
})

t.test('the two withdrawn reads are marked as deprecated and still work', async (t) => {
  const { url, operations } = await documentFor(t)
  const marked = operations.filter(({ operation }) => operation.deprecated === true)
  t.strictSame(
    marked.map(({ name }) => name),
    [`GET ${ordersPath}/{id}`, `GET ${ordersPath}/{id}/results`],
  )
  for (const { operation } of marked) t.match(operation.description, 'StackOne has withdrawn this read')
  await postOrder(url, { id: 'order-1' })
  await call(url, 'PATCH', '/orders/order-1/result', { summary: 'x' })
  for (const path of ['/orders/order-1', '/orders/order-1/results']) t.equal((await call(url, 'GET', path)).status, 200)
})

t.test('every field has a description and an example', async (t) => {
  const { url } = await sandboxFor(t)
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as object
  let fields = 0
  const walk = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'properties' && !path.includes('/_sandbox/')) {
        for (const [field, schema] of Object.entries(inner as Record<string, Record<string, unknown>>)) {
          fields++
          t.ok(schema['description'], `${path}/${field} is described`)
          if (field !== 'raw' && field !== 'headers') t.ok(schema['examples'], `${path}/${field} has an example`)
        }
      }
      walk(inner, `${path}/${name}`)
    }
  }
  walk(document, '')
  t.ok(fields > 50)
})

t.test('every request and response in the OpenAPI document has an example', async (t) => {
  const { operations } = await documentFor(t)
  let found = 0
  for (const { name, operation } of operations) {
    const { parameters = [], requestBody, responses } = operation
    for (const { in: place, required, example } of parameters) {
      // A viewer prefills the examples, so only required parameters have one.
      t.equal(example !== undefined, required, `${name}: only required ${place} parameters have an example`)
    }
    const contents = [requestBody?.content, ...Object.values(responses).map(({ content }) => content)]
    for (const media of contents.flatMap((content) => Object.values(content ?? {}))) {
      t.ok(media.example ?? media.examples, name)
      found++
    }
  }
  t.ok(found > 300)
})

t.test('exampleOf combines the examples of nested schemas', (t) => {
  const text = { examples: ['a'] }
  t.strictSame(
    exampleOf({ properties: { a: text, b: {} } }),
    { a: 'a' },
    'an optional property without an example is left out',
  )
  t.equal(
    exampleOf({ properties: { a: text, b: {} }, required: ['b'] }),
    undefined,
    'a required property without an example leaves the whole without one',
  )
  t.strictSame(exampleOf({ properties: { a: text, b: text }, required: ['a'], examples: [{ b: 'b' }] }), {
    a: 'a',
    b: 'b',
  })
  t.strictSame(exampleOf({ properties: { a: text }, required: ['b'], examples: [{ a: 'b' }] }), { a: 'b' })
  t.equal(exampleOf({ properties: { a: text }, examples: [null] }), null)
  t.strictSame(exampleOf({ items: text, examples: [[]] }), ['a'])
  t.strictSame(exampleOf({ items: text, examples: [['b']] }), ['b'])
  t.strictSame(exampleOf({ items: {}, examples: [[]] }), [])
  t.equal(exampleOf({ enum: ['only'] }), 'only')
  t.end()
})

t.test('each operation lists the errors that it can return, with hints', async (t) => {
  const { operations, of } = await documentFor(t)
  const names = (name: string) =>
    Object.entries(of(name)?.responses ?? {}).flatMap(([status, { content }]) =>
      Object.keys(json(content)?.examples ?? {}).map((error) => `${status} ${error}`),
    )
  const told = (call: string, ...errors: string[]) => {
    for (const error of errors) t.ok(names(call).includes(error), `${call}: ${error}`)
  }
  const order = `POST ${ordersPath}`
  told(order, '400 invalidBody', '401 unknownKey', '409 orderConflict', '409 askedFor', '422 tooManyOrders')
  told(`GET ${ordersPath}/{id}/results`, '404 noResultYet', '404 unknownOrder', '502 askedFor')
  told('POST /_sandbox/orders/wait', '400 invalidBody', '401 missingControlToken', '408 waitTimedOut')
  told('PUT /_sandbox/snapshot', '422 wrongSnapshot')
  t.notOk(names(order).some((name) => /control|unknownOrder|noResultYet/i.test(name)))
  t.strictSame(names('GET /_sandbox/health'), [
    '400 malformedRequest',
    '400 wrongHost',
    '403 ownDelivery',
    '408 requestTooSlow',
    '431 headersTooLarge',
    '500 internal',
  ])

  const shown = new Set<string>()
  for (const { name, operation } of operations) {
    for (const [status, { headers, content }] of Object.entries(operation.responses)) {
      if (Number(status) < 400) {
        t.equal(headers?.['x-sandbox-warning'] !== undefined, isEmulated(name), `${name}: ${status}`)
        continue
      }
      t.ok(headers?.['x-sandbox-hint'], `${name}: ${status}`)
      t.equal(headers?.['retry-after'] !== undefined, isEmulated(name) && (status === '408' || status === '429'))
      for (const [error, { value, description }] of Object.entries(json(content)?.examples ?? {})) {
        shown.add(error)
        const { statusCode, message, hint = description } = value
        const problems = violationsOf(isEmulated(name) ? ErrorSchema : ControlErrorSchema, value)
        if (statusCode !== Number(status) || message === '' || hint !== description || problems.length > 0)
          t.fail(`${name}: ${error} is described as ${JSON.stringify({ status, description, value, problems })}`)
      }
    }
  }
  const nowhere = Object.keys(errors).filter((name) => !shown.has(name))
  const { wrongMethod, unknownPath, notEmulated, notHttp, http2, preflight, ...others } = errors
  const pages = Object.entries(others).filter(([, { when }]) => when.endsWith('(page)'))
  t.strictSame(
    nowhere.sort(),
    [
      ...pages.map(([name]) => name),
      ...['http2', 'metricsOff', 'notEmulated', 'notHttp', 'preflight', 'unknownPath', 'wrongMethod'],
      // The operations that answer these list them.
      ...['tooManyAccounts', 'tooManyRecords'],
    ]
      .filter((name) => !shown.has(name))
      .sort(),
    'errors not shown concern a page or no endpoint',
  )
})

t.test('every example of a body in the OpenAPI document is accepted', async (t) => {
  const { url, operations } = await documentFor(t)
  await postOrder(url, { id: 'order-2041' })
  let tried = 0
  for (const { name, operation } of operations) {
    const example = json(operation.requestBody?.content)?.example
    if (example === undefined) continue
    tried++
    const [method = '', path = ''] = name.split(' ')
    const at = path.replace('{resource}', 'candidates').replace('{id}', 'order-2041')
    // Nothing is waited for: it may never come.
    const body = path.endsWith('/wait') ? { ...(example as object), timeoutMs: 1 } : example
    const response = await fetch(url + at, { method, headers: goodHeaders, body: JSON.stringify(body) })
    const answer = await response.text()
    // An example may be about something that isn't there, or not be what happened.
    t.ok(response.status < 400 || [404, 408, 409, 417].includes(response.status), `${name}: ${answer}`)
  }
  t.ok(tried > 20, String(tried))
})

t.test('the errors in the OpenAPI document match real answers', async (t) => {
  const { url, of } = await documentFor(t)
  const example = (name: string, status: number, error: string) => {
    const shown = json(of(name)?.responses[String(status)]?.content)?.examples?.[error]
    if (shown === undefined) throw new Error(`${name} has no example ${error}`)
    const { timestamp, ...body } = shown.value
    return { body, hint: shown.description }
  }
  const post = `POST ${ordersPath}`
  const without = async (answer: Promise<{ headers: Headers; body: Record<string, unknown> }>) => {
    const { headers, body } = await answer
    const { timestamp, ...rest } = body
    return { body: rest, hint: headers.get('x-sandbox-hint') ?? undefined }
  }
  t.strictSame(
    await without(postOrder(url, { candidate: { emails: 'mia@example.com' } })),
    example(post, 400, 'invalidBody'),
  )
  t.strictSame(await without(postOrder(url, {}, { authorization: 'Basic eDo=' })), example(post, 401, 'unknownKey'))
  await postOrder(url, { id: 'order-2041' })
  t.strictSame(await without(postOrder(url, { id: 'order-2041', job: {} })), example(post, 409, 'orderConflict'))
  t.strictSame(
    await without(call(url, 'GET', '/orders/order-2041/results')),
    example(`GET ${ordersPath}/{id}/results`, 404, 'noResultYet'),
  )
  const missing = await fetch(`${url}/_sandbox/faults/fault-9`, { method: 'DELETE' })
  t.strictSame(
    await without(missing.json().then((body) => ({ headers: missing.headers, body: body as Record<string, unknown> }))),
    example('DELETE /_sandbox/faults/{id}', 404, 'unknownFault'),
  )
})

const tags = {
  ' /unified/ats/assessments': 'Assessments',
  ' /unified/ats/background_checks': 'Background checks',
  ' /unified/ats': 'ATS',
  ' /accounts': 'Accounts',
}
const tagOf = (name: string) => Object.entries(tags).find(([prefix]) => name.includes(prefix))?.[1] ?? 'Sandbox'

t.test('the OpenAPI document says which key or token each operation needs', async (t) => {
  const { operations, document } = await documentFor(t)
  t.strictSame(
    document.tags.map(({ name }) => name),
    ['Assessments', 'ATS', 'Accounts', 'Background checks', 'Sandbox'],
  )
  const ids = new Set<string | undefined>()
  for (const { name, operation } of operations) {
    t.strictSame(operation.tags, [tagOf(name)])
    t.strictSame(
      operation.security,
      isEmulated(name) ? [{ basic: [] }] : name.includes('/_sandbox/health') ? [] : [{}, { bearer: [] }],
      name,
    )
    ids.add(operation.operationId)
  }
  t.equal(ids.size, operations.length, 'operation ids are unique')

  const token = 'secret'
  const { url } = await sandboxFor(t, { controlToken: token })
  t.equal((await fetch(`${url}/_sandbox/clock`)).status, 401)
  t.equal((await fetch(`${url}/_sandbox/clock`, { headers: { authorization: `Bearer ${token}` } })).status, 200)
})

t.test(
  'every row of the ledger is in the OpenAPI document, with the day it was checked against the real service',
  async (t) => {
    const { document, operations } = await documentFor(t)
    const told = new Set<string>()
    const tell = ({ description, 'x-fidelity': marks = [] }: Marked) => {
      for (const { behaviour, sure, checked } of marks) {
        told.add(behaviour)
        t.match(checked, /^(never|\d{4}-\d\d-\d\d)$/)
        t.match(description, `- **${sure}**: ${behaviour}`)
      }
      return marks.length
    }
    tell(document.info)
    for (const tag of document.tags) tell(tag)
    for (const { name, operation } of operations) {
      t.equal(tell(operation) > 0, isEmulated(name), name)
      for (const [status, response] of Object.entries(operation.responses))
        t.equal(tell(response) > 0, isEmulated(name), `${name}: ${status}`)
    }
    t.strictSame([...told].sort(), ledger.map(({ behaviour }) => behaviour).sort(), 'nothing is left out')
  },
)
