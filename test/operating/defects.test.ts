import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import t from 'tap'
import { buildApp } from '../../src/app'
import { createClock } from '../../src/clock'
import { memoryStore } from '../../src/store/memory/orders'
import { violations } from '../../src/validation/violations'
import { depsFor, goodHeaders, ordersPath } from '../support/sandbox'

t.test('a defect gets 500 without internal details, and is logged in full', async (t) => {
  const log = new PassThrough()
  const fail = () => Promise.reject(new Error('the store is made of cheese'))
  const app = buildApp(
    depsFor({
      clock: createClock(0),
      store: { ...memoryStore(1), addOrder: fail, findOrder: fail, updateOrder: fail, findOrderByToken: fail },
      logger: pino(log),
    }),
  )
  t.teardown(() => app.close())

  const url = await app.listen({ port: 0, host: '127.0.0.1' })

  const order = await fetch(url + ordersPath, { method: 'POST', headers: goodHeaders, body: '{}' })
  t.equal(order.status, 500)
  t.strictSame(await order.json(), {
    statusCode: 500,
    message: 'Internal server error',
    timestamp: '1970-01-01T00:00:00.000Z',
    errorCode: 'InternalServerError',
    provider_errors: [],
  })
  t.match(order.headers.get('x-sandbox-hint'), 'Please report it')

  const page = await fetch(`${url}/tests/AAAAAAAAAAAAAAAAAAAAAA`)
  t.equal(page.status, 500)
  t.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
  t.equal(page.headers.get('cache-control'), 'no-store')
  t.notMatch(await page.text(), 'cheese')

  const lines = (log.read() as Buffer).toString().trim().split('\n')
  t.match(
    lines.map((line) => JSON.parse(line) as unknown),
    [
      { msg: 'defect', err: { message: 'the store is made of cheese', stack: /at / } },
      { msg: 'request', level: 50, status: 500 },
      { msg: 'defect' },
      { msg: 'request', level: 50, path: '/tests/***' },
    ],
  )
})

t.test('a violation without a sentence of its own gets the message of the validator', (t) => {
  const found = {
    keyword: 'minItems',
    instancePath: '/emails',
    schemaPath: '',
    params: {},
    message: 'must not be empty',
  }
  t.strictSame(violations([found], 'body'), ['body/emails must not be empty'])
  t.end()
})
