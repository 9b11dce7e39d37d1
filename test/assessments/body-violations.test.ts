import fc from 'fast-check'
import t from 'tap'
import { applicationStatusValues } from '../../schemas/application'
import { OrderRequestSchema } from '../../schemas/order'
import { shapeOf } from '../../src/validation/shape'
import { call, fullOrder, goodHeaders, ordersPath, postOrder, sandboxFor } from '../support/sandbox'

t.test('one answer lists every violation, each with the field and what it must be', async (t) => {
  const { url } = await sandboxFor(t)
  const { status, headers, body } = await postOrder(url, {
    id: 3,
    candidate: { emails: 'mia@example.com' },
    application: { application_status: { value: 'maybe' } },
    job: { hiring_team: [{ first_name: true }, {}, 'Noor'] },
    passthrough: [],
  })

  t.equal(status, 400)
  t.match(body, { statusCode: 400, errorCode: 'ValidationError', provider_errors: [] })
  t.strictSame(body['errors'], (body['message'] as string).split('; '), 'errors lists the same violations')
  t.strictSame((body['message'] as string).split('; ').sort(), [
    `body/application/application_status/value must be one of ${applicationStatusValues.join(', ')} or null`,
    'body/candidate/emails must be array or null',
    'body/id must be string or null',
    'body/job/hiring_team/0/first_name must be string or null',
    'body/job/hiring_team/2 must be object',
    'body/passthrough must be object or null',
  ])
  t.match(headers.get('x-sandbox-hint'), 'Nothing is converted')
})

t.test('a status of the wrong type gets the list of values, once', async (t) => {
  const { url } = await sandboxFor(t)
  const { body } = await postOrder(url, { application: { application_status: { value: 7 } } })
  t.match(body['message'], /^body\/application\/application_status\/value must be one of active, .* or null$/)
})

t.test('every listed status is accepted, and source_value may be any JSON', async (t) => {
  const { url } = await sandboxFor(t)
  for (const value of [...applicationStatusValues, null]) {
    t.equal((await postOrder(url, { application: { application_status: { value } } })).status, 200)
  }
  for (const source_value of ['Hired', 1.5, false, { a: 1 }, ['x', 1], null]) {
    t.equal((await postOrder(url, { application: { application_status: { source_value } } })).status, 200)
  }
})

t.test('a JSON body that is not an object is refused', async (t) => {
  const { url } = await sandboxFor(t)
  for (const body of ['null', '[]', '"text"', '3', 'true']) {
    t.match(await postOrder(url, body), { status: 400, body: { message: 'body must be object' } }, body)
  }
})

