import t, { type Test } from 'tap'
import type { Snapshot } from '../../schemas/control/snapshot'
import { holdsSecret, withoutWebhookSecrets } from '../../src/control/webhook-secrets'
import { connectSandbox, type SandboxOptions, verifySignature } from '../../src/index'
import { watch } from '../support/live-stream'
import { receiverFor } from '../support/receiver'
import { call, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

/** What strangers must not read; `opened` uses each one. */
const secrets = /whsec_own|k3y-0f-mine|Xy12Zab34cd56ef78gh9|t0p-secret|inside of the receiver/

/** A sandbox open to everyone, with an order, a webhook with secrets, and a receiver that reveals internals. */
async function opened(t: Test, options: SandboxOptions = {}) {
  const receiver = await receiverFor(t, (response) => response.writeHead(503).end('the inside of the receiver'))
  const sandbox = await sandboxFor(t, { host: '0.0.0.0', ...options })
  const anyone = connectSandbox(sandbox.url)
  const url = `${receiver.url}/hooks/Xy12Zab34cd56ef78gh9?api_key=k3y-0f-mine&team=ats`
  await anyone.webhooks.add({ url, secret: 'whsec_own' })
  const results_update_url = `${receiver.url}/results?run=7&token=t0p-secret`
  await call(sandbox.url, 'POST', '/orders', { id: 'order-1', results_update_url })
  await call(sandbox.url, 'PATCH', '/orders/order-1/result', { score: { value: '92' } })
  await sandbox.deliveries.waitForMany({}, { count: 3 })
  await until(async () => (await sandbox.deliveries.list()).deliveries.some(({ attempts }) => attempts.length > 0))
  return { receiver, sandbox, anyone, url }
}

/** Without the attempts, whose response bodies an open snapshot omits. */
const withoutHistory = ({ takenAt, deliveries, ...snapshot }: Snapshot) => ({
  ...snapshot,
  deliveries: deliveries.map(({ attempts, ...delivery }) => ({ ...delivery, attempts: attempts.length })),
})

/** Without the orders, which contain the client's own request. */
const withoutOrders = ({ orders, ...snapshot }: Snapshot) => JSON.stringify(snapshot)

t.test('an open control API reveals no secrets and no response bodies of receivers', async (t) => {
  const { sandbox, anyone, receiver, url } = await opened(t)
  t.equal(sandbox.controlToken, null)
  const { deliveries } = await anyone.deliveries.list()
  const shownUrl = `${receiver.url}/hooks/***?api_key=***&team=ats`
  t.match(await anyone.webhooks.list(), [{ url: shownUrl }])
  t.match(
    deliveries.find(({ event }) => event === 'results_callback'),
    { url: `${receiver.url}/results?run=7&token=***` },
  )
  const tried = deliveries.find(({ attempts }) => attempts.length > 0)
  t.match(tried?.attempts[0], {
    status: 503,
    error: /^answered 503 \(its body is left out, .* SANDBOX_CONTROL_TOKEN\)$/,
  })

  const snapshot = await anyone.snapshot()
  t.match(snapshot.webhooks, [{ url: shownUrl, secret: { leftOut: /SANDBOX_CONTROL_TOKEN/ } }])
  const stream = await watch(t, sandbox.url)
  const live = await stream.until(({ isWhole }) => isWhole)
  t.equal(live.deliveries.length, 3)
  const seen = [
    deliveries,
    await anyone.webhooks.list(),
    await anyone.deliveries.waitForMany({}, { count: 3 }),
    await Promise.all(deliveries.map(({ id }) => anyone.deliveries.replay(id))),
    live,
  ]
  for (const each of seen) t.notMatch(JSON.stringify(each), secrets)
  t.notMatch(withoutOrders(snapshot), secrets)
  t.notMatch(withoutOrders(await anyone.account('acme').snapshot()), secrets)

  t.match(await sandbox.webhooks.list(), [{ url }], 'the process that started it sees everything')
  t.match((await sandbox.snapshot()).webhooks, [{ url, secret: 'whsec_own' }])
})

t.test('nothing is omitted with a control token or on a loopback address', async (t) => {
  for (const options of [{ controlToken: 'let-me-in' }, { host: '127.0.0.1' }]) {
    const receiver = await receiverFor(t, (response) => response.writeHead(503).end('the inside of the receiver'))
    const { url } = await sandboxFor(t, { host: '0.0.0.0', ...options })
    const known = connectSandbox(url, { token: 'let-me-in' })
    await known.webhooks.add({ url: `${receiver.url}/?api_key=k3y`, secret: 'whsec_own' })
    await known.orders.create()
    await until(async () => JSON.stringify(await known.deliveries.list()).includes('answered 503: the inside'))
    t.match((await known.snapshot()).webhooks, [{ url: /api_key=k3y/, secret: 'whsec_own' }])
  }
})

t.test('SANDBOX_CONTROL_TOKEN=none omits secrets too', async (t) => {
  const { anyone } = await opened(t, { apiKeys: ['sandbox', 'mine'], controlToken: 'none' })
  t.notMatch(withoutOrders(await anyone.snapshot()), secrets)
})

t.test('the default secret is exported, and such a snapshot loads anywhere', async (t) => {
  const receiver = await receiverFor(t)
  const { url } = await sandboxFor(t, { host: '0.0.0.0', webhooks: [`${receiver.url}/hook`] })
  const anyone = connectSandbox(url)
  await anyone.orders.create({ results_update_url: `${receiver.url}/results` })
  const snapshot = await anyone.snapshot()
  t.match(snapshot.webhooks, [{ secret: 'sandbox', url: `${receiver.url}/hook` }])
  const other = await sandboxFor(t)
  await t.resolves(other.load(snapshot))
})

t.test("a receiver's redirect is shown, as it is not a body", async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(302, { location: '/inside' }).end('inside'))
  const { url } = await sandboxFor(t, { host: '0.0.0.0', webhooks: [receiver.url] })
  const anyone = connectSandbox(url)
  await anyone.orders.create()
  t.match(await anyone.deliveries.waitFor({ status: 'failed' }), {
    attempts: [{ error: 'answered 302: redirects are not followed' }],
  })
})

