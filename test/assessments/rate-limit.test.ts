import { StackOne } from '@stackone/stackone-client-ts'
import * as errors from '@stackone/stackone-client-ts/sdk/models/errors'
import t from 'tap'
import { ErrorSchema } from '../../schemas/error'
import { bothWays } from '../support/both'
import { basic, call, ordersPath, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

const noon = '2026-01-31T12:00:00.000Z'

const packagesFor = (url: string, headers: Record<string, string> = {}) =>
  call(url, 'GET', '/packages', undefined, headers)

/** The statuses of `count` calls, made one after the other. */
async function statuses(url: string, count: number, headers: Record<string, string> = {}): Promise<number[]> {
  const all = []
  for (let i = 0; i < count; i++) all.push((await packagesFor(url, headers)).status)
  return all
}

t.test('there is no rate limit by default', async (t) => {
  for (const options of [{}, { rateLimit: 0 }]) {
    const { url } = await sandboxFor(t, options)
    const answers = await Promise.all(Array.from({ length: 1_100 }, () => packagesFor(url)))
    t.strictSame(new Set(answers.map(({ status }) => status)), new Set([200]))
  }
})

bothWays(
  'calls beyond the rate limit get 429 with Retry-After and the typed body, and have no effect',
  async (t, { url, control }) => {
    t.strictSame(await statuses(url, 3), [200, 200, 200])
    await control.clock.advance(19_500)
    const { status, headers, body } = await postOrder(url, { id: 'order-1' })
    t.equal(status, 429)
    t.equal(headers.get('retry-after'), '41', 'the rest of the minute, rounded up')
    t.match(headers.get('x-sandbox-hint'), /3 calls a minute\. Raise SANDBOX_RATE_LIMIT/)
    t.match(body, { statusCode: 429, errorCode: 'TooManyRequestsError', message: /over 3 a minute/ })
    t.strictSame(violationsOf(ErrorSchema, body), [])
    await t.rejects(control.orders.get('order-1'), { name: 'ControlError', statusCode: 404 })
    t.match(await control.requests.list({ status: 429 }), {
      requests: [{ status: 429, path: ordersPath, operation: 'orders.create', account: 'acme', fault: null }],
    })
  },
  { rateLimit: 3, clock: noon },
)

bothWays(
  "the minute of the rate limit follows the sandbox's clock",
  async (t, { url, control }) => {
    t.strictSame(await statuses(url, 3), [200, 200, 429])
    await control.clock.advance(59_999)
    t.strictSame(await statuses(url, 1), [429])
    await control.clock.advance(1)
    t.strictSame(await statuses(url, 3), [200, 200, 429])
    await control.clock.set('2020-01-01T00:00:00Z')
    t.strictSame(await statuses(url, 3), [200, 200, 429], 'setting the clock back starts a new minute')
  },
  { rateLimit: 2, clock: noon },
)

bothWays(
  'a reset restarts the rate limit; the reset of an account does not',
  async (t, { url, control }) => {
    t.strictSame(await statuses(url, 2), [200, 429])
    await control.account('acme').reset()
    t.strictSame(await statuses(url, 1), [429])
    await control.reset()
    t.strictSame(await statuses(url, 2), [200, 429])
  },
  { rateLimit: 1, clock: noon },
)

t.test('the rate limit applies per key, whatever the account or the spelling of the header', async (t) => {
  const { url } = await sandboxFor(t, { rateLimit: 3, apiKeys: ['one', 'two:secret'], clock: noon })
  const one = { authorization: basic('one') }
  t.strictSame(await statuses(url, 1, one), [200])
  t.strictSame(await statuses(url, 1, { ...one, 'x-account-id': 'globex' }), [200])
  t.strictSame(await statuses(url, 1, { authorization: one.authorization.replace('Basic', 'BASIC') }), [200])
  const bare = `Basic ${Buffer.from('one').toString('base64')}`
  for (const spelling of [one.authorization.replace('Basic', 'basic'), `${one.authorization}==`, bare])
    t.strictSame(await statuses(url, 1, { authorization: spelling }), [429])
  t.strictSame(await statuses(url, 1, { ...one, 'x-account-id': 'globex' }), [429])
  t.strictSame(await statuses(url, 4, { authorization: basic('two', 'secret') }), [200, 200, 200, 429])
})

t.test('unauthenticated calls do not count towards the rate limit', async (t) => {
  const { url } = await sandboxFor(t, { rateLimit: 1, accounts: ['acme'] })
  t.strictSame(await statuses(url, 3, { authorization: basic('wrong') }), [401, 401, 401])
  for (let i = 0; i < 3; i++) t.equal((await fetch(`${url}/_sandbox/health`)).status, 200)
  t.strictSame(await statuses(url, 2), [200, 429])
  for (let i = 0; i < 3; i++) t.equal((await fetch(`${url}/_sandbox/clock`)).status, 200)
})

t.test('faults do not count calls that the rate limit refuses', async (t) => {
  const sandbox = await sandboxFor(t, { rateLimit: 1 })
  await sandbox.faults.add({ status: 502, times: 2 })
  t.strictSame(await statuses(sandbox.url, 3), [502, 429, 429])
  t.match(await sandbox.faults.list(), [{ seen: 1, struck: 1 }])
})

t.test('the rate limit counts exactly under concurrent calls', async (t) => {
  const { url } = await sandboxFor(t, { rateLimit: 50, clock: noon })
  const answers = await Promise.all(Array.from({ length: 200 }, () => packagesFor(url)))
  t.equal(answers.filter(({ status }) => status === 200).length, 50)
  t.equal(answers.filter(({ status }) => status === 429).length, 150)
})

t.test('the official SDK throws TooManyRequestsResponse at the rate limit', async (t) => {
  const { url: serverURL, credentials: security } = await sandboxFor(t, { rateLimit: 1 })
  const sdk = new StackOne({ serverURL, security, retryConfig: { strategy: 'none' } })
  const read = () => sdk.ats.getAssessmentsPackage({ xAccountId: 'acme', id: 'pkg_sql_queries' })
  t.equal((await read()).statusCode, 200)
  const error = await read().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  t.ok(error instanceof errors.TooManyRequestsResponse)
  t.match(error, { statusCode: 429 })
})
