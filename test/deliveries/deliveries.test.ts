import t, { type Test } from 'tap'
import { type ControlDelivery, ControlDeliverySchema } from '../../schemas/control/deliveries'
import { ResultsCallbackSchema, WebhookPayloadSchema } from '../../schemas/deliveries'
import { steadyPort } from '../../scripts/steady-port'
import { createClock } from '../../src/clock'
import type { Parts } from '../../src/compose/deps'
import { type SandboxOptions, startSandbox, verifySignature } from '../../src/index'
import { deliveriesOf, receiverFor } from '../support/receiver'
import { call, fullOrder, sandboxFor, violationsOf } from '../support/sandbox'
import { until } from '../support/until'

const noon = Date.parse('2026-01-31T12:00:00.000Z')
const result = { result: { value: 'passed' } }

/** A sandbox at noon whose clock the test moves. */
async function atNoon(t: Test, options: SandboxOptions = {}, parts: Parts = {}) {
  const clock = createClock(noon)
  const sandbox = await sandboxFor(t, options, { clock, ...parts })
  return { ...sandbox, clock, moved: (ms: number) => clock.advance(ms) }
}

/** Orders as acme with `resultsUrl`, and reports a result. */
async function report(url: string, resultsUrl: string, id = 'order-1') {
  await call(url, 'POST', '/orders', { id, results_update_url: resultsUrl })
  return call(url, 'PATCH', `/orders/${id}/result`, result)
}

t.test('a reported result is sent to results_update_url, with the ids of the order', async (t) => {
  const receiver = await receiverFor(t)
  const { url } = await sandboxFor(t)
  const order = { ...fullOrder, results_update_url: `${receiver.url}/results?key=1` }
  const placed = await call(url, 'POST', '/orders', order)
  const update = { id: 'result-1', score: { value: '92' }, result: { value: 'passed' }, passthrough: { a: [1] } }
  await call(url, 'PATCH', `/orders/${order.id}/result`, update)

  const [received] = await receiver.all(1)
  t.match(received, { method: 'PATCH', path: '/results?key=1', headers: { 'content-type': 'application/json' } })
  t.strictSame(received?.json, {
    ...update,
    id: order.id,
    remote_id: placed.body['remote_id'],
    candidate: { id: 'cand_31', remote_id: 'ats-cand-5', profile_url: 'https://ats.example.com/candidates/31' },
  })
  t.strictSame(violationsOf(ResultsCallbackSchema, received?.json), [])
})

t.test('the method of the results callback is configurable', async (t) => {
  const receiver = await receiverFor(t)
  for (const callbackMethod of ['POST', 'PUT'] as const) {
    const { url } = await sandboxFor(t, { callbackMethod })
    await report(url, receiver.url)
  }
  t.strictSame((await receiver.all(2)).map(({ method }) => method).sort(), ['POST', 'PUT'])
})

t.test('each report sends the merged result; an empty report sends nothing', async (t) => {
  const receiver = await receiverFor(t)
  const { url } = await sandboxFor(t)
  await call(url, 'POST', '/orders', { id: 'order-1', results_update_url: receiver.url })
  for (const update of [{ summary: 'Good' }, {}, { score: { value: '92' } }])
    await call(url, 'PATCH', '/orders/order-1/result', update)
  const bodies = (await receiver.all(2)).map(({ json }) => [json['summary'], json['score']])
  t.strictSame(bodies, [
    ['Good', undefined],
    ['Good', { value: '92' }],
  ])
  t.equal((await deliveriesOf({ url })).length, 2)
})

t.test('without results_update_url or without a result, nothing is sent', async (t) => {
  const { url } = await sandboxFor(t)
  for (const results_update_url of [undefined, null, ''])
    await call(url, 'POST', '/orders', { id: `order-${String(results_update_url)}`, results_update_url })
  await call(url, 'PATCH', '/orders/order-null/result', result)
  await call(url, 'POST', '/orders', { id: 'placed', results_update_url: 'http://127.0.0.1:9/' })
  t.strictSame(await deliveriesOf({ url }), [])
})