t.test('a snapshot without secrets loads where the webhook is known and keeps its secret', async (t) => {
  let isDown = true
  const receiver = await receiverFor(t, (response) => response.writeHead(isDown ? 503 : 200).end())
  const sandbox = await sandboxFor(t, { host: '0.0.0.0', clock: '2026-01-31T12:00:00Z' })
  const anyone = connectSandbox(sandbox.url)
  const url = `${receiver.url}/hooks/Xy12Zab34cd56ef78gh9?api_key=k3y-0f-mine`
  await anyone.webhooks.add({ url, secret: 'whsec_own' })
  await anyone.orders.create({ id: 'order-1', results_update_url: `${receiver.url}/results?token=t0p-secret` })
  await anyone.orders.complete('order-1')
  await anyone.clock.advance(0)
  const before = await sandbox.snapshot()
  await anyone.load(await anyone.snapshot())
  t.strictSame(withoutHistory(await sandbox.snapshot()), withoutHistory(before))

  isDown = false
  receiver.received.length = 0
  await anyone.clock.advance(60_000)
  t.strictSame(receiver.received.map(({ path }) => path).sort(), [
    '/hooks/Xy12Zab34cd56ef78gh9?api_key=k3y-0f-mine',
    '/hooks/Xy12Zab34cd56ef78gh9?api_key=k3y-0f-mine',
    '/results?token=t0p-secret',
  ])
  for (const { raw, headers, path } of receiver.received.filter(({ path }) => path.startsWith('/hooks')))
    t.ok(verifySignature(raw, headers['x-stackone-signature'], 'whsec_own'), path)
})

