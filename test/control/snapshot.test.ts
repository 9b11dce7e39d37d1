import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type Snapshot, SnapshotSchema } from '../../schemas/control/snapshot'
import { assessmentEvents } from '../../schemas/events'
import { nobody } from '../../src/store/records'
import { connectSandbox, ControlError, type SandboxControl, startSandbox, verifySignature } from '../../src/index'
import { bothWays } from '../support/both'
import { receiverFor } from '../support/receiver'
import { call, fullOrder, sandboxFor, violationsOf } from '../support/sandbox'
import { until } from '../support/until'

const noon = '2026-01-31T12:00:00.000Z'
const publicUrl = 'http://sandbox.example.com'
const setUp = { clock: noon, publicUrl }

/** A snapshot without its timestamp. */
async function held(control: Pick<SandboxControl, 'snapshot'>): Promise<Omit<Snapshot, 'takenAt'>> {
  const { takenAt, ...rest } = await control.snapshot()
  return rest
}

/** Orders in several states for two accounts, with webhooks, deliveries and faults. */
async function fill(url: string, control: SandboxControl, receiverUrl: string) {
  const acme = control.account('acme')
  await control.webhooks.add({ url: `${receiverUrl}/all`, secret: 'whsec_all' })
  await acme.webhooks.add({ url: `${receiverUrl}/acme`, secret: 'whsec_acme' })
  await acme.faults.add({ on: 'packages.get', status: 429, times: 3 })
  await control.faults.add({ on: 'packages.list', status: 502, errorCode: 'ProviderError', every: 2 })
  await call(url, 'POST', '/orders', { ...fullOrder, results_update_url: `${receiverUrl}/results` })
  await call(url, 'POST', '/orders', { id: 'order-1', brand_new: { a: [1] } }, { 'x-account-id': 'globex' })
  await acme.orders.create({ id: 'order-2' })
  await call(url, 'PATCH', `/orders/${fullOrder.id}/result`, { score: { value: '92' } })
  await call(url, 'GET', '/packages/none')
  await call(url, 'GET', '/packages')
  await control.clock.advance(0)
}

bothWays(
  'a full snapshot restores orders, test pages, results, webhooks and faults elsewhere',
  async (t, { url, control }) => {
    let isDown = true
    const receiver = await receiverFor(t, (response, { path }) =>
      response.writeHead(isDown && path === '/acme' ? 503 : 200).end(),
    )
    await fill(url, control, receiver.url)
    const snapshot = await control.snapshot()
    t.strictSame(violationsOf(SnapshotSchema, snapshot), [])
    t.match(snapshot, { format: 'stackone-assessments-sandbox', version: 2, takenAt: noon, account: null })

    const other = await sandboxFor(t, setUp)
    const copy = 'close' in control ? other : connectSandbox(other.url)
    await copy.orders.create({ id: 'forgotten' })
    await copy.load(JSON.parse(JSON.stringify(snapshot)))
    t.strictSame(await held(copy), await held(control))
    t.strictSame(await copy.orders.list(), await control.orders.list())
    t.strictSame(await copy.deliveries.list(), await control.deliveries.list())
    t.strictSame(await copy.webhooks.list(), await control.webhooks.list())
    t.strictSame(await copy.faults.list(), await control.faults.list())
    t.match(await copy.faults.list(), [
      { seen: 1, struck: 1, isSpent: false },
      { seen: 1, struck: 0 },
    ])
    const ofBoth = async (method: string, path: string) => {
      const [{ status, body }, answer] = [await call(url, method, path), await call(other.url, method, path)]
      t.strictSame([answer.status, answer.body], [status, body])
      return status
    }
    t.equal(await ofBoth('GET', `/orders/${fullOrder.id}`), 200)
    t.equal(await ofBoth('GET', `/orders/${fullOrder.id}/results`), 200)
    for (const { testUrl } of await control.orders.list()) {
      const page = async (base: string) => (await fetch(testUrl.replace(publicUrl, base))).text()
      t.equal(await page(other.url), await page(url))
    }

    // Pending deliveries continue at the same time, with the same ids and secrets.
    const pending = (await copy.deliveries.list({ status: 'pending' })).deliveries
    t.equal(pending.length, 3, 'two are waiting for a retry, one for the delivery before it')
    await control.reset()
    isDown = false
    receiver.received.length = 0
    await copy.clock.advance(10_000)
    t.equal(receiver.received.length, 0)
    await copy.clock.advance(10_000)
    t.equal(receiver.received.length, 3)
    for (const { raw, headers, path } of receiver.received) {
      t.equal(path, '/acme')
      t.ok(verifySignature(raw, headers['x-stackone-signature'], 'whsec_acme'))
    }
    t.strictSame(
      receiver.received.map(({ headers }) => headers['x-sandbox-delivery']).sort(),
      pending.map(({ id }) => id).sort(),
    )
    t.match(await copy.deliveries.list({ status: 'pending' }), { deliveries: [] })
    t.equal((await call(other.url, 'POST', '/orders', { id: 'order-2' })).status, 409)
  },
  setUp,
)