t.test('webhooks receive created and updated events, signed over the exact bytes', async (t) => {
  const receiver = await receiverFor(t)
  const sandbox = await atNoon(t, { webhooks: [`${receiver.url}/hook#whsec_1`] })
  const placed = await call(sandbox.url, 'POST', '/orders', { ...fullOrder, results_update_url: null, brand_new: 1 })
  await call(sandbox.url, 'PATCH', `/orders/${fullOrder.id}/result`, { id: 'result-1', ...result })

  const received = await receiver.all(2)
  for (const { method, path, headers, raw, json } of received) {
    t.strictSame([method, path], ['POST', '/hook'])
    const signature = headers['x-stackone-signature']
    t.match(signature, /^[\w-]{43}$/)
    t.ok(verifySignature(raw, signature, 'whsec_1'))
    t.notOk(verifySignature(raw, signature, 'whsec_2'))
    t.notOk(verifySignature(Buffer.concat([raw, Buffer.from(' ')]), signature, 'whsec_1'))
    t.strictSame(violationsOf(WebhookPayloadSchema, json), [])
  }
  const { passthrough, ...order } = { ...fullOrder, results_update_url: null }
  const remote_id = placed.body['remote_id']
  const common = {
    project_id: 'sandbox',
    event_date: '2026-01-31T12:00:00.000Z',
    record_type: 'ats_assessments',
    record_id: fullOrder.id,
    record_remote_id: remote_id,
    sent_at: '2026-01-31T12:00:00.000Z',
    account_id: 'acme',
  }
  const rawEvent = (type: string) => ({
    headers: { 'content-type': 'application/json' },
    body: { type, assessment_id: remote_id },
  })
  const ids = { application_id: 'app_1029', candidate_id: 'cand_31' }
  const [created = {}, updated = {}] = received.map(({ json }) => json)
  t.strictSame(created, {
    ...common,
    event: 'ats_assessments.created',
    raw_event: rawEvent('assessment.created'),
    event_data: { ...ids, ...order, remote_id },
  })
  const { event_data, ...rest } = updated
  t.strictSame(rest, { ...common, event: 'ats_assessments.updated', raw_event: rawEvent('assessment.updated') })
  t.match(event_data, {
    ...ids,
    ...order,
    remote_id,
    result: { id: /^[\da-f-]{36}$/, ...result, candidate: { id: 'cand_31' } },
  })
})

t.test('a webhook payload has null as the id of a missing application or candidate', async (t) => {
  const receiver = await receiverFor(t)
  const { url } = await sandboxFor(t, { webhooks: [receiver.url] })
  const orders = [{}, { application: null, candidate: {} }, { application_id: 'mine', candidate: { id: null } }]
  for (const order of orders) await call(url, 'POST', '/orders', order)
  for (const { json } of await receiver.all(orders.length)) {
    t.match(json['event_data'], { application_id: null, candidate_id: null })
    t.strictSame(violationsOf(WebhookPayloadSchema, json), [])
  }
})

t.test('every attempt of a webhook delivery sends the same bytes', async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(503).end())
  const sandbox = await atNoon(t, { webhooks: [receiver.url] })
  await call(sandbox.url, 'POST', '/orders', { id: 'order-1' })
  await sandbox.moved(12 * 60_000)
  await call(sandbox.url, 'PATCH', '/orders/order-1/result', result)
  await sandbox.moved(12 * 60_000)
  t.equal(receiver.received.length, 10)
  const seen = new Map(receiver.received.map(({ raw, json }) => [raw.toString(), json['event']]))
  t.strictSame([...seen.values()], ['ats_assessments.created', 'ats_assessments.updated'])
})

