import t, { type Test } from 'tap'
import { ControlDeliverySchema } from '../../schemas/control/deliveries'
import { ControlWebhookSchema } from '../../schemas/control/webhooks'
import { assessmentEvents } from '../../schemas/events'
import { type SandboxControl, verifySignature } from '../../src/index'
import { bothWays } from '../support/both'
import { type Received, receiverFor } from '../support/receiver'
import { call, fullOrder, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

const noon = '2026-01-31T12:00:00.000Z'
const reported = { score: { value: '92' }, result: { value: 'passed' } } as const

/** The events that `received` names, in order. */
const eventsIn = (received: readonly Received[]) => received.map(({ json }) => json['event'])

bothWays('by default, a webhook subscribes to the three events of assessments', async (t, { url, control }) => {
  const receiver = await receiverFor(t)
  const webhook = await control.webhooks.add({ url: receiver.url })
  t.strictSame(violationsOf(ControlWebhookSchema, webhook), [])
  t.match(webhook, { events: [...assessmentEvents], style: 'native' })
  await postOrder(url, { id: 'order-1' })
  await call(url, 'PATCH', '/orders/order-1/result', { summary: 'Solid' })
  await control.orders.cancel('order-1')
  t.strictSame(eventsIn(await receiver.all(3)), [...assessmentEvents])
})

bothWays(
  'an event that no webhook subscribes to is kept as not-subscribed, and says so',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t)
    const acme = control.account('acme')
    await acme.webhooks.add({ url: `${receiver.url}/results`, events: ['ats_assessments.updated'] })
    await control.webhooks.add({ url: `${receiver.url}/jobs`, events: ['ats_jobs.created', 'account.created'] })
    await postOrder(url, { id: 'order-1' })
    const kept = await acme.deliveries.waitFor({ status: 'not-subscribed' })
    t.strictSame(violationsOf(ControlDeliverySchema, kept), [])
    t.match(kept, {
      ...{ account: 'acme', orderId: 'order-1', event: 'ats_assessments.created', webhookId: null, url: '' },
      reason: 'no webhook of acme subscribes to ats_assessments.created: add it to the events of one',
      ...{ nextAttemptAt: null, attempts: [] },
    })
    t.match(await acme.deliveries.get(kept.id), kept)
    await t.rejects(acme.deliveries.replay(kept.id), {
      statusCode: 409,
      message: /no webhook subscribed to ats_assessments\.created.*PATCH \/_sandbox\/webhooks/s,
    })

    await call(url, 'PATCH', '/orders/order-1/result', reported)
    t.strictSame(eventsIn(await receiver.all(1)), ['ats_assessments.updated'])
    t.match(await control.deliveries.waitFor({ status: 'delivered' }), { reason: null })
    t.equal((await control.deliveries.list()).total, 2)
    t.equal((await control.deliveries.list({ status: 'not-subscribed' })).total, 1)
    t.strictSame((await control.orders.list({ id: 'order-1' })).length, 1)
  },
)

bothWays(
  'nothing is kept about events of an account without webhooks, or with disabled ones',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t, (response) => response.writeHead(410).end())
    await postOrder(url, { id: 'order-1' })
    await control.account('globex').webhooks.add({ url: receiver.url, events: ['ats_jobs.created'] })
    await postOrder(url, { id: 'order-2' })
    t.strictSame((await control.deliveries.list()).deliveries, [], "another account's webhook does not count")

    const acme = control.account('acme')
    const { id } = await acme.webhooks.add({ url: receiver.url, events: ['ats_assessments.created'] })
    await postOrder(url, { id: 'order-3' })
    await acme.deliveries.waitFor({ status: 'failed' })
    t.match((await acme.webhooks.list()).find((each) => each.id === id)?.disabled, /it answered 410/)
    await call(url, 'PATCH', '/orders/order-3/result', reported)
    t.equal((await acme.deliveries.list()).total, 1)
  },
)

bothWays('the events and the style of a webhook can be changed at any time', async (t, { url, control }) => {
  const receiver = await receiverFor(t)
  const { id, ...added } = await control.webhooks.add({ url: receiver.url, events: ['ats_assessments.updated'] })
  await postOrder(url, { id: 'order-1' })
  const events = ['ats_assessments.created' as const]
  t.strictSame(await control.webhooks.update(id, { events }), { id, ...added, events })
  await postOrder(url, { id: 'order-2' })
  t.match(await receiver.all(1), [{ json: { record_id: 'order-2', event_data: {} } }])
  t.match(await control.webhooks.update(id, { style: 'synthetic' }), { events, style: 'synthetic' })
  t.match(await control.webhooks.list(), [{ id, events, style: 'synthetic' }])
  await postOrder(url, { id: 'order-3' })
  t.notOk('event_data' in ((await receiver.all(2))[1]?.json ?? {}))
})