bothWays(
  "loading an account's snapshot replaces only that account",
  async (t, { url, control }) => {
    const receiver = await receiverFor(t)
    await fill(url, control, receiver.url)
    const snapshot = await control.account('acme').snapshot()
    t.match(snapshot, { account: 'acme', orders: { length: 2 }, webhooks: { length: 1 }, faults: { length: 1 } })

    const other = await sandboxFor(t, setUp)
    for (const account of ['acme', 'globex']) {
      await other.account(account).orders.create({ id: 'here before' })
      await other.account(account).faults.add({ status: 500, times: 1 })
      await other.account(account).webhooks.add({ url: receiver.url })
    }
    await other.clock.advance(5_000)
    const globex = await held(other.account('globex'))
    await other.load(snapshot)
    t.strictSame(await held(other.account('globex')), globex)
    t.strictSame(await held(other.account('acme')), await held(control.account('acme')))
    t.equal((await other.clock.read()).now, '2026-01-31T12:00:05.000Z')
    await control.load(await other.account('globex').snapshot())
    t.strictSame(await held(control.account('globex')), globex)
  },
  setUp,
)

bothWays(
  'a seeded sandbox never reuses the ids of a loaded snapshot',
  async (t, { control }) => {
    await control.orders.create()
    await control.webhooks.add({ url: 'http://127.0.0.1:9/' })
    const [everything, ofAccount] = [await control.snapshot(), await control.account('acme').snapshot()]
    for (const snapshot of [everything, ofAccount]) {
      const other = await sandboxFor(t, { ...setUp, seed: 'spring' })
      await other.load(snapshot)
      await other.orders.create()
      const { orders } = await other.snapshot()
      t.equal(orders.length, 2)
      for (const key of ['id', 'token', 'remoteId'] as const) t.not(orders[0]?.[key], orders[1]?.[key], key)
    }
  },
  { ...setUp, seed: 'spring' },
)

bothWays(
  'loaded orders expire on time',
  async (t, { control }) => {
    await control.orders.create({ id: 'order-1' })
    const snapshot = await control.snapshot()
    await control.clock.advance(30_000)
    await control.load(snapshot)
    t.match(await control.clock.read(), { now: noon })
    await control.clock.advance(59_999)
    t.match(await control.orders.list(), [{ state: 'ordered' }])
    await control.clock.advance(1)
    t.match(await control.orders.list(), [{ state: 'expired' }])
  },
  { ...setUp, expireAfter: 60 },
)

bothWays(
  "webhooks' events and styles are restored, and so are deliveries about no order or without a subscription",
  async (t, { control }) => {
    const receiver = await receiverFor(t)
    await control.webhooks.add({ url: receiver.url, events: ['ats_jobs.created'], style: 'synthetic' })
    await control.orders.create({ id: 'order-1' })
    const snapshot = await control.snapshot()
    t.match(snapshot.deliveries, [{ orderId: 'order-1', status: 'not-subscribed', receiver: nobody }])
    const [webhook] = snapshot.webhooks
    const waiting = {
      ...{ ...aboutNoOrder, remoteId: 'ats_jobs-2', payload: '{"record_id":"2"}', status: 'pending' },
      ...{ nextAttemptAt: Date.parse(noon) + 1_000 },
      receiver: { ...webhookAt, url: receiver.url, origin: receiver.url, webhookId: webhook?.id, style: 'synthetic' },
    }
    const whole = {
      ...snapshot,
      deliveries: [...snapshot.deliveries, aboutNoOrder, { ...aboutNoOrder, ...asked }, waiting],
    }
    await control.load(whole)
    t.match(await control.webhooks.list(), [{ events: ['ats_jobs.created'], style: 'synthetic' }])
    t.strictSame(await held(control), (({ takenAt, ...rest }) => rest)(whole))
    t.match(await control.deliveries.list({ status: 'not-subscribed' }), {
      deliveries: [
        { orderId: null, event: 'ats_jobs.created', reason: /no webhook of acme subscribes to ats_jobs\.created/ },
        { orderId: 'order-1', event: 'ats_assessments.created', reason: /subscribes to ats_assessments\.created/ },
      ],
    })
    await control.clock.advance(1_000)
    t.match(await receiver.all(1), [{ json: { record_id: '2' } }])
    t.match(await control.account('acme').snapshot(), { deliveries: { length: 4 } })
    t.match(await control.account('globex').snapshot(), { deliveries: { length: 0 } })
  },
  setUp,
)

type Broken = (snapshot: Snapshot) => unknown

const first = <T>(all: T[]): T => all[0] as T

/** Changes the first item of `part`. */
const withFirst =
  (part: 'orders' | 'webhooks' | 'deliveries' | 'faults', change: object): Broken =>
  (snapshot) => ({ ...snapshot, [part]: [{ ...first<object>(snapshot[part]), ...change }, ...snapshot[part].slice(1)] })