t.test('verifySignature never throws, and accepts padding', (t) => {
  const header = 'ywuMw6oRrMNPMtPuQ2Xf3kSxO6cXTAAxXKcGmWMr2XE'
  const known = '{"event":"ats_assessments.created"}'
  t.notOk(verifySignature(known, header, 'secret'))
  for (const wrong of [undefined, null, '', '=', 'é', ['a'], 'x'.repeat(10_000)])
    t.notOk(verifySignature(known, wrong, 'secret'))
  // RFC 4231, test case 2, in base64url.
  const rfc = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex')
  t.ok(verifySignature('what do ya want for nothing?', rfc.toString('base64url'), 'Jefe'))
  t.ok(verifySignature(Buffer.from('what do ya want for nothing?'), `${rfc.toString('base64url')}=`, 'Jefe'))
  t.end()
})

t.test('a repeated order fires each event once', async (t) => {
  const receiver = await receiverFor(t)
  const { url } = await sandboxFor(t, { webhooks: [receiver.url] })
  const order = { id: 'order-1', candidate: { emails: [{ value: 'mia+passed@example.com' }] } }
  await Promise.all(Array.from({ length: 5 }, () => call(url, 'POST', '/orders', order)))
  const received = await receiver.all(2)
  t.strictSame(
    received.map(({ json }) => json['event']),
    ['ats_assessments.created', 'ats_assessments.updated'],
  )
  t.ok(verifySignature(received[0]?.raw ?? '', received[0]?.headers['x-stackone-signature'], 'sandbox'))
  t.equal((await deliveriesOf({ url })).length, 2)
})

t.test('a failing receiver gets five attempts within about ten minutes, and each is recorded', async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(503).end('try later'))
  const sandbox = await atNoon(t)
  await report(sandbox.url, receiver.url)
  await sandbox.moved(12 * 60_000)

  const [delivery] = await deliveriesOf(sandbox)
  t.strictSame(violationsOf(ControlDeliverySchema, delivery), [])
  t.match(delivery, { status: 'failed', event: 'results_callback', webhookId: null, nextAttemptAt: null })
  const attempts = delivery?.attempts ?? []
  t.equal(receiver.received.length, 5)
  const times = attempts.map(({ at }) => Date.parse(at) - noon)
  t.equal(times[0], 0)
  for (const [i, delay] of [15_000, 45_000, 135_000, 405_000].entries()) {
    const waited = (times[i + 1] ?? NaN) - (times[i] ?? NaN)
    t.ok(waited >= delay * 0.9 && waited <= delay * 1.1, `${String(waited)} ms is about ${String(delay)}`)
  }
  for (const [i, attempt] of attempts.entries()) {
    t.match(attempt, { url: receiver.url, status: 503, ms: 0, error: 'answered 503: try later' })
    t.equal(attempt.nextAttemptAt, attempts[i + 1]?.at ?? null)
  }
  const bytes = new Set(receiver.received.map(({ raw }) => raw.toString()))
  t.equal(bytes.size, 1, 'every attempt sends the same bytes')
})

t.test('a receiver that recovers gets its pending delivery', async (t) => {
  let answers = [500, 408, 429, 200]
  const receiver = await receiverFor(t, (response) => response.writeHead(answers.shift() ?? 500).end())
  const sandbox = await atNoon(t)
  await report(sandbox.url, receiver.url)
  await sandbox.moved(4 * 60_000)
  t.match(await deliveriesOf(sandbox), [{ status: 'delivered', attempts: { length: 4 } }])

  answers = [204]
  await report(sandbox.url, receiver.url, 'order-2')
  await receiver.all(5)
  await sandbox.moved(0)
  t.match(await deliveriesOf(sandbox, '?orderId=order-2'), [{ status: 'delivered', attempts: [{ error: null }] }])
})

t.test('other error statuses and redirects fail immediately', async (t) => {
  const elsewhere = await receiverFor(t)
  for (const status of [301, 302, 307, 308, 400, 401, 404, 410, 422, 499]) {
    const receiver = await receiverFor(t, (response) =>
      response.writeHead(status, { location: elsewhere.url, 'retry-after': '1' }).end('no'),
    )
    const sandbox = await atNoon(t)
    await report(sandbox.url, receiver.url)
    await sandbox.moved(12 * 60_000)
    t.equal(receiver.received.length, 1)
    const error = `answered ${String(status)}: ${status < 400 ? 'redirects are not followed' : 'no'}`
    t.match(await deliveriesOf(sandbox), [{ status: 'failed', attempts: [{ status, error, nextAttemptAt: null }] }])
  }
  t.equal(elsewhere.received.length, 0)
})