t.test('a snapshot without secrets is refused with a hint where the webhook is unknown', async (t) => {
  const { anyone, receiver } = await opened(t)
  const snapshot = await anyone.snapshot()
  const refused = {
    statusCode: 422,
    message: /body\/webhooks\/0, body\/deliveries\/\d\/receiver.* lacks its secret, .* SANDBOX_CONTROL_TOKEN/,
  }
  const other = await sandboxFor(t, { host: '0.0.0.0' })
  for (const control of [other, connectSandbox(other.url)]) await t.rejects(control.load(snapshot), refused)
  const [webhook] = snapshot.webhooks
  const webhooks = Array.from({ length: 4 }, (_, i) => ({
    ...webhook,
    id: `00000000-0000-4000-8000-00000000000${String(i)}`,
  }))
  await t.rejects(other.load({ ...snapshot, webhooks }), /webhooks\/0, .*webhooks\/2 … lacks its secret/)
  t.equal((await other.orders.list()).length, 0)

  // With two secrets for one address there is no telling which is right.
  const hook = `${receiver.url}/hooks/Xy12Zab34cd56ef78gh9?api_key=k3y-0f-mine&team=ats`
  await other.webhooks.add({ url: hook, secret: 'one' })
  await other.webhooks.add({ url: hook, secret: 'another' })
  await t.rejects(other.load(snapshot), refused)

  // Knowing only the id does not get a stranger signatures for their own address.
  const elsewhere = structuredClone(snapshot)
  for (const each of [...elsewhere.webhooks, ...elsewhere.deliveries.map((delivery) => delivery.receiver)])
    each.url = `${receiver.url}/stranger`
  await t.rejects(anyone.load(elsewhere), refused)

  const completed = structuredClone(snapshot)
  for (const each of [...completed.webhooks, ...completed.deliveries.map((delivery) => delivery.receiver)])
    if (each.secret !== null) Object.assign(each, { secret: 'written-in', url: each.url.replaceAll('***', 'x') })
  await t.resolves(other.load(completed))
  t.match((await other.snapshot()).webhooks, [{ secret: 'written-in' }])
})

t.test('after a restart a snapshot without secrets takes them from SANDBOX_WEBHOOKS', async (t) => {
  const receiver = await receiverFor(t)
  const webhooks = [`${receiver.url}/hook#whsec_own`]
  const setUp = { host: '0.0.0.0', webhooks, controlToken: 'none' }
  const first = await sandboxFor(t, setUp)
  await first.orders.create()
  const snapshot = await connectSandbox(first.url).snapshot()
  const next = await sandboxFor(t, setUp)
  await next.load(snapshot)
  t.match((await next.snapshot()).webhooks, [{ secret: 'whsec_own' }])
})

t.test('only the secret parts of a webhook URL are masked', (t) => {
  for (const [url, shown] of [
    ['https://hooks.example.com/services/T000/B000/XXXXXXXXXXXXXXXXXXXXXXXX', '/services/T000/B000/***'],
    ['https://hooks.example.com/0f6c7a56-6d6c-4d8a-9a3e-2b7f0f3f9c11', '/***'],
    ['https://hooks.example.com/a?sig=x&code=0f6c7a56aa6d6c4d8a9a', '/a?sig=***&code=***'],
    ['https://hooks.example.com/a?access_token=x', '/a?access_token=***'],
  ] as const) {
    t.equal(withoutWebhookSecrets(url), `https://hooks.example.com${shown}`)
    t.equal(holdsSecret(url), true, url)
  }
  t.equal(withoutWebhookSecrets('http://user:password@127.0.0.1/a'), 'http://***@127.0.0.1/a')
  for (const url of [
    'http://127.0.0.1:3000/stackone',
    'http://app:3000',
    'http://app:3000/',
    'http://app:3000/webhooks/assessments-2026/v2beta1?account=acme&events=created',
    'http://host.docker.internal:8080/integrations/stackone/events',
  ]) {
    t.equal(withoutWebhookSecrets(url), url)
    t.equal(holdsSecret(url), false)
  }
  t.end()
})