/** Repeats the first item of `part`, with `change` applied. */
const withAnother =
  (part: 'orders' | 'webhooks' | 'deliveries', change: object = {}): Broken =>
  (snapshot) => ({ ...snapshot, [part]: [...snapshot[part], { ...first<object>(snapshot[part]), ...change }] })

const webhookEvent = 'ats_assessments.created'

/** Changes the receiver of the first delivery for `event`. */
const withReceiver =
  (event: string, change: object): Broken =>
  (snapshot) => {
    const at = snapshot.deliveries.findIndex((each) => each.event === event)
    return {
      ...snapshot,
      deliveries: snapshot.deliveries.map((each, i) =>
        i === at ? { ...each, receiver: { ...each.receiver, ...change } } : each,
      ),
    }
  }

/** A delivery about a record of an ATS that no webhook subscribed to. */
const aboutNoOrder = {
  ...{ accountId: 'acme', orderId: null, remoteId: 'ats_jobs-1', number: 1, event: 'ats_jobs.created', at: 0 },
  ...{ result: null, payload: '{"record_id":"1"}', receiver: nobody },
  ...{ status: 'not-subscribed', nextAttemptAt: null, attempts: [], earlier: 0 },
}

const origin = 'http://127.0.0.1:9'
const webhookAt = { ...nobody, url: `${origin}/`, origin, webhookId: 'webhook-1', secret: 'whsec_1' }
/** A question to a packages endpoint. */
const asked = {
  ...{ event: 'packages_request', remoteId: 'packages-acme', status: 'delivered' },
  receiver: { ...nobody, url: `${origin}/packages`, origin },
}