const second = 1_000
const day = 24 * 60 * 60 * second
/** Retry-After, the receiver's Date, and the expected wait; null stands for the regular backoff. */
const asked: [retryAfter: string, date: string, wait: number | null][] = [
  ['3', '', 3 * second],
  ['  120 ', '', 120 * second],
  ['0', '', second],
  ['999999999999', '', day],
  ['9'.repeat(400), '', day],
  // A date is relative to the receiver's clock, which may be off by years, or else to the sandbox's.
  ['Sat, 31 Jan 2026 12:05:00 GMT', 'Sat, 31 Jan 2026 12:00:30 GMT', 270 * second],
  ['Saturday, 31-Jan-26 12:05:00 GMT', 'Sat, 31 Jan 2026 12:00:00 GMT', 300 * second],
  ['Sat Jan 31 12:05:00 2026', 'Saturday, 31-Jan-26 12:04:00 GMT', 60 * second],
  ['Sun Feb  1 12:00:00 2026', 'Sat Jan 31 12:04:00 2026', day - 240 * second],
  ['Mon, 01 Jan 2001 00:01:00 GMT', 'Mon, 01 Jan 2001 00:00:00 GMT', 60 * second],
  ['Sat, 31 Dec 2016 23:59:60 GMT', 'Sat, 31 Dec 2016 23:59:00 GMT', 60 * second],
  ['Sat, 31 Jan 2026 12:00:07 GMT', '', 7 * second],
  ['Sat, 31 Jan 2026 12:00:07 GMT', 'yesterday', 7 * second],
  ['Sunday, 01-Jan-99 00:00:00 GMT', '', second],
  // In the past.
  ['Sat, 31 Jan 2026 11:59:00 GMT', '', second],
  ['Thu, 01 Jan 1970 00:00:00 GMT', '', second],
  ...[
    ...['1.5', '-1', '+5', '1e3', '0x10', '5s', '5, 10', '٣', 'soon', '', 'Infinity', 'null', '3;4'],
    // Not HTTP dates: other formats, other zones, impossible days and times.
    ...['2026-01-31T12:05:00Z', '2026-01-31', '1769861100.5', 'Jan 31 2026 12:05:00', '31 Jan 2026 12:05:00 GMT'],
    ...['Sat, 31 Jan 2026 12:05:00 CET', 'Sat, 31 Jan 2026 12:05:00', 'sat, 31 jan 2026 12:05:00 gmt'],
    ...['Sun, 30 Feb 2026 12:00:00 GMT', 'Sun, 00 Feb 2026 12:00:00 GMT', 'Sun, 01 Feb 2026 24:00:00 GMT'],
  ].map((retryAfter): [string, string, null] => [retryAfter, 'Sat, 31 Jan 2026 12:00:00 GMT', null]),
]

t.test('Retry-After is honoured as in RFC 9110, from a second to a day; otherwise the backoff applies', async (t) => {
  const receiver = await receiverFor(t, (response, { path }) => {
    const [retryAfter, date] = asked[Number(path.slice(1))] ?? []
    response.sendDate = false
    // Raw bytes, since Node would refuse or trim some of these headers.
    const headers = [`retry-after: ${retryAfter ?? ''}`, ...(date ? [`date: ${date}`] : []), 'content-length: 0']
    response.socket?.end(Buffer.from(`HTTP/1.1 429 Too Many Requests\r\n${headers.join('\r\n')}\r\n\r\n`))
  })
  const sandbox = await atNoon(t)
  for (const i of asked.keys()) await report(sandbox.url, `${receiver.url}/${String(i)}`, `order-${String(i)}`)
  await receiver.all(asked.length)
  await sandbox.moved(0)
  for (const [i, [retryAfter, date, wait]] of asked.entries()) {
    const [delivery] = await deliveriesOf(sandbox, `?orderId=order-${String(i)}`)
    const waited = Date.parse(delivery?.nextAttemptAt ?? '') - noon
    const told = `"${retryAfter}", answered at "${date}": ${String(waited)} ms`
    t.ok(wait === null ? waited >= 13_500 && waited <= 16_500 : waited === wait, told)
  }
})