bothWays(
  'changing a webhook that does not exist is refused, and so is an empty or unknown change',
  async (t, { control }) => {
    const { id } = await control.webhooks.add({ url: 'http://127.0.0.1:9/' })
    await t.rejects(control.webhooks.update('nobody', { secret: 'a' }), { statusCode: 404, message: /Webhook nobody/ })
    const refused: [change: object, message: RegExp][] = [
      [{}, /must NOT have fewer than 1 properties/],
      [{ url: 'http://127.0.0.1:9/other' }, /must not have the property url/],
      [{ secret: '' }, /body\/secret/],
      [{ events: [] }, /body\/events/],
      [{ events: ['orders.created'] }, /body\/events\/0 must be one of/],
      [{ style: 'polled' }, /body\/style must be one of native or synthetic/],
    ]
    for (const [change, message] of refused)
      await t.rejects(control.webhooks.update(id, change), { statusCode: 400, message }, JSON.stringify(change))
    t.match(await control.webhooks.list(), [{ events: [...assessmentEvents], style: 'native' }])
  },
)

/** What each style of a webhook gets of an order, a result and a cancellation. */
async function payloads(t: Test, { url, control }: { url: string; control: SandboxControl }) {
  const receiver = await receiverFor(t)
  for (const style of ['native', 'synthetic'] as const)
    await control.webhooks.add({ url: `${receiver.url}/${style}`, style })
  await postOrder(url, { ...fullOrder, results_update_url: null })
  const { remoteId } = await control.orders.get(fullOrder.id)
  await call(url, 'PATCH', `/orders/${fullOrder.id}/result`, { summary: 'Solid' })
  const { result } = await control.orders.get(fullOrder.id)
  await control.orders.cancel(fullOrder.id)
  const received = await receiver.all(6)
  const of = (style: string) => received.filter(({ path }) => path === `/${style}`).map(({ json }) => json)
  return { native: of('native'), synthetic: of('synthetic'), remoteId, result }
}

bothWays(
  'native events hold the event of the ATS and the record, synthetic ones neither',
  async (t, controlled) => {
    const { native, synthetic, remoteId, result } = await payloads(t, controlled)
    const about = (event: string, record_type: string) => ({
      project_id: 'sandbox',
      account_id: 'acme',
      event: `ats_assessments.${event}`,
      event_date: noon,
      record_type,
      record_id: fullOrder.id,
      sent_at: noon,
    })
    const happenings = ['created', 'updated', 'deleted']
    t.strictSame(
      synthetic,
      happenings.map((event) => about(event, 'assessments')),
      'the bare resource, without raw_event, event_data and record_remote_id',
    )
    const { results_update_url, passthrough, ...order } = fullOrder
    t.strictSame(
      native,
      happenings.map((event) => ({
        ...about(event, 'ats_assessments'),
        record_remote_id: remoteId,
        raw_event: {
          headers: { 'content-type': 'application/json' },
          body: { type: `assessment.${event}`, assessment_id: remoteId },
        },
        event_data: {
          ...{ ...order, remote_id: remoteId, results_update_url: null },
          ...{ application_id: 'app_1029', candidate_id: 'cand_31' },
          ...(event !== 'created' && { result }),
        },
      })),
    )
  },
  { clock: noon },
)

bothWays(
  'a rotated secret signs from the moment it is set, including retries of earlier deliveries',
  async (t, { url, control }) => {
    let status = 503
    const receiver = await receiverFor(t, (response) => response.writeHead(status).end())
    const { id } = await control.webhooks.add({ url: receiver.url, secret: 'whsec_old' })
    await postOrder(url, { id: 'order-1' })
    await control.clock.advance(0)
    t.match(await control.webhooks.update(id, { secret: 'whsec_new' }), { id, events: [...assessmentEvents] })
    status = 200
    await control.clock.advance(20_000)
    await postOrder(url, { id: 'order-2' })
    const received = await receiver.all(3)
    const signedWith = (secret: string | readonly string[]) =>
      received.map(({ raw, headers }) => verifySignature(raw, headers['x-stackone-signature'], secret))
    t.strictSame(signedWith('whsec_old'), [true, false, false])
    t.strictSame(signedWith('whsec_new'), [false, true, true])
    t.strictSame(signedWith(['whsec_new', 'whsec_old']), [true, true, true])
    t.strictSame(signedWith(['whsec_other']), [false, false, false])
    t.strictSame(signedWith([]), [false, false, false])
    t.strictSame(received[0]?.raw, received[1]?.raw, 'the bytes of a retry stay the same')
  },
  { clock: noon },
)

t.test('a secret that was rotated is never shown', async (t) => {
  const sandbox = await sandboxFor(t)
  const { id } = await sandbox.webhooks.add({ url: 'http://127.0.0.1:9/', secret: 's3cret-1' })
  const response = await fetch(`${sandbox.url}/_sandbox/webhooks/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: '{"secret":"s3cret-2"}',
  })
  t.equal(response.status, 200)
  t.notMatch(await response.text(), /s3cret/)
})

bothWays(
  'a delivery to a webhook that was removed is still signed with its secret when it is replayed',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t)
    const { id } = await control.webhooks.add({ url: receiver.url, secret: 'whsec_1' })
    await postOrder(url, {})
    const delivered = await control.deliveries.waitFor({ status: 'delivered' })
    await control.webhooks.remove(id)
    await control.deliveries.replay(delivered.id)
    for (const { raw, headers } of await receiver.all(2))
      t.ok(verifySignature(raw, headers['x-stackone-signature'], 'whsec_1'))
  },
)