const refusals: [what: string, make: Broken, why: RegExp][] = [
  ['nothing', () => null, /it is not a snapshot of this sandbox/],
  ['a string', () => 'snapshot', /it is not a snapshot of this sandbox/],
  ['an array', () => [], /it is not a snapshot of this sandbox/],
  ['an empty object', () => ({}), /it is not a snapshot of this sandbox/],
  ['another format', (it) => ({ ...it, format: 'wiremock' }), /it is not a snapshot of this sandbox/],
  ['a newer version', (it) => ({ ...it, version: 3 }), /it has version 3, and this sandbox reads 2/],
  ['no version', ({ version, ...it }) => it, /it has version undefined, and this sandbox reads 2/],
  ['no orders', ({ orders, ...it }) => it, /must have the property orders|orders/],
  ['no faults', ({ faults, ...it }) => it, /faults/],
  ['an unknown part', (it) => ({ ...it, journal: [] }), /journal/],
  ['an order without token', withFirst('orders', { token: undefined }), /orders\/0.*token/],
  ['an unknown state', withFirst('orders', { state: 'lost' }), /orders\/0\/state/],
  ['an invalid time', withFirst('orders', { orderedAt: 1e300 }), /orders\/0\/orderedAt/],
  [
    'two orders with one id',
    withAnother('orders', { token: 'x', remoteId: 'x' }),
    /two of its orders have the same id/,
  ],
  [
    'a fault that contradicts itself',
    withFirst('faults', { fault: { status: 500, answer: 'reset' } }),
    /body\/faults\/0\/fault cannot have both a status and an answer/,
  ],
  ['two orders with one token', withAnother('orders', { id: 'x', remoteId: 'x' }), /the same token/],
  ['two orders with one remoteId', withAnother('orders', { id: 'x', token: 'x' }), /the same remoteId/],
  ['two webhooks with one id', withAnother('webhooks'), /two of its webhooks have the same id/],
  ['a delivery twice', withAnother('deliveries'), /two of its deliveries have the same number/],
  [
    'a request that is not JSON',
    withFirst('orders', { request: '{"id":' }),
    /the request of order order-2041 is invalid/,
  ],
  ['a request that is an array', withFirst('orders', { request: '[]' }), /the request of order order-2041 is invalid/],
  [
    'a request that no client could send',
    withFirst('orders', { request: '{"candidate":{"emails":"x"}}' }),
    /the request of order order-2041 is invalid: .*candidate\/emails/,
  ],
  ['a result that is not JSON', withFirst('orders', { result: '{' }), /the result of order order-2041 is invalid/],
  ['a result that is null', withFirst('orders', { result: 'null' }), /the result of order order-2041 is invalid/],
  ['a result that is an array', withFirst('orders', { result: '[]' }), /the result of order order-2041 is invalid/],
  [
    'a result that nobody could record, and that no answer could show',
    withFirst('orders', { result: '{"score":"92"}' }),
    /the result of order order-2041 is invalid: body\/score must be object/,
  ],
  [
    'a result nested too deep to be shown',
    withFirst('orders', { result: `{"x":${'['.repeat(100)}${']'.repeat(100)}}` }),
    /the result of order order-2041 is invalid: body is nested deeper than 100 levels/,
  ],
  [
    'a delivery whose result is not JSON',
    withFirst('deliveries', { result: 'x' }),
    /the result of a delivery about order order-2041 is invalid/,
  ],
  [
    'a delivery about a missing order',
    withFirst('deliveries', { remoteId: 'lost', orderId: 'lost' }),
    /a delivery about order lost, but not that order/,
  ],
  [
    'a delivery about the order of another account',
    withFirst('deliveries', { accountId: 'globex' }),
    /a delivery about order order-2041, but not that order/,
  ],
  [
    'an order with an invalid origin',
    withFirst('orders', { origin: 'javascript:alert(1)//' }),
    /body\/orders\/0\/origin/,
  ],
  ['a remote id that breaks a header', withFirst('orders', { remoteId: 'a\r\nhost: b' }), /orders\/0\/remoteId/],
  [
    'a webhook without an HTTP address',
    withFirst('webhooks', { url: 'file:///etc/passwd' }),
    /body\/webhooks\/0\/url must be/,
  ],
  [
    'a webhook with credentials in its address',
    withFirst('webhooks', { url: 'http://user:password@127.0.0.1/' }),
    /body\/webhooks\/0\/url must have no credentials/,
  ],
  ...(
    [
      [webhookEvent, { method: 'DELETE' }, /receiver\/method must be POST/],
      [webhookEvent, { method: 'PATCH' }, /receiver\/method must be POST/],
      [webhookEvent, { origin: 'http://127.0.0.1:1' }, /receiver\/origin must be http:\/\/127/],
      [webhookEvent, { url: 'http://169.254.169.254/latest' }, /receiver\/origin must be http:\/\/169/],
      [webhookEvent, { secret: null }, /receiver must have a webhookId and a secret/],
      [webhookEvent, { webhookId: null }, /receiver must have a webhookId and a secret/],
      [webhookEvent, { url: 'http://a:b@127.0.0.1/', origin: 'http://127.0.0.1' }, /receiver\/url must have no cred/],
      ['results_callback', { method: 'GET' }, /receiver\/method must be one of PATCH, POST, PUT/],
      ['results_callback', { method: 'patch' }, /receiver\/method must be one of PATCH, POST, PUT/],
      ['results_callback', { method: 'POST / HTTP/1.1\r\nx: ' }, /receiver\/method must be one of PATCH, POST, PUT/],
      ['results_callback', { secret: 'whsec' }, /receiver must have neither a webhookId nor a secret/],
      ['results_callback', { webhookId: 'x' }, /receiver must have neither a webhookId nor a secret/],
      ['results_callback', { origin: 'nowhere' }, /receiver\/origin must be http:\/\/127/],
      ['results_callback', { headers: { host: 'x' } }, /receiver must not have the property headers/],
    ] as const
  ).map(([event, change, why]): [string, Broken, RegExp] => [
    `a delivery (${event}) with ${JSON.stringify(change)}`,
    withReceiver(event, change),
    new RegExp(`body/deliveries/\\d+/${why.source}`),
  ]),
  [
    'a webhook for an unknown event',
    withFirst('webhooks', { events: ['x'] }),
    /body\/webhooks\/0\/events\/0 must be one of/,
  ],
  ['a webhook of an unknown style', withFirst('webhooks', { style: 'x' }), /body\/webhooks\/0\/style must be one of/],
  ['an order of an unknown kind', withFirst('orders', { kind: 'x' }), /body\/orders\/0\/kind must be one of/],
  [
    'a delivery in an unknown style',
    withReceiver(webhookEvent, { style: 'x' }),
    /body\/deliveries\/\d+\/receiver\/style must be one of/,
  ],
  [
    'a delivery about an order with a payload',
    withFirst('deliveries', { payload: '{}' }),
    /body\/deliveries\/0 has neither an order nor a payload, or both/,
  ],
  [
    'a delivery without an order or a payload',
    withFirst('deliveries', { orderId: null }),
    /body\/deliveries\/0 has neither an order nor a payload, or both/,
  ],
  ...['{', '[]', 'null'].map((payload): [string, Broken, RegExp] => [
    `a delivery with the payload ${payload}`,
    withAnother('deliveries', { ...aboutNoOrder, payload }),
    /the payload in body\/deliveries\/\d+ is not a JSON object/,
  ]),
  [
    'a delivery about no order with the remote id of one',
    (it) => withAnother('deliveries', { ...aboutNoOrder, remoteId: it.orders[0]?.remoteId, number: 99 })(it),
    /body\/deliveries\/\d+ has a payload, but the remoteId of an order/,
  ],
  ...(
    [
      [{ status: 'pending' }, /receiver must have a url, unless no webhook subscribes to the event/],
      [{ receiver: { ...nobody, secret: 'x' } }, /receiver must have a url, unless no webhook subscribes/],
      [{ receiver: { ...nobody, origin: 'x' } }, /receiver must have a url, unless no webhook subscribes/],
      [{ receiver: { ...nobody, method: 'PUT' } }, /receiver must have a url, unless no webhook subscribes/],
      [{ receiver: webhookAt }, /receiver must have no url: no webhook subscribes to the event/],
      [
        { ...asked, status: 'pending' },
        /receiver must describe a finished POST without an order: it is a packages request/,
      ],
      [
        { ...asked, receiver: webhookAt },
        /receiver must describe a finished POST without an order: it is a packages request/,
      ],
      [
        { ...asked, receiver: { ...asked.receiver, method: 'GET' } },
        /receiver must describe a finished POST without an order: it is a packages request/,
      ],
      [
        { ...asked, receiver: { ...asked.receiver, secret: 'x' } },
        /receiver must describe a finished POST without an order: it is a packages request/,
      ],
    ] as const
  ).map(([change, why]): [string, Broken, RegExp] => [
    `a delivery about no order with ${JSON.stringify(change)}`,
    withAnother('deliveries', { ...aboutNoOrder, ...change }),
    new RegExp(`body/deliveries/\\d+/${why.source}`),
  ]),
  [
    'a request for packages that is about an order',
    withFirst('deliveries', { event: 'packages_request', status: 'failed', receiver: asked.receiver }),
    /body\/deliveries\/0\/receiver must describe a finished POST without an order/,
  ],
  [
    'a delivery whose earlier count exceeds its attempts',
    withFirst('deliveries', { earlier: 99 }),
    /body\/deliveries\/0\/earlier must be at most the number of its attempts/,
  ],
  [
    'too many orders',
    (it) => ({
      ...it,
      orders: [
        ...it.orders,
        ...[1, 2].map((n) => ({
          ...first(it.orders),
          id: `x${String(n)}`,
          token: `x${String(n)}`,
          remoteId: `x${String(n)}`,
        })),
      ],
    }),
    /there would be 5 orders, and the maximum is 4/,
  ],
]