t.test('410 disables a webhook and fails its pending deliveries', async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(410).end())
  const sandbox = await atNoon(t, { webhooks: [receiver.url] })
  const order = { candidate: { emails: [{ value: 'mia+passed@example.com' }] } }
  await call(sandbox.url, 'POST', '/orders', order)
  await sandbox.moved(0)
  const why = 'it answered 410 at 2026-01-31T12:00:00.000Z; remove it and add it again'
  t.match(await deliveriesOf(sandbox), [
    { status: 'failed', attempts: [{ status: null, error: `the webhook is disabled: ${why}` }] },
    { status: 'failed', attempts: [{ status: 410 }] },
  ])
  await call(sandbox.url, 'POST', '/orders', order)
  t.equal((await deliveriesOf(sandbox)).length, 2)
  t.match(await (await fetch(`${sandbox.url}/_sandbox/webhooks`)).json(), { webhooks: [{ disabled: why }] })

  const [, created] = await deliveriesOf(sandbox)
  await fetch(`${sandbox.url}/_sandbox/deliveries/${created?.id ?? ''}/replay`, { method: 'POST' })
  t.equal((await receiver.all(2)).length, 2, 'a replay is still sent')
})

t.test('pending deliveries of a removed webhook are not sent', async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(500).end())
  const sandbox = await atNoon(t, { webhooks: [receiver.url] })
  await call(sandbox.url, 'POST', '/orders', {})
  await receiver.all(1)
  const [{ webhookId }] = (await deliveriesOf(sandbox)) as [ControlDelivery]
  await fetch(`${sandbox.url}/_sandbox/webhooks/${webhookId ?? ''}`, { method: 'DELETE' })
  await sandbox.moved(60_000)
  t.equal(receiver.received.length, 1)
  t.match(await deliveriesOf(sandbox), [{ status: 'failed', attempts: [{}, { error: 'the webhook was removed' }] }])
})

t.test('a hanging receiver times out in real time, even while the clock is frozen', async (t) => {
  const receiver = await receiverFor(t, () => undefined)
  const sandbox = await atNoon(t, { webhooks: [receiver.url] }, { timeout: 300 })
  for (let i = 0; i < 2; i++) await call(sandbox.url, 'POST', '/orders', {})
  await until(async () => (await deliveriesOf(sandbox)).every(({ attempts }) => attempts.length === 1))
  await sandbox.moved(35_000)
  for (const { attempts } of await deliveriesOf(sandbox))
    t.match(attempts, [{ error: 'no answer within 0.3 s' }, { error: 'no answer within 0.3 s' }])
  t.equal(receiver.received.length, 4)
})

t.test('moving the clock does not abort an attempt in progress', async (t) => {
  const answers: (() => void)[] = []
  const receiver = await receiverFor(t, (response) => answers.push(() => response.end()))
  const sandbox = await atNoon(t, { webhooks: [receiver.url] })
  await call(sandbox.url, 'POST', '/orders', {})
  await receiver.all(1)
  await sandbox.moved(60_000)
  answers[0]?.()
  await until(async () => (await deliveriesOf(sandbox))[0]?.status === 'delivered')
  t.match(await deliveriesOf(sandbox), [{ attempts: { length: 1 } }])
})

