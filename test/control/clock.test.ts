import t from 'tap'
import { readOptions } from '../../src/config'
import { ControlError } from '../../src/index'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { call, depsFor, sandboxFor, storedOrder } from '../support/sandbox'

const noon = '2026-01-31T12:00:00.000Z'
const later = (ms: number) => new Date(Date.parse(noon) + ms).toISOString()
const frozen = { clock: noon }

bothWays(
  'the clock can be read, advanced, set forward or back, resumed and frozen',
  async (t, { url, control: { clock, orders } }) => {
    t.strictSame(await clock.read(), { now: noon, isFrozen: true })
    t.strictSame(await clock.advance(90_000), { now: later(90_000), isFrozen: true })
    t.strictSame(await clock.advance(0), { now: later(90_000), isFrozen: true })
    t.equal((await orders.create()).orderedAt, later(90_000))
    t.strictSame(await clock.set('2027-03-01T00:30:00+01:00'), { now: '2027-02-28T23:30:00.000Z', isFrozen: true })
    t.strictSame(await clock.set(noon), { now: noon, isFrozen: true })

    t.match(await clock.resume(), { isFrozen: false })
    const running = await clock.advance(60_000)
    t.notOk(running.isFrozen)
    t.ok(running.now >= later(60_000) && running.now < later(120_000), running.now)
    const stands = await clock.freeze()
    t.ok(stands.isFrozen)
    await call(url, 'GET', '/packages')
    t.strictSame(await clock.read(), stands)
  },
  frozen,
)

bothWays('an unfrozen clock shows the real time', async (t, { control: { clock } }) => {
  const before = Date.now()
  const { now, isFrozen } = await clock.read()
  t.notOk(isFrozen)
  t.ok(before <= Date.parse(now) && Date.parse(now) <= Date.now(), now)
})

bothWays(
  'advance runs due retries and expiries in order before it resolves',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t, (response, { json }) => {
      const isFirst = receiver.received.filter((each) => each.json['event'] === json['event']).length === 1
      response.writeHead(isFirst ? 503 : 200).end()
    })
    await control.webhooks.add({ url: receiver.url })
    await call(url, 'POST', '/orders', { id: 'order-1' })
    await control.clock.advance(0)
    const [delivery] = (await control.deliveries.list()).deliveries
    const nextAttemptAt = delivery?.nextAttemptAt ?? ''
    t.ok(nextAttemptAt > later(13_000) && nextAttemptAt < later(17_000), nextAttemptAt)

    await control.clock.advance(10_000)
    await call(url, 'POST', '/orders', { id: 'order-2' })
    await control.clock.advance(20 * 60_000)
    t.match(await control.orders.list(), [
      { id: 'order-2', state: 'expired', resultAt: later(70_000) },
      { id: 'order-1', state: 'expired', resultAt: later(60_000) },
    ])
    const told = receiver.received.map(({ json }) => [json['record_id'], json['event'], json['event_date']])
    t.strictSame(told, [
      ['order-1', 'ats_assessments.created', noon],
      ['order-2', 'ats_assessments.created', later(10_000)],
      ['order-1', 'ats_assessments.created', noon],
      ['order-1', 'ats_assessments.updated', later(60_000)],
      ['order-2', 'ats_assessments.updated', later(70_000)],
      ['order-1', 'ats_assessments.updated', later(60_000)],
    ])
    const { deliveries } = await control.deliveries.list()
    t.strictSame(
      deliveries.map(({ status, attempts }) => [status, attempts.length]),
      [
        ['delivered', 1],
        ['delivered', 2],
        ['delivered', 1],
        ['delivered', 2],
      ],
    )
    const result = { value: 'expired', source_value: 'Expired' }
    t.match(await call(url, 'GET', '/orders/order-1/results'), { status: 200, body: { data: { result } } })
  },
  { ...frozen, expireAfter: 60 },
)