t.test('a violation with a semicolon stays one entry of errors, and only schema violations have errors', async (t) => {
  const { url } = await sandboxFor(t)
  const found = await call(url, 'GET', '/packages?raw=maybe&proxy=1')
  t.strictSame(found.body['errors'], (found.body['message'] as string).split('; '))
  t.equal((found.body['errors'] as string[]).length, 2)
  const cursor = await call(url, 'GET', '/packages?next=none')
  t.strictSame(cursor.body['errors'], [cursor.body['message']])
  const control = await fetch(`${url}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a;b":1,"status":"x"}',
  })
  t.equal(control.status, 400)
  const { errors } = (await control.json()) as { errors: string[] }
  t.strictSame(errors.sort(), ['body must not have the property a;b', 'body/status must be integer'])

  for (const other of [await postOrder(url, '{'), await call(url, 'GET', '/orders/none')])
    t.notOk('errors' in other.body, String(other.status))
})

const wrong = (count: number) => ({ candidate: { emails: Array.from({ length: count }, () => 1) } })

t.test('the first fifty violations are listed, and the rest counted', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [count, last] of [
    [50, 'body/candidate/emails/49 must be object'],
    [51, 'and 1 more violations'],
    [255, 'and 205 more violations'],
    [256, 'and more violations'],
    [400_000, 'and more violations'],
  ] as const) {
    const { body } = await postOrder(url, wrong(count))
    const sentences = (body['message'] as string).split('; ')
    t.equal(sentences.length, count === 50 ? 50 : 51)
    t.equal(sentences[49], 'body/candidate/emails/49 must be object')
    t.equal(sentences.at(-1), last, `${String(count)} violations`)
    t.strictSame(body['errors'], sentences)
  }
})

t.test('a MiB of wrong values is refused without checking each one', async (t) => {
  const { url } = await sandboxFor(t)
  const list = (item: unknown) => Array.from({ length: 60_000 }, () => item)
  const names = Object.fromEntries(list(0).map((_, i) => [`k${String(i)}`, i]))
  for (const [body, first] of [
    [{ job: { hiring_team: list([]) } }, 'body/job/hiring_team/0 must be object'],
    [{ job: { hiring_team: list({ role: 1 }) } }, 'body/job/hiring_team/0/role must be string or null'],
    [{ candidate: { emails: [...list({}), ...list(2)] } }, 'body/candidate/emails/60000 must be object'],
  ] as const) {
    const told = (await postOrder(url, body)).body['errors'] as string[]
    t.equal(told[0], first)
    t.equal(told.length, 51)
    t.equal(told.at(-1), 'and more violations')
  }
  const control = await fetch(`${url}/_sandbox/requests/find`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filter: { headers: names } }),
  })
  t.equal(control.status, 400)
  const { errors } = (await control.json()) as { errors: string[] }
  t.equal(errors.length, 51)
  t.equal(errors[0], 'body/filter/headers/k0 must be string')
})

interface Schema {
  type: string | string[]
  enum?: string[]
  items?: Schema
  properties?: Record<string, Schema>
}
const typesOf = (schema: Schema) => [schema.type].flat()

/** Bodies that conform to `schema`, with unknown properties among the known ones. */
function valid(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const byType: Record<string, () => fc.Arbitrary<unknown>> = {
    string: () => fc.string({ unit: 'binary' }),
    number: () => fc.double({ noNaN: true, noDefaultInfinity: true }),
    boolean: () => fc.boolean(),
    null: () => fc.constant(null),
    array: () => (schema.items?.type ? fc.array(valid(schema.items), { maxLength: 3 }) : fc.array(fc.jsonValue())),
    object: () =>
      schema.properties
        ? fc.record(
            {
              ...Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, valid(inner)])),
              'x-unknown': fc.jsonValue(),
            },
            { requiredKeys: [] },
          )
        : fc.dictionary(fc.string(), fc.jsonValue()),
  }
  return fc.oneof(...typesOf(schema).map((type) => byType[type]?.() ?? fc.constant(null)))
}

/** Every place where a body can be broken: its path in `fullOrder`, and its schema. */
function breakable(schema: Schema, path: string[] = []): { path: string[]; schema: Schema }[] {
  if (typesOf(schema).length === 6) return []
  const here = path.length === 0 ? [] : [{ path, schema }]
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    breakable(inner, [...path, name]),
  )
  return [...here, ...properties, ...(schema.items ? breakable(schema.items, [...path, '0']) : [])]
}

const isOfType = (value: unknown, types: string[]) =>
  types.includes(value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

t.test('any body that conforms to the schema is accepted', async (t) => {
  const { url } = await sandboxFor(t)
  let run = 0
  await fc.assert(
    fc.asyncProperty(valid({ ...(OrderRequestSchema as unknown as Schema), type: 'object' }), async (body) => {
      const { status } = await postOrder(url, body, { 'x-account-id': `run-${String(run++)}` })
      return status === 200
    }),
  )
  t.ok(run >= 100)
})

t.test('a body that is wrong in one place gets 400 naming that place, and creates no order', async (t) => {
  const { url } = await sandboxFor(t)
  const places = breakable(OrderRequestSchema as unknown as Schema)
  t.equal(places.length, 45)

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue(), async ({ path, schema }, value) => {
      const types = typesOf(schema)
      fc.pre(schema.enum ? !schema.enum.includes(value as string) : !isOfType(value, types))
      const body = structuredClone(fullOrder) as Record<string, unknown>
      const parent = path.slice(0, -1).reduce((inner, name) => inner[name] as Record<string, unknown>, body)
      parent[path.at(-1) ?? ''] = value

      const refused = await postOrder(url, body)
      const wanted = `body/${path.join('/')} must be ${schema.enum ? 'one of' : types.join(' or ')}`
      return refused.status === 400 && (refused.body['message'] as string).startsWith(wanted)
    }),
    { numRuns: 300 },
  )
  // If a broken order had been kept, the valid one with the same id would be a conflict.
  t.equal((await postOrder(url, fullOrder)).status, 200)
})

t.test('arbitrary bytes never get a 5xx, and errors have the documented body', async (t) => {
  const { url } = await sandboxFor(t)
  const almostJson = fc.json().chain((json) => fc.mixedCase(fc.constant(json)))
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array(), almostJson), async (bytes) => {
      const response = await fetch(url + ordersPath, { method: 'POST', headers: goodHeaders, body: bytes })
      const body = (await response.json()) as Record<string, unknown>
      return response.status === 200 || (response.status === 400 && body['statusCode'] === 400 && 'timestamp' in body)
    }),
    { numRuns: 300 },
  )
  t.pass('300 bodies')
})

t.test('a long shape is shortened to its property names', async (t) => {
  const long = 'x'.repeat(300)
  t.equal(shapeOf({ examples: [[{ id: long, name: 'y' }]] }), '[{"id": …, "name": …}, …]')
  t.equal(shapeOf({ examples: [[1, long]] }), '[1, …]')
})