bothWays(
  'an invalid snapshot is refused with the reason and changes nothing',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t, (response) => response.writeHead(503).end())
    await fill(url, control, receiver.url)
    const everything = await control.snapshot()
    const refused = async (what: string, snapshot: unknown, why: RegExp) => {
      const error: unknown = await control.load(snapshot).catch((reason: unknown) => reason)
      if (!(error instanceof ControlError)) return t.fail(`${what} was not refused: ${String(error)}`)
      t.equal(error.statusCode, 422, what)
      t.match(error.message, why, what)
    }
    for (const [what, make, why] of refusals) await refused(what, make(structuredClone(everything)), why)

    const ofAcme = await control.account('acme').snapshot()
    const foreign = /some of its entries do not belong to the account acme/
    await refused('the order of another account', { ...everything, account: 'acme' }, foreign)
    const [webhook, fault] = [first(ofAcme.webhooks), first(ofAcme.faults)]
    for (const accountId of ['globex', null]) {
      await refused('a foreign webhook', { ...ofAcme, webhooks: [{ ...webhook, accountId }] }, foreign)
      await refused('a foreign fault', { ...ofAcme, faults: [{ ...fault, accountId }] }, foreign)
    }
    const globex = everything.orders.find(({ accountId }) => accountId === 'globex')
    const bare = { ...ofAcme, deliveries: [] }
    for (const key of ['token', 'remoteId'] as const) {
      const orders = [{ ...first(ofAcme.orders), [key]: globex?.[key] }]
      await refused(`the ${key} of another account`, { ...bare, orders }, /order order-1 of the account globex has/)
    }
    const ofAll = everything.webhooks.find(({ accountId }) => accountId === null)
    const webhooks = [{ ...webhook, id: ofAll?.id }]
    await refused(
      'the id of a webhook for all accounts',
      { ...ofAcme, webhooks },
      /a webhook outside its account has the id/,
    )
    const more = [1, 2, 3, 4].map((n) => ({
      ...first(ofAcme.orders),
      id: `x${String(n)}`,
      token: `x${String(n)}`,
      remoteId: `x${String(n)}`,
    }))
    await refused('too many with the orders of other accounts', { ...bare, orders: more }, /there would be 5 orders/)

    t.strictSame(await control.snapshot(), everything)
    await control.load(everything)
    await control.load(ofAcme)
    t.equal((await control.snapshot()).orders.length, 3, 'a valid snapshot loads')
  },
  { ...setUp, maxOrders: 4 },
)

bothWays(
  'a snapshot of several mebibytes can be loaded',
  async (t, { control }) => {
    const description = 'x'.repeat(200_000)
    for (let i = 0; i < 12; i++)
      await control.orders.create({ id: `order-${String(i)}`, package: { id: 'p', description } })
    const snapshot = await control.snapshot()
    t.ok(JSON.stringify(snapshot).length > 2 * 1024 * 1024)
    await control.reset()
    await control.load(snapshot)
    t.strictSame(await control.snapshot(), snapshot)
  },
  setUp,
)

/** The error message when a start with `options` fails. */
async function failedStart(t: Test, options: object): Promise<string> {
  try {
    const sandbox = await startSandbox(options)
    t.teardown(() => sandbox.close())
    return 'it starts'
  } catch (error) {
    return (error as Error).message
  }
}