t.test('deliveries of one order to one receiver stay in order; those of other orders do not wait', async (t) => {
  let isDown = true
  const receiver = await receiverFor(t, (response, { json }) =>
    response.writeHead(isDown && json['id'] === 'order-1' ? 500 : 200).end(),
  )
  const sandbox = await atNoon(t)
  await report(sandbox.url, receiver.url)
  for (const summary of ['second', 'third']) await call(sandbox.url, 'PATCH', '/orders/order-1/result', { summary })
  await report(sandbox.url, receiver.url, 'order-2')
  await receiver.all(2)
  await sandbox.moved(20_000)
  t.match(await deliveriesOf(sandbox), [
    { orderId: 'order-2', status: 'delivered' },
    { orderId: 'order-1', status: 'pending', attempts: { length: 0 } },
    { orderId: 'order-1', status: 'pending', attempts: { length: 0 } },
    { orderId: 'order-1', status: 'pending', attempts: { length: 2 } },
  ])
  isDown = false
  await sandbox.moved(60_000)
  t.strictSame(
    (await deliveriesOf(sandbox)).map(({ status }) => status),
    ['delivered', 'delivered', 'delivered', 'delivered'],
  )
  const summaries = receiver.received.filter(({ json }) => json['id'] === 'order-1').map(({ json }) => json['summary'])
  t.strictSame(summaries, [undefined, undefined, undefined, 'second', 'third'])
})

