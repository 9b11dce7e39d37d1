import t from 'tap'
import { version } from '../src/version'
import { ordersPath, sandboxFor } from './support'

interface OpenApi {
  openapi: string
  info: { version: string }
  paths: Record<
    string,
    Record<string, { operationId?: string; responses: object; security?: object; parameters?: { name: string }[] }>
  >
}

t.test('the OpenAPI document describes what is served, with every error', async (t) => {
  const { url } = await sandboxFor(t)
  const read = async () => (await (await fetch(`${url}/openapi.json`)).json()) as OpenApi
  const document = await read()

  t.equal(document.openapi, '3.1.0')
  t.equal(document.info.version, version)
  const api = '/unified/ats/assessments'
  t.strictSame(Object.keys(document.paths).sort(), [
    '/_sandbox/clock',
    '/_sandbox/clock/advance',
    '/_sandbox/clock/freeze',
    '/_sandbox/clock/resume',
    '/_sandbox/clock/set',
    '/_sandbox/deliveries',
    '/_sandbox/deliveries/wait',
    '/_sandbox/deliveries/{id}/replay',
    '/_sandbox/faults',
    '/_sandbox/faults/{id}',
    '/_sandbox/health',
    '/_sandbox/live',
    '/_sandbox/orders',
    '/_sandbox/orders/wait',
    '/_sandbox/orders/{id}',
    '/_sandbox/orders/{id}/complete',
    '/_sandbox/requests',
    '/_sandbox/requests/find',
    '/_sandbox/requests/verify',
    '/_sandbox/requests/wait',
    '/_sandbox/requests/{id}',
    '/_sandbox/reset',
    '/_sandbox/snapshot',
    '/_sandbox/webhooks',
    '/_sandbox/webhooks/{id}',
    ordersPath,
    `${ordersPath}/{id}`,
    `${ordersPath}/{id}/result`,
    `${ordersPath}/{id}/results`,
    `${api}/packages`,
    `${api}/packages/{id}`,
  ])
  const order = document.paths[ordersPath]?.['post']
  if (!order) return t.fail('the order operation is missing')
  t.equal(order.operationId, 'ats_order_assessments_request')
  t.strictSame(order.security, [{ basic: [] }])
  t.strictSame(
    order.parameters?.map(({ name }) => name),
    ['x-account-id', 'prefer'],
  )
  t.strictSame(
    Object.keys(order.responses).map(Number),
    [200, 400, 401, 403, 404, 408, 409, 412, 413, 422, 429, 431, 500, 501, 502],
  )
  t.strictSame(await read(), document, 'asked again, it is the same')
})

t.test('every field is described and has an example', async (t) => {
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