t.test('an unloadable snapshot file prevents the start, with its path and the reason', async (t) => {
  const dir = t.testdir({
    'broken.json': '{"format":',
    'other.json': '{"format":"wiremock"}',
    'newer.json': '{"format":"stackone-assessments-sandbox","version":3}',
  })
  const reasons = {
    'missing.json': /there is no .*missing\.json/,
    'broken.json': /JSON/,
    'other.json': /it is not a snapshot of this sandbox/,
    'newer.json': /it has version 3, and this sandbox reads 2: update this sandbox, which is \d+\.\d+\.\d+/,
  }
  for (const [name, reason] of Object.entries(reasons)) {
    const file = join(dir, name)
    const message = await failedStart(t, { load: file })
    t.ok(message.startsWith('load must be a snapshot, but '), message)
    t.match(message, file)
    t.match(message, reason)
  }
})

t.test('a snapshot file may begin with a byte order mark; UTF-16 is refused by name', async (t) => {
  const text = JSON.stringify(firstSnapshot)
  const dir = t.testdir({
    'marked.json': `\ufeff${text}`,
    'utf-16.json': Buffer.from(`\ufeff${text}`, 'utf16le'),
    'utf-16be.json': Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    'latin-1.json': Buffer.from(text.replace('Mia', 'Zoë'), 'latin1'),
  })
  const sandbox = await sandboxFor(t, { load: join(dir, 'marked.json') })
  t.match(await sandbox.orders.list(), [{ id: 'order-1' }])
  for (const name of ['utf-16.json', 'utf-16be.json'])
    t.match(await failedStart(t, { load: join(dir, name) }), /it is UTF-16: save it as UTF-8/)
  t.match(await failedStart(t, { load: join(dir, 'latin-1.json') }), /it is not UTF-8 text/)
})