t.test('a finished delivery can be replayed, and so can one waiting for its next attempt', async (t) => {
  let status = 400
  const receiver = await receiverFor(t, (response) => response.writeHead(status).end())
  const sandbox = await atNoon(t)
  const replay = async (id = '') => {
    const response = await fetch(`${sandbox.url}/_sandbox/deliveries/${id}/replay`, { method: 'POST' })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  await report(sandbox.url, receiver.url)
  await receiver.all(1)
  await sandbox.moved(0)
  const [failed] = await deliveriesOf(sandbox)
  t.equal(failed?.status, 'failed')

  status = 500
  t.match(await replay(failed?.id), { status: 202, body: { id: failed?.id, status: 'pending' } })
  await receiver.all(2)
  await sandbox.moved(0)
  t.match(await deliveriesOf(sandbox), [{ status: 'pending', attempts: [{ status: 400 }, { status: 500 }] }])

  status = 200
  await replay(failed?.id)
  await receiver.all(3)
  await sandbox.moved(0)
  t.match(await deliveriesOf(sandbox), [{ status: 'delivered', attempts: { length: 3 } }])
  await sandbox.moved(20 * 60_000)
  t.equal(receiver.received.length, 3, 'the scheduled attempt is dropped')
  t.match(await replay('nope'), { status: 404, body: { message: 'Delivery nope not found', hint: /GET \/_sandbox/ } })
})

t.test('replaying a delivery in progress changes nothing', async (t) => {
  const receiver = await receiverFor(t, () => undefined)
  const sandbox = await atNoon(t)
  await report(sandbox.url, receiver.url)
  await receiver.all(1)
  const [delivery] = await deliveriesOf(sandbox)
  const response = await fetch(`${sandbox.url}/_sandbox/deliveries/${delivery?.id ?? ''}/replay`, { method: 'POST' })
  t.match(await response.json(), { status: 'pending', attempts: { length: 0 } })
  t.equal(receiver.received.length, 1)
})

t.test('deliveries are listed newest first, filtered by account, order and status, up to the limit', async (t) => {
  const receiver = await receiverFor(t, (response, { json }) =>
    response.writeHead(json['id'] === 'order-2' ? 400 : 200).end(),
  )
  const sandbox = await atNoon(t)
  for (const id of ['order-1', 'order-2', 'order-3']) await report(sandbox.url, receiver.url, id)
  await call(
    sandbox.url,
    'POST',
    '/orders',
    { id: 'order-1', results_update_url: receiver.url },
    { 'x-account-id': 'b' },
  )
  await call(sandbox.url, 'PATCH', '/orders/order-1/result', result, { 'x-account-id': 'b' })
  await receiver.all(4)
  await sandbox.moved(0)
  const listed = async (query: string) =>
    (await deliveriesOf(sandbox, query)).map(({ account, orderId }) => `${account} ${String(orderId)}`)
  t.strictSame(await listed(''), ['b order-1', 'acme order-3', 'acme order-2', 'acme order-1'])
  t.strictSame(await listed('?account=acme'), ['acme order-3', 'acme order-2', 'acme order-1'])
  t.strictSame(await listed('?orderId=order-1'), ['b order-1', 'acme order-1'])
  t.strictSame(await listed('?status=failed'), ['acme order-2'])
  t.strictSame(await listed('?limit=2&account=acme'), ['acme order-3', 'acme order-2'])
  for (const query of ['?limit=0', '?limit=x', '?status=lost', '?acount=acme']) {
    const refused = await fetch(`${sandbox.url}/_sandbox/deliveries${query}`)
    t.equal(refused.status, 400, query)
    t.match(await refused.json(), {
      message: /^query(\/limit|\/status| must not have the property acount)/,
      hint: /query parameter/,
    })
  }
})

t.test('a delivery to a forbidden target is blocked, and names the setting', async (t) => {
  const resolve = async (name: string) =>
    name === 'hooks.example.com' ? [{ address: '93.184.216.34', family: 4 }] : [{ address: '127.0.0.1', family: 4 }]
  const receiver = await receiverFor(t)
  const sandbox = await atNoon(t, {}, { resolve })
  await report(sandbox.url, 'https://hooks.example.com/results', 'public')
  await report(sandbox.url, 'not a url', 'broken')
  await report(sandbox.url, receiver.url.replace('127.0.0.1', 'receiver.example.com'), 'named')
  await receiver.all(1)
  await sandbox.moved(0)
  t.match(await deliveriesOf(sandbox), [
    { orderId: 'named', status: 'delivered' },
    { orderId: 'broken', status: 'blocked' },
    { orderId: 'public', status: 'blocked', attempts: [{ error: /SANDBOX_CALLBACK_TARGETS=hooks\.example\.com/ }] },
  ])
  t.match(receiver.received[0]?.headers.host, /^receiver\.example\.com:\d+$/)
})

t.test('a network error is described in words, and the delivery is retried', async (t) => {
  const port = await steadyPort()
  const plain = await receiverFor(t)
  const sandbox = await atNoon(t)
  await report(sandbox.url, `http://127.0.0.1:${String(port)}/`, 'down')
  await report(sandbox.url, 'http://nobody.example.com/', 'unknown')
  await report(sandbox.url, plain.url.replace('http:', 'https:'), 'plain')
  await sandbox.moved(0)
  const told = new Map((await deliveriesOf(sandbox)).map(({ orderId, attempts }) => [orderId, attempts[0]?.error]))
  t.equal(told.get('down'), `nothing listens at 127.0.0.1:${String(port)}`)
  t.equal(told.get('unknown'), 'nobody.example.com could not be resolved')
  t.match(told.get('plain'), /SSL|EPROTO|wrong version/)
  t.strictSame(
    (await deliveriesOf(sandbox)).map(({ status }) => status),
    ['pending', 'pending', 'pending'],
  )
})

t.test('a receiver may be given by its host name', async (t) => {
  const receiver = await receiverFor(t)
  const sandbox = await startSandbox()
  t.teardown(() => sandbox.close())
  await report(sandbox.url, receiver.url.replace('127.0.0.1', 'localhost'))
  t.match(await receiver.all(1), [{ method: 'PATCH' }])
})

t.test('closing a sandbox aborts attempts in progress and sends nothing more', async (t) => {
  const hung = await receiverFor(t, () => undefined)
  const failing = await receiverFor(t, (response) => response.writeHead(500).end())
  const sandbox = await atNoon(t)
  await report(sandbox.url, hung.url)
  await report(sandbox.url, failing.url, 'order-2')
  await Promise.all([hung.all(1), failing.all(1)])
  await sandbox.close()
  await sandbox.moved(60 * 60_000)
  t.strictSame([hung.received.length, failing.received.length], [1, 1])
})
