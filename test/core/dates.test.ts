import t from 'tap'
import { instantOf, isDateTime, isoTime } from '../../src/date-time'
import { startSandbox } from '../../src/index'
import { call, sandboxFor } from '../support/sandbox'

const rfc3339: [text: string, instant: string][] = [
  ['2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31t12:00:00z', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31 12:00:00Z', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31T12:00:00+01:00', '2026-01-31T11:00:00.000Z'],
  ['2026-01-31T20:00:00-05:30', '2026-02-01T01:30:00.000Z'],
  ['2026-01-31T12:00:00-00:00', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31T12:00:00.1Z', '2026-01-31T12:00:00.100Z'],
  ['2026-01-31T12:00:00.123456789Z', '2026-01-31T12:00:00.123Z'],
  ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['2017-01-01T00:59:60+01:00', '2017-01-01T00:00:00.000Z'],
]
/** Forms accepted where people type a time, but not in bodies. */
const besides: [text: string, instant: string][] = [
  ['2026-01-31T12:00:00', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31T12:00', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31T12:00Z', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31 12:00', '2026-01-31T12:00:00.000Z'],
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
]
const wrong = [
  ...['', 'noon', '2026', '2026-01', '31.01.2026', '20260131T120000Z', '2026-W05-6', '1769860800000', ' 2026-01-31'],
  ...['2026-02-29', '2026-13-01', '2026-00-01', '2026-01-00', '2026-01-32T12:00:00Z', '2026-1-31T12:00:00Z'],
  ...['2026-01-31T24:00:00Z', '2026-01-31T12:60:00Z', '2026-01-31T12:00:61Z', '2026-01-31T12:00:60Z', '2026-01-31T12Z'],
  ...['2026-01-31T12:00:00+0100', '2026-01-31T12:00:00+01', '2026-01-31T12:00:00+24:00', '2026-01-31T12:00:00+01:60'],
  ...[
    '2026-01-31T12:00:00 Z',
    '2026-01-31T12:00:00.Z',
    '2026-01-31T12:00:00,5Z',
    '2026-01-31Z',
    '2026-01-31_12:00:00Z',
  ],
  ...['+002026-01-31T12:00:00Z', '2026-01-31T12:00:00Z\n', '２０２６-01-31T12:00:00Z'],
  ...['9999-12-31T23:59:60Z', '9999-12-31T23:59:59-00:01', '0000-01-01T00:00:00+00:01'],
]

t.test('times are parsed as RFC 3339 defines, and impossible dates are refused', (t) => {
  for (const [text, instant] of [...rfc3339, ...besides]) t.equal(isoTime(instantOf(text)), instant, text)
  t.equal(isoTime(instantOf('0099-01-01T00:00:00Z')), '0099-01-01T00:00:00.000Z')
  for (const text of wrong) t.ok(Number.isNaN(instantOf(text)), text)
  for (const [text] of rfc3339) t.ok(isDateTime(text), text)
  for (const text of [...besides.map(([text]) => text), ...wrong]) t.notOk(isDateTime(text), text)
  t.end()
})

t.test('the start option, the clock and filters accept the same forms of dates, bodies only RFC 3339', async (t) => {
  const { url, clock } = await sandboxFor(t)
  const { status } = await call(url, 'POST', '/orders', { id: 'order-1' })
  t.equal(status, 200)
  const accepts = async (text: string) => {
    const filter = await call(url, 'GET', `/packages?filter[updated_after]=${encodeURIComponent(text)}`)
    const set = await fetch(`${url}/_sandbox/clock/set`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ now: text }),
    })
    const body = await call(url, 'PATCH', '/orders/order-1/result', { start_date: text })
    const started = await startSandbox({ clock: text, port: 0 }).then(
      async (sandbox) => {
        const { now } = await sandbox.clock.read()
        await sandbox.close()
        return now
      },
      () => null,
    )
    return { filter: filter.status, set: set.status, body: body.status, started }
  }
  for (const [text, instant] of rfc3339)
    t.strictSame(await accepts(text), { filter: 200, set: 200, body: 200, started: instant }, text)
  for (const [text, instant] of besides)
    t.strictSame(await accepts(text), { filter: 200, set: 200, body: 400, started: instant }, text)
  for (const text of wrong)
    t.strictSame(await accepts(text), { filter: 400, set: 400, body: 400, started: null }, JSON.stringify(text))
  await t.rejects(clock.set('noon'), /body\/now must be a date-time such as/)
})