/** A copy of `value` with the value at one of its places replaced; JSON texts have places inside, too. */
function withOneChanged(value: unknown, place: number, replacement: unknown): { value: unknown; left: number } {
  if (place === 0) return { value: replacement, left: -1 }
  let left = place - 1
  const inner = typeof value === 'string' && /^[{[]/.test(value) ? (JSON.parse(value) as unknown) : value
  if (typeof inner !== 'object' || inner === null) return { value, left }
  const entries = Object.entries(inner as Record<string, unknown>).map(([name, each]): [string, unknown] => {
    if (left < 0) return [name, each]
    const changed = withOneChanged(each, left, replacement)
    left = changed.left
    return [name, changed.value]
  })
  const copy = Array.isArray(inner) ? entries.map(([, each]) => each) : Object.fromEntries(entries)
  return { value: typeof value === 'string' ? JSON.stringify(copy) : copy, left }
}

/** Why a sandbox refuses a snapshot; null if it loads. Rejects with anything but a refusal. */
async function refusalOf(sandbox: SandboxControl, snapshot: unknown): Promise<string | null> {
  try {
    await sandbox.load(snapshot)
    return null
  } catch (error) {
    if (error instanceof ControlError && error.statusCode < 500) return error.message
    throw error
  }
}

t.test('whatever snapshot loads can be shown, sent and saved again', async (t) => {
  const receiver = await receiverFor(t)
  const source = await sandboxFor(t, setUp)
  await fill(source.url, source, receiver.url)
  const filled = await source.snapshot()
  const whole = { ...filled, deliveries: [...filled.deliveries, aboutNoOrder, { ...aboutNoOrder, ...asked }] }
  const sandbox = await sandboxFor(t, setUp)
  const odd = [null, true, 0, -1, 1e15, 2 ** 53, 0.5, '', 'x', '{', '[]', '{}', '{"a":1}', '\ud800', [], {}, [null]]
  const pages = ['orders', 'deliveries', 'webhooks', 'faults', 'snapshot'].map((name) => `/_sandbox/${name}`)
  let loaded = 0
  for (let place = 0; withOneChanged(whole, place, 0).left < 0; place++) {
    for (const [i, replacement] of odd.entries()) {
      // All of them together would take minutes.
      if ((place + i) % 4 !== 0) continue
      const { value } = withOneChanged(whole, place, replacement)
      if ((await refusalOf(sandbox, value)) !== null) continue
      loaded++
      const answers = await Promise.all(pages.map((page) => fetch(sandbox.url + page)))
      const bad = answers.filter(({ ok }) => !ok).map(({ url, status }) => `${url} ${String(status)}`)
      const again = await refusalOf(sandbox, await answers.at(-1)?.json())
      if (bad.length > 0 || again !== null)
        t.fail(`place ${String(place)}, ${JSON.stringify(replacement)}: ${bad.join()} ${again ?? ''}`)
      await sandbox.clock.advance(10_000)
    }
  }
  t.ok(loaded > 50, `${String(loaded)} of them load`)
})

t.test('a snapshot can be taken and loaded again at the end of the year 9999', async (t) => {
  const sandbox = await sandboxFor(t)
  await sandbox.clock.set('9999-12-31T23:59:59.999Z')
  await sandbox.clock.resume()
  const from = performance.now()
  await until(async () => performance.now() > from + 2)
  const snapshot = await sandbox.snapshot()
  t.equal(snapshot.takenAt, '9999-12-31T23:59:59.999Z')
  await sandbox.load(snapshot)
})

/** As written by the first version with snapshots. */
const firstSnapshot = {
  format: 'stackone-assessments-sandbox',
  version: 1,
  takenAt: '2026-11-23T17:00:00.000Z',
  account: null,
  orders: [
    {
      accountId: 'acme',
      id: 'order-1',
      remoteId: 'remote-1',
      token: 'token-1',
      origin: 'http://127.0.0.1:4600',
      orderedAt: 1_770_000_000_000,
      openedAt: 1_770_000_001_000,
      startedAt: 1_770_000_002_000,
      resultAt: 1_770_000_003_000,
      state: 'passed',
      request: '{"id":"order-1","candidate":{"first_name":"Mia"}}',
      result: '{"result":{"value":"passed"}}',
    },
  ],
  webhooks: [{ id: 'webhook-1', accountId: null, url: 'http://127.0.0.1:9/hook', secret: 'whsec_1', disabled: null }],
  deliveries: [
    {
      accountId: 'acme',
      orderId: 'order-1',
      remoteId: 'remote-1',
      number: 1,
      event: 'ats_assessments.created',
      at: 1_770_000_000_000,
      result: null,
      receiver: {
        method: 'POST',
        url: 'http://127.0.0.1:9/hook',
        secret: 'whsec_1',
        webhookId: 'webhook-1',
        origin: 'http://127.0.0.1:9',
      },
      status: 'delivered',
      nextAttemptAt: null,
      attempts: [
        {
          at: 1_770_000_000_500,
          url: 'http://127.0.0.1:9/hook',
          status: 204,
          ms: 12,
          error: null,
          nextAttemptAt: null,
        },
      ],
      earlier: 0,
    },
  ],
  faults: [{ accountId: 'acme', fault: { on: 'orders.create', status: 429, times: 2 }, seen: 1, struck: 1 }],
}

bothWays('a snapshot from the first version with snapshots can be loaded', async (t, { url, control }) => {
  await control.load(firstSnapshot)
  t.match(await control.orders.list(), [{ id: 'order-1', state: 'passed' }])
  t.match((await call(url, 'GET', '/orders/order-1/results')).body, { data: { result: { value: 'passed' } } })
  t.match((await control.snapshot()).deliveries, [{ status: 'delivered', attempts: [{ status: 204 }] }])
  t.match(await control.webhooks.list(), [{ id: 'webhook-1', events: [...assessmentEvents], style: 'native' }])
  t.match(await control.faults.list(), [{ seen: 1, struck: 1 }])
  const { version, orders, deliveries } = await control.snapshot()
  t.match(
    { version, orders, deliveries },
    {
      ...{ version: 2, orders: [{ kind: 'assessment' }] },
      deliveries: [{ payload: null, receiver: { style: 'native' } }],
    },
  )
})

t.test('a snapshot file from the first version with snapshots can be loaded', async (t) => {
  const file = join(t.testdir({ 'state.json': JSON.stringify(firstSnapshot) }), 'state.json')
  const sandbox = await sandboxFor(t, { load: file })
  t.match(await sandbox.orders.list(), [{ id: 'order-1', state: 'passed' }])
})

/** Uploads `text` as a snapshot. */
const put = async (url: string, text: string | Buffer) => {
  const response = await fetch(`${url}/_sandbox/snapshot`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: text,
  })
  return { status: response.status, text: await response.text() }
}

t.test('a snapshot loads with any JSON formatting and property order', async (t) => {
  const { url, ...sandbox } = await sandboxFor(t, setUp)
  await sandbox.orders.create({ id: 'order "1" \\ é' })
  const snapshot = await sandbox.snapshot()
  const sorted = Object.fromEntries(Object.entries(snapshot).sort(([a], [b]) => (a < b ? -1 : 1)))
  for (const text of [
    JSON.stringify(sorted),
    JSON.stringify(snapshot, null, '\t'),
    ` ${JSON.stringify(snapshot)}\r\n`,
  ]) {
    await sandbox.reset()
    t.equal((await put(url, text)).status, 204)
    t.strictSame((await sandbox.snapshot()).orders, snapshot.orders)
  }
  await sandbox.load(Buffer.from(JSON.stringify(snapshot)))
  t.strictSame((await sandbox.snapshot()).orders, snapshot.orders)
})

t.test('malformed or unknown snapshot JSON is refused and changes nothing', async (t) => {
  const { url, ...sandbox } = await sandboxFor(t, setUp)
  await sandbox.orders.create({ id: 'order-1' })
  const before = await sandbox.snapshot()
  const head = '{"format":"stackone-assessments-sandbox","version":1,'
  const list = (text: string, count: number) => `[${`${text},`.repeat(count)}${text}]`
  for (const [text, status, message] of [
    ['', 400, /empty/],
    ['{', 400, /Unexpected end of JSON input/],
    ['{"a"', 400, /Unexpected end of JSON input/],
    ['{"a":', 400, /JSON/],
    ['{"a" 1}', 400, /JSON|position 5/],
    ['{"a":1 "b":2}', 400, /JSON|position 7/],
    ['{"a":1,}', 400, /JSON/],
    ['{"a":[1,]}', 400, /JSON/],
    ['{"a":[1 2]}', 400, /JSON|position/],
    ['{"a":"x', 400, /JSON/],
    ['{"a":tru}', 400, /JSON/],
    ['{a:1}', 400, /JSON/],
    ['{:1}', 400, /JSON/],
    ['{"a":{"b":[1,2]}} x', 400, /unexpected character at position 18/],
    ['[1,2]', 422, /it is not a snapshot of this sandbox/],
    ['"text"', 422, /it is not a snapshot of this sandbox/],
    [' {} ', 422, /it is not a snapshot of this sandbox/],
    ['{"a":[],"b":{}}', 422, /it is not a snapshot of this sandbox/],
    [`${head}"orders":[],"orders":[]}`, 422, /it has orders twice/],
    [
      `${head}${Array.from({ length: 60 }, (_, i) => `"x${String(i)}":1`).join(',')}}`,
      422,
      /over 50 properties that no snapshot has/,
    ],
    [`${head}"orders":${list('1', 100_000)}}`, 422, /body\/orders\/0 must be object; .*; and more violations/],
    [`${head}"orders":[${list('[]', 100_000)}]}`, 422, /body\/orders\/0 is larger than any part of a snapshot can be/],
    [`${head}"account":"${'x'.repeat(9_000_000)}"}`, 422, /body\/account is larger than any part of a snapshot/],
    [`${head}"other":${list('{}', 1_000)}}`, 422, /must not have the property other/],
  ] as const) {
    const refused = await put(url, text)
    t.equal(refused.status, status, text.slice(0, 80))
    t.match(refused.text, message, text.slice(0, 80))
  }
  t.equal((await put(url, Buffer.from([0xff, 0xfe]))).status, 400)
  t.strictSame(await sandbox.snapshot(), before)
})

t.test('a snapshot over 64 MiB is refused with a hint', async (t) => {
  const { url } = await sandboxFor(t)
  const { status, text } = await put(url, ' '.repeat(64 * 1024 * 1024 + 1))
  t.equal(status, 413)
  t.match(JSON.parse(text), { message: 'The snapshot is larger than 64 MiB', hint: /account by account.*--load/ })
})

t.test('too many large snapshots at the same time answer 429, small ones are still read', async (t) => {
  const { url } = await sandboxFor(t)
  const opened: Socket[] = []
  t.teardown(() => {
    for (const socket of opened) socket.destroy()
  })
  const begin = async (length: string) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    opened.push(socket)
    await once(socket, 'connect')
    const head = `PUT /_sandbox/snapshot HTTP/1.1\r\nhost: sandbox\r\ncontent-type: application/json\r\n${length}\r\n\r\n`
    socket.write(`${head}${length.startsWith('content') ? '{' : '1\r\n{\r\n'}`)
    return socket
  }
  await begin('content-length: 67108864')
  const second = await begin('transfer-encoding: chunked')
  const large = `{${' '.repeat(2_000_000)}}`
  await until(async () => (await put(url, large)).status === 429)
  t.match((await put(url, large)).text, /Other large snapshots are being loaded/)
  t.equal((await put(url, '{}')).status, 422)
  second.destroy()
  await until(async () => (await put(url, large)).status === 422)
})

