import t from 'tap'
import { buildSerializer, buildValidator, partOf } from '../../src/validation/compilers'
import { precompiled } from '../../src/validation/precompiled'

/** A schema that nothing satisfies: only a validator that was compiled before accepts a value. */
const impossible = { not: {} }

t.test('what the build has compiled is used instead of the schema', (t) => {
  const body = { schema: impossible, method: 'POST', url: '/orders', httpPart: 'body' }
  const answer = { schema: { type: 'object' }, method: 'POST', url: '/orders', httpStatus: '200' }
  Object.assign(precompiled, { [partOf(body)]: () => () => true, [partOf(answer)]: () => () => 'ready' })
  t.teardown(() => {
    for (const part of [body, answer]) Reflect.deleteProperty(precompiled, partOf(part))
  })
  const validate = buildValidator({}, {})
  const serialize = buildSerializer({}, {})
  t.equal(validate(body)({}), true)
  t.equal(validate({ ...body, url: '/other' })({}), false)
  t.equal(serialize(answer)({}), 'ready')
  t.equal(serialize({ ...answer, url: '/other' })({}), '{}')
  t.end()
})

t.test('HEAD shares what was compiled for GET', (t) => {
  t.equal(partOf({ method: ['GET', 'HEAD'], url: '/orders', httpStatus: '200' }), 'GET /orders 200')
  t.end()
})