bothWays(
  'an open order expires to the millisecond; a finished one never does',
  async (t, { url, control }) => {
    for (const id of ['completed', 'reported', 'open']) await control.orders.create({ id })
    await control.orders.create({ id: 'magic', candidate: { emails: [{ value: 'mia+failed@example.com' }] } })
    await control.orders.complete('completed')
    await call(url, 'PATCH', '/orders/reported/result', { result: { value: 'failed' } })
    const states = async () => (await control.orders.list()).map(({ id, state }) => [id, state])
    const before = [
      ['magic', 'failed'],
      ['open', 'ordered'],
      ['reported', 'failed'],
      ['completed', 'passed'],
    ]
    await control.clock.advance(59_999)
    t.strictSame(await states(), before)
    await control.clock.advance(1)
    t.strictSame(
      await states(),
      before.map(([id, state]) => [id, id === 'open' ? 'expired' : state]),
    )
  },
  { ...frozen, expireAfter: 60 },
)

bothWays(
  'advance moves the rate limit window',
  async (t, { url, control }) => {
    const statuses = async () => [
      (await call(url, 'GET', '/packages')).status,
      (await call(url, 'GET', '/packages')).status,
    ]
    t.strictSame(await statuses(), [200, 429])
    await control.clock.advance(59_999)
    t.strictSame(await statuses(), [429, 429])
    await control.clock.advance(1)
    t.strictSame(await statuses(), [200, 429])
  },
  { ...frozen, rateLimit: 1 },
)

bothWays(
  'an invalid time is refused with a message and leaves the clock unchanged',
  async (t, { control: { clock } }) => {
    const refused = async (what: string, promise: Promise<unknown>, message: RegExp) => {
      const error = await promise.then(
        () => null,
        (reason: unknown) => reason,
      )
      if (!(error instanceof ControlError)) return t.fail(`${what} was not refused: ${String(error)}`)
      t.equal(error.statusCode, 400, what)
      t.match(error.message, message, what)
    }
    for (const ms of [NaN, Infinity, -Infinity, -1, 0.5, 1e300, Number.MAX_SAFE_INTEGER, '60' as never, null as never])
      await refused(String(ms), clock.advance(ms), /body\/ms must be/)
    const times = [
      '2026-02-30T12:00:00Z',
      '2026-13-01T12:00:00Z',
      '2026-01-31T25:00:00Z',
      '+275760-09-13T00:00:00Z',
      'noon',
      '',
      0 as never,
      null as never,
    ]
    for (const now of times) await refused(now, clock.set(now), /body\/now must be|body\/now must match/)
    t.strictSame(await clock.read(), { now: noon, isFrozen: true })
  },
  frozen,
)

bothWays(
  'the clock stops at the end of the year 9999, the last that can be written',
  async (t, { control: { clock } }) => {
    await clock.set('9999-12-31T00:00:00Z')
    const end = { now: '9999-12-31T23:59:59.999Z', isFrozen: true }
    for (let i = 0; i < 3; i++) t.strictSame(await clock.advance(100 * 365 * 24 * 60 * 60 * 1000), end)
    t.strictSame(await clock.set(noon), { now: noon, isFrozen: true })
  },
  frozen,
)

t.test('orders no longer expire once the sandbox is closed', async (t) => {
  const receiver = await receiverFor(t)
  const sandbox = await sandboxFor(t, { store: 'memory', clock: noon, expireAfter: 60, webhooks: [receiver.url] })
  await sandbox.orders.create()
  await sandbox.clock.advance(0)
  await sandbox.close()
  await sandbox.clock.advance(120_000)
  t.match(await sandbox.orders.list(), [{ state: 'ordered' }])
  t.equal(receiver.received.length, 1)
})

t.test('an internal error during an expiry surfaces as an uncaught exception', async (t) => {
  const uncaught: unknown[] = []
  const note = (error: unknown) => uncaught.push(error)
  process.on('uncaughtException', note)
  t.teardown(() => process.off('uncaughtException', note))
  const defect = new Error('the store is broken')
  const { store, clock } = depsFor({ config: readOptions({ clock: noon, expireAfter: 60 }) })
  await store.addOrder(storedOrder({ orderedAt: clock.now() }))
  store.findOrderByToken = () => Promise.reject(defect)
  await clock.advance(60_000)
  await new Promise(setImmediate)
  t.strictSame(uncaught, [defect])
})