t.test('snapshots loaded concurrently are applied one after the other', async (t) => {
  const sandbox = await sandboxFor(t, { ...setUp, maxOrderBytes: 10_000 })
  await sandbox.account('acme').orders.create({ id: 'order-1' })
  const acme = await sandbox.account('acme').snapshot()
  const order = first(acme.orders)
  const of = (account: string) => ({
    ...acme,
    account,
    orders: [{ ...order, accountId: account }],
    deliveries: [],
    records: [],
  })
  await sandbox.reset()
  const loads = await Promise.allSettled([sandbox.load(of('globex')), sandbox.load(of('initech'))])
  t.match(loads, [{ status: 'fulfilled' }, { status: 'rejected', reason: { message: /has the token of one of its/ } }])
  const large = { ...order, request: JSON.stringify({ passthrough: { note: 'x'.repeat(10_000) } }) }
  await t.rejects(
    sandbox.load({ ...acme, account: null, orders: [large], deliveries: [] }),
    /the orders would take \d+ bytes, and the maximum is 10000: raise SANDBOX_MAX_ORDER_BYTES/,
  )
})

bothWays('waiting for an order resolves when a loaded snapshot contains it', async (t, { control }) => {
  await control.orders.create({ id: 'order-1' })
  const snapshot = await control.snapshot()
  await control.reset()
  const [waited] = await Promise.all([control.orders.waitFor({ id: 'order-1' }), control.load(snapshot)])
  t.equal(waited.id, 'order-1')
})
