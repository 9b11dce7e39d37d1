import t from 'tap'
import { type ControlOrder, ControlOrderSchema } from '../../schemas/control/orders'
import { WebhookPayloadSchema } from '../../schemas/deliveries'
import { errors, type SandboxError } from '../../src/errors'
import { verifySignature } from '../../src/index'
import { memoryStore } from '../../src/store/memory/orders'
import { deliveriesOf, receiverFor } from '../support/receiver'
import { call, fullOrder, goodHeaders, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

/** Orders as a recruiter, without a key; strings are sent unchanged, anything else as JSON. */
async function recruit(url: string, body: unknown, query = '', headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/_sandbox/orders${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** Creates an order as a recruiter and returns it. */
async function recruited(url: string, body: unknown, query = '', headers: Record<string, string> = {}) {
  const answer = await recruit(url, body, query, headers)
  if (answer.status !== 201) throw new Error(`answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`)
  return answer.body as ControlOrder
}

/** What the response body has of `error`. */
const errorOf = ({ statusCode, message, hint }: SandboxError) => ({ statusCode, message, hint })

/** Reads an order through the API of `account`. */
async function readOrder(url: string, id: string, account: string) {
  const { status, body } = await call(url, 'GET', `/orders/${id}`, undefined, { 'x-account-id': account })
  return { status, order: body['data'] }
}

t.test('POST /_sandbox/orders with {} makes a complete, plausible order, without a key', async (t) => {
  const clock = '2026-01-31T09:30:00.000Z'
  const { url } = await sandboxFor(t, { clock })
  const made = await recruited(url, {})
  t.strictSame(violationsOf(ControlOrderSchema, made), [])
  t.match(made, {
    id: /^[\da-f-]{36}$/,
    remoteId: /^[\da-f-]{36}$/,
    account: 'acme',
    state: 'ordered',
    orderedAt: clock,
    openedAt: null,
    startedAt: null,
    resultAt: null,
    result: null,
    order: {
      id: made.id,
      remote_id: made.remoteId,
      package: { id: /^pkg_/, remote_id: /^prov-/, name: /\w/, description: /\w/ },
      candidate: { id: /^[\w-]{24}$/, first_name: /\w/, last_name: /\w/, emails: [{ value: /@example\.com$/ }] },
      application: { id: /^[\w-]{24}$/, remote_id: /^app-\d+$/, application_status: { value: /\w/ } },
      job: { id: /^[\w-]{24}$/, title: /\w/, hiring_team: [{ email: /@example\.com$/ }] },
      requester: { user_id: /\w/, email: /@example\.com$/, role: 'Recruiter' },
    },
  })
  t.strictSame(await readOrder(url, made.id, 'acme'), { status: 200, order: made.order })

  const others = await Promise.all(Array.from({ length: 9 }, () => recruited(url, {})))
  t.equal(new Set(others.map(({ id }) => id)).size, 9)
  t.ok(new Set(others.map(({ order }) => order.candidate?.id)).size > 1, 'about several candidates')
})

t.test('POST /_sandbox/orders needs no body: curl -X POST is enough', async (t) => {
  const { url } = await sandboxFor(t)
  const response = await fetch(`${url}/_sandbox/orders`, { method: 'POST' })
  t.equal(response.status, 201)
  t.match(await response.json(), { account: 'acme', order: { package: { id: /^pkg_/ }, job: { title: /\w/ } } })
})

t.test("the test_url of a recruiter's order opens", async (t) => {
  const { url } = await sandboxFor(t)
  const { testUrl, order } = await recruited(url, {})
  t.ok(testUrl.startsWith(`${url}/tests/`))
  const page = await fetch(testUrl)
  t.equal(page.status, 200)
  t.match(await page.text(), order.candidate?.first_name)

  const behindProxy = await sandboxFor(t, { publicUrl: 'https://sandbox.example.com' })
  t.match((await recruited(behindProxy.url, {})).testUrl, /^https:\/\/sandbox\.example\.com\/tests\//)
})

t.test("a recruiter's input is kept unchanged, and null stays null", async (t) => {
  const { url } = await sandboxFor(t)
  const { passthrough, ...shown } = fullOrder
  const whole = await recruited(url, fullOrder)
  t.strictSame(whole.order, { ...shown, remote_id: whole.remoteId })

  const nothing = { package: null, application: null, job: null, candidate: null, requester: null }
  const empty = await recruited(url, nothing)
  t.strictSame(empty.order, { id: empty.id, remote_id: empty.remoteId, ...nothing })
  t.strictSame((await readOrder(url, empty.id, 'acme')).order, empty.order)

  const candidate = { first_name: 'Zoë', emails: null }
  const inPart = await recruited(url, { candidate, job: {} })
  const drawn = (prefix: string) => ({ id: new RegExp(`^${prefix}_`), remote_id: new RegExp(`^ats-${prefix}-`) })
  t.matchOnly(inPart.order.candidate, { ...candidate, ...drawn('cand') }, 'a given part gets nothing but ids')
  t.matchOnly(inPart.order.job, drawn('job'))
  t.match(inPart.order, { package: { id: /^pkg_/ }, application: { id: /^app_/ }, requester: { user_id: /\w/ } })
})

t.test('a package given by its id gets its details from the catalogue', async (t) => {
  const { url } = await sandboxFor(t, {
    packages: [{ id: 'own', remote_id: 'own-1', name: 'Own', description: 'Ours', updated_at: '2026-01-05T08:00:00Z' }],
  })
  const packageOf = async (given: object) => (await recruited(url, given)).order.package
  const own = { id: 'own', remote_id: 'own-1', name: 'Own', description: 'Ours' }
  t.strictSame(await packageOf({ package: { id: 'own' } }), own)
  t.strictSame(await packageOf({}), own, 'the first package is the default')
  t.strictSame(await packageOf({ package: { id: 'own', name: 'Other', description: null } }), {
    ...own,
    name: 'Other',
    description: null,
  })
  t.strictSame(await packageOf({ package: { id: 'foreign' } }), { id: 'foreign' })
  for (const given of [{}, { id: null }, { name: 'Other' }]) t.strictSame(await packageOf({ package: given }), given)

  const without = await sandboxFor(t, { packages: [] })
  t.equal((await recruited(without.url, {})).order.package, null)
})

t.test('the account comes from ?account=, else x-account-id, else the first usable one', async (t) => {
  const { url } = await sandboxFor(t)
  const globex = await recruited(url, {}, '?account=globex', { 'x-account-id': 'initech' })
  const initech = await recruited(url, {}, '', { 'x-account-id': 'initech' })
  const acme = await recruited(url, {})
  t.strictSame(
    [globex, initech, acme].map(({ account }) => account),
    ['globex', 'initech', 'acme'],
  )
  t.equal((await readOrder(url, globex.id, 'globex')).status, 200)
  t.equal((await readOrder(url, globex.id, 'acme')).status, 404)
  t.equal((await recruited(url, {}, '?account=a%20%2B%2F%C3%A9')).account, 'a +/é')

  const known = await sandboxFor(t, { accounts: ['old=disabled', 'umbrella', 'acme'] })
  t.equal((await recruited(known.url, {})).account, 'umbrella')
})

t.test('an unusable account is refused', async (t) => {
  const { url } = await sandboxFor(t, { accounts: ['acme', 'old=disabled'] })
  const long = 'a'.repeat(256)
  const refused: [account: string, error: SandboxError][] = [
    ['globex', errors.unknownAccount('globex')],
    ['old', errors.disabledAccount('old')],
    [long, errors.accountTooLong(255)],
    ['', errors.missingAccount()],
    ['%20', errors.missingAccount()],
  ]
  for (const [account, error] of refused) {
    const answers = [await recruit(url, {}, `?account=${account}`, { 'x-account-id': 'acme' })]
    if (account !== '%20') answers.push(await recruit(url, {}, '', { 'x-account-id': account }))
    for (const answer of answers) {
      t.equal(answer.status, error.statusCode, account)
      t.match(answer.body, errorOf(error))
    }
  }

  for (const query of ['?account[id]=acme', '?account[0]=acme']) {
    const { status, body } = await recruit(url, {}, query)
    t.equal(status, 400, query)
    t.match(body, { errorCode: 'ValidationError', message: 'query/account must be string' })
  }
})

t.test('without a usable account, a recruiter must name one', async (t) => {
  const { url } = await sandboxFor(t, { accounts: ['old=disabled'] })
  const { status, body } = await recruit(url, {})
  t.equal(status, 404)
  t.match(body, errorOf(errors.unknownAccount('acme')))
})

t.test('an existing id is a conflict unless the whole order is the same', async (t) => {
  const { url } = await sandboxFor(t)
  const { id } = await recruited(url, { id: 'order-1' })
  t.equal(id, 'order-1')
  const { status, body } = await recruit(url, { id: 'order-1', job: null })
  t.equal(status, 409)
  t.match(body, errorOf(errors.orderConflict('order-1')))
  t.equal((await recruited(url, { id: 'order-1' }, '?account=globex')).id, 'order-1')

  const whole = await recruited(url, fullOrder)
  t.strictSame(await recruited(url, fullOrder), whole)
  t.equal((await postOrder(url, fullOrder)).body['test_url'], whole.testUrl, 'the emulated API returns the same order')
})

t.test('errors of the control API have a hint in the body and in x-sandbox-hint', async (t) => {
  const { url } = await sandboxFor(t, { maxOrders: 1 })
  const refused: [body: string, headers: Record<string, string>, status: number, message: RegExp][] = [
    ['[]', {}, 400, /^body must be object$/],
    ['null', {}, 400, /^body must be object$/],
    ['{"id":3}', {}, 400, /^body\/id must be string or null$/],
    ['{"candidate":"Mia"}', {}, 400, /^body\/candidate must be object or null$/],
    [
      '{"candidate":{"emails":"x"},"job":1}',
      {},
      400,
      /^body\/job must be object or null; body\/candidate\/emails must be array or null$/,
    ],
    [`{"id":"${'x'.repeat(1025)}"}`, {}, 400, /^body\/id must be at most 1024 characters long$/],
    ['{', {}, 400, /^body is not valid JSON/],
    ['{}', { 'content-type': 'text/plain' }, 400, /^Unsupported content type text\/plain$/],
    [`{"id":"${'x'.repeat(1024 * 1024)}"}`, {}, 413, /^body is larger than 1 MiB$/],
  ]
  for (const [text, headers, status, message] of refused) {
    const answer = await recruit(url, text, '', headers)
    t.equal(answer.status, status, text.slice(0, 40))
    t.match(answer.body, { statusCode: status, message, errorCode: /Error$/, provider_errors: [], hint: /\w{3}/ })
    t.equal(answer.headers.get('x-sandbox-hint'), (answer.body as { hint: string }).hint)
  }
  await recruited(url, {})
  const full = await recruit(url, {})
  t.equal(full.status, 422)
  t.match(full.body, errorOf(errors.tooManyOrders(1)))
})

t.test('an unknown control path gets 404 with a hint in the body too', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [method, path] of [
    ['GET', '/_sandbox/nothing'],
    ['PUT', '/_sandbox/orders'],
  ] as const) {
    const response = await fetch(url + path, { method })
    const body = (await response.json()) as { hint: string }
    t.equal(response.status, 404)
    t.match(body, { errorCode: 'NotFoundError', message: `Cannot ${method} ${path}`, hint: /\w{3}/ })
    t.equal(response.headers.get('x-sandbox-hint'), body.hint)
  }
})

t.test('the control API answers a defect with 500 and no details', async (t) => {
  const store = memoryStore(10)
  const { url } = await sandboxFor(
    t,
    {},
    { store: { ...store, addOrder: () => Promise.reject(new Error('the disk is full')) } },
  )
  const { status, body } = await recruit(url, {})
  t.equal(status, 500)
  t.match(body, errorOf(errors.internal()))
  t.notMatch(JSON.stringify(body), /disk/)
})

t.test('the control API ignores a wrong key', async (t) => {
  const { url } = await sandboxFor(t, { apiKeys: ['secret'] })
  t.equal((await recruit(url, {}, '', { authorization: goodHeaders.authorization })).status, 201)
})

t.test("a recruiter's order fires a webhook exactly once, signed", async (t) => {
  const receiver = await receiverFor(t)
  const sandbox = await sandboxFor(t, { webhooks: [`${receiver.url}/hook?key=1#secret`] })
  const first = await recruited(sandbox.url, {}, '?account=globex')
  await receiver.all(1)
  const second = await recruited(sandbox.url, { results_update_url: `${receiver.url}/results` })
  const received = await receiver.all(2)
  t.strictSame(
    received.map(({ method, path, json }) => [method, path, json['event'], json['record_id']]),
    [first, second].map(({ id }) => ['POST', '/hook?key=1', 'ats_assessments.created', id]),
  )
  for (const { raw, headers, json } of received) {
    const signature = headers['x-stackone-signature']
    t.ok(verifySignature(raw, signature, 'secret'))
    t.notOk(verifySignature(raw, signature, 'sandbox'))
    t.strictSame(violationsOf(WebhookPayloadSchema, json), [])
  }
  t.match(received[0]?.json, {
    account_id: 'globex',
    record_remote_id: first.remoteId,
    event_data: first.order,
  })
  t.equal((await deliveriesOf(sandbox)).length, 2, 'there are no further deliveries')
})

t.test("a magic e-mail address finishes a recruiter's order immediately and sends its result", async (t) => {
  const receiver = await receiverFor(t)
  const sandbox = await sandboxFor(t, { webhooks: [receiver.url], clock: '2026-01-31T09:30:00.000Z' })
  const candidate = { first_name: 'Mia', emails: [{ value: 'mia+failed@example.com' }] }
  const made = await recruited(sandbox.url, { candidate, results_update_url: `${receiver.url}/results` })
  t.strictSame(violationsOf(ControlOrderSchema, made), [])
  t.match(made, {
    state: 'failed',
    openedAt: made.orderedAt,
    startedAt: made.orderedAt,
    resultAt: made.orderedAt,
    result: { score: { value: '41' }, result: { value: 'failed' } },
  })
  const read = await call(sandbox.url, 'GET', `/orders/${made.id}/results`)
  t.strictSame(read.body['data'], made.result)

  const received = await receiver.all(3)
  const events = received.filter(({ path }) => path === '/').map(({ json }) => json['event'])
  t.strictSame(events, ['ats_assessments.created', 'ats_assessments.updated'], 'created is sent before updated')
  t.match(received.find(({ path }) => path === '/results')?.json, { id: made.id, result: { value: 'failed' } })
  t.equal((await deliveriesOf(sandbox)).length, 3)
})
