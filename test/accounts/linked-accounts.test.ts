import t from 'tap'
import { LinkedAccountSchema } from '../../schemas/account'
import { bothWays } from '../support/both'
import { idsOf, read } from '../support/ats'
import { receiverFor } from '../support/receiver'
import { basic, call, sandboxFor, violationsOf } from '../support/sandbox'

const noon = '2026-11-27T12:00:00.000Z'

/** Calls a path of linked accounts, which need no `x-account-id`. */
async function get(url: string, path: string) {
  const response = await fetch(url + path, { headers: { authorization: basic('sandbox') } })
  return { status: response.status, body: (await response.json()) as Record<string, unknown>[] }
}

const listOf = async (url: string, query = '') => {
  const { status, body } = await get(url, `/accounts${query}`)
  return status === 200 ? idsOf(body) : status
}

t.test(
  'GET /accounts lists the accounts of SANDBOX_ACCOUNTS, without x-account-id, but not without a key',
  async (t) => {
    const { url } = await sandboxFor(t, {
      accounts: ['globex:smartrecruiters=disabled', 'acme:greenhouse', 'a:b:teamtailor'],
      clock: noon,
    })
    const { status, body } = await get(url, '/accounts')
    t.equal(status, 200)
    for (const account of body) t.strictSame(violationsOf(LinkedAccountSchema, account), [])
    t.match(body, [
      { id: 'a:b', provider: 'teamtailor' },
      { id: 'acme', provider: 'greenhouse', provider_name: 'Greenhouse', status: 'active', created_at: noon },
      {
        id: 'globex',
        provider: 'smartrecruiters',
        status: 'inactive',
        status_reasons: [{ code: 'integration_disabled' }],
      },
    ])
    t.match(await get(url, '/accounts/acme'), { status: 200, body: { id: 'acme', status_reasons: null } })
    t.equal((await get(url, '/accounts/initech')).status, 404)
    t.equal((await fetch(`${url}/accounts`)).status, 401)
    t.equal((await read(url, '/unified/ats/jobs', 'globex')).status, 412)
    t.equal((await read(url, '/unified/ats/jobs', 'initech')).status, 404)
  },
)

t.test('where any account is known, those that made calls or have orders are linked', async (t) => {
  const sandbox = await sandboxFor(t)
  t.strictSame(await listOf(sandbox.url), [])
  await read(sandbox.url, '/unified/ats/jobs', 'seen')
  await sandbox.account('ordered').orders.create()
  t.strictSame(await listOf(sandbox.url), ['ordered', 'seen'])
  for (const id of ['seen', 'ordered'])
    t.match((await get(sandbox.url, `/accounts/${id}`)).body, { id, provider: 'sandbox', provider_name: 'Sandbox' })
  t.equal((await get(sandbox.url, '/accounts/anything')).status, 404, 'it was never seen')
  t.match((await get(sandbox.url, '/accounts/sandbox-greenhouse')).body, { provider: 'greenhouse', status: 'active' })
})

t.test('GET /accounts/{id} shows why the calls of a magic account are refused', async (t) => {
  const sandbox = await sandboxFor(t, { accounts: ['acme'], clock: noon })
  for (const [id, status, code] of [
    ['sandbox-disabled', 'inactive', 'integration_disabled'],
    ['sandbox-expired-credentials', 'error', 'expired_credentials'],
    ['sandbox-invalid-credentials', 'error', 'invalid_credentials'],
    ['sandbox-failed-authentication', 'error', 'failed_authentication'],
    ['sandbox-provider-down', 'active', null],
  ] as const) {
    const { body } = await get(sandbox.url, `/accounts/${id}`)
    t.strictSame(violationsOf(LinkedAccountSchema, body), [])
    const reasons = code && [{ code, description: /^The /, timestamp: noon }]
    t.match(body, { id, status, status_reasons: reasons })
  }
  t.match(await sandbox.account('sandbox-expired-credentials').link({ status: 'disabled' }), {
    status: 'inactive',
    status_reasons: [{ code: 'integration_disabled' }],
  })
})

bothWays(
  'a change of the provider leaves a disabled account disabled, also one that SANDBOX_ACCOUNTS disables',
  async (t, { control }) => {
    const acme = control.account('acme')
    await acme.link({ status: 'disabled' })
    t.match(await acme.link({ provider: 'Greenhouse' }), { provider: 'greenhouse', status: 'inactive' })
    t.match(await acme.link({ status: 'active' }), { provider: 'greenhouse', status: 'active' })
    t.match(await control.account('globex').link({ provider: 'lever' }), { provider: 'lever', status: 'inactive' })
    t.match(await control.account('initech').link(), { status: 'active' }, 'a new one is active')
  },
  { accounts: ['acme', 'globex=disabled'] },
)

bothWays('an account that was never linked or seen cannot be unlinked', async (t, { control, url }) => {
  const missing = { statusCode: 404, message: /Account zzz not found/ }
  await t.rejects(control.account('zzz').unlink(), missing)
  t.equal((await read(url, '/unified/ats/jobs', 'zzz')).status, 200, 'it is as before')
  t.strictSame((await control.snapshot()).accounts, [], 'it takes no slot')
  await control.account('zzz').unlink()
  t.equal((await read(url, '/unified/ats/jobs', 'zzz')).status, 404)
})

t.test('GET /accounts can be filtered and paged', async (t) => {
  const { url } = await sandboxFor(t, { accounts: ['a:greenhouse', 'b:greenhouse=disabled', 'c', 'd:workday'] })
  for (const [query, expected] of [
    ['?account_ids=a&account_ids=c', ['a', 'c']],
    ['?account_ids=c', ['c']],
    ['?origin_owner_id=b', ['b']],
    ['?origin_owner_ids=b&origin_owner_ids=d', ['b', 'd']],
    ['?provider=greenhouse', ['a', 'b']],
    ['?providers=greenhouse&providers=workday', ['a', 'b', 'd']],
    ['?status=active', ['a', 'c', 'd']],
    ['?status=inactive&status=error', ['b']],
    ['?provider=greenhouse&status=inactive', ['b']],
    ['?page_size=3', ['a', 'b', 'c']],
    ['?page_size=3&page=2', ['d']],
    ['?page=9', []],
    ['?page=0', 400],
    ['?page_size=101', 400],
    ['?page_size=1.5', 400],
    ['?page=x', 400],
  ] as const)
    t.strictSame(await listOf(url, query), expected, query)
  const many = Array.from({ length: 500 }, (_, i) => `account_ids=account-${String(i)}`).join('&')
  t.strictSame(await listOf(url, `?${many}&account_ids=d`), ['d'], 'a parameter may be repeated hundreds of times')
})

bothWays(
  'an account is linked, disabled and unlinked; its calls follow, and webhooks hear of it',
  async (t, { url, control }) => {
    const receiver = await receiverFor(t)
    await control.webhooks.add({ url: receiver.url, events: ['account.created', 'account.updated', 'account.deleted'] })
    const acme = control.account('acme')
    const statusOf = async () => (await read(url, '/unified/ats/jobs')).status

    t.match(await acme.link({ provider: 'greenhouse' }), { id: 'acme', provider: 'greenhouse', status: 'active' })
    t.equal(await statusOf(), 200)
    t.match(await acme.link({ status: 'disabled' }), {
      provider: 'greenhouse',
      status: 'inactive',
      status_reasons: [{ timestamp: noon }],
      updated_at: noon,
    })
    const disabled = await read(url, '/unified/ats/jobs')
    t.equal(disabled.status, 412)
    t.match(disabled.headers.get('x-sandbox-hint'), 'PUT /_sandbox/accounts/{id}')
    t.match(await acme.link({ status: 'active' }), { provider: 'greenhouse', status: 'active' })
    t.equal(await statusOf(), 200)
    t.match(await control.accounts(), [{ id: 'acme' }])

    await acme.unlink()
    const unlinked = await read(url, '/unified/ats/jobs')
    t.equal(unlinked.status, 404)
    t.match(unlinked.headers.get('x-sandbox-hint'), 'PUT /_sandbox/accounts/{id}')
    t.strictSame(await control.accounts(), [])
    t.equal((await get(url, '/accounts/acme')).status, 404)
    await t.rejects(acme.unlink(), { statusCode: 404, message: /Account acme not found/ })
    await t.rejects(acme.orders.create(), { statusCode: 404, message: /Account acme not found/ })
    await acme.link()

    const events = (await receiver.all(5)).map(({ json }) => json).toSorted((a, b) => sequence(a) - sequence(b))
    t.match(events.map(({ event }) => event).sort(), [
      'account.created',
      'account.created',
      'account.deleted',
      'account.updated',
      'account.updated',
    ])
    const created = events.find(({ event }) => event === 'account.created')
    t.strictSame(created, {
      project_id: 'sandbox',
      account_id: 'acme',
      event: 'account.created',
      event_date: noon,
      provider: 'greenhouse',
      origin_owner_id: 'acme',
      origin_owner_name: 'acme',
      origin_username: null,
      setup_information: null,
    })

    await t.rejects(control.account(' ').link(), { statusCode: 400, message: /^The id of an account must be/ })
    await t.rejects(control.account('x'.repeat(256)).link(), { statusCode: 400, message: /^The id of an .* 255/ })
    await t.rejects(acme.link({ provider: 'Green house' }), { statusCode: 400, message: /provider/ })
    await t.rejects(acme.link({ status: 'gone' } as object), { statusCode: 400, message: /status/ })
  },
  { clock: noon },
)

const sequence = ({ event_date: date }: Record<string, unknown>) => Date.parse(String(date))

bothWays(
  'an account of SANDBOX_ACCOUNTS can be unlinked and disabled, and a new one linked, until the reset',
  async (t, { url, control }) => {
    await control.account('initech').link({ provider: 'workday' })
    await control.account('acme').unlink()
    t.strictSame(idsOf(await control.accounts()), ['globex', 'initech'])
    t.equal((await read(url, '/unified/ats/jobs', 'initech')).status, 200)
    await control.reset()
    t.strictSame(idsOf(await control.accounts()), ['acme', 'globex'])
    t.equal((await read(url, '/unified/ats/jobs')).status, 200)
  },
  { accounts: ['acme', 'globex:workday'] },
)

bothWays(
  'an account that was unlinked can still be looked at, saved and reset, but has no new orders',
  async (t, { control }) => {
    const acme = control.account('acme')
    await acme.orders.create({ id: 'order-1' })
    await acme.unlink()
    t.match(await acme.orders.list(), [{ id: 'order-1' }])
    t.match(await acme.snapshot(), { orders: [{ id: 'order-1' }] })
    await t.rejects(acme.orders.create(), { statusCode: 404, message: /Account acme not found/ })
    await acme.reset()
    t.strictSame(await control.account('acme').orders.list(), [])
    await t.rejects(control.account('hooli').orders.list(), { statusCode: 404, message: /Account hooli not found/ })
  },
  { accounts: ['acme', 'globex'] },
)

t.test('an account may be unlinked twice at once, and while it is linked', async (t) => {
  const acme = (await sandboxFor(t)).account('acme')
  await acme.link()
  await Promise.all([acme.unlink(), acme.unlink()])
  await acme.link()
  const [linked, unlinked] = await Promise.allSettled([acme.link(), acme.unlink()])
  t.equal(unlinked.status, 'fulfilled')
  // In Redis, the link may be answered first.
  if (linked.status === 'rejected') t.match(linked.reason, { statusCode: 404 })
})

t.test('an account with two providers is refused at the start', async (t) => {
  await t.rejects(sandboxFor(t, { accounts: ['acme:greenhouse', 'acme:workday'] }), {
    message: 'accounts has the account acme with two providers.',
  })
  await t.rejects(sandboxFor(t, { accounts: ['acme:greenhouse', 'acme:greenhouse=disabled'] }), {
    message: 'accounts has the account acme both with and without =disabled.',
  })
  t.ok(await sandboxFor(t, { accounts: ['acme:greenhouse', 'acme:greenhouse'] }))
})

t.test('POST /connect_sessions is not emulated, and the hint says what to do instead', async (t) => {
  const { url } = await sandboxFor(t)
  const response = await fetch(`${url}/connect_sessions`, { method: 'POST' })
  t.equal(response.status, 501)
  const hint = response.headers.get('x-sandbox-hint')
  t.match(hint, /hosted page, with real credentials/)
  t.match(hint, 'PUT /_sandbox/accounts/{id}')
})

/** Orders for an account, and returns what reports a result of that order. */
async function ordered(url: string, account: string) {
  const headers = { 'x-account-id': account }
  const { body } = await call(url, 'POST', '/orders', {}, headers)
  return (result: object) => call(url, 'PATCH', `/orders/${String(body['id'])}/result`, result, headers)
}

for (const account of ['sandbox-greenhouse', 'acme', 'globex']) {
  t.test(`Greenhouse takes one final result of an order (${account})`, async (t) => {
    const { url } = await sandboxFor(t, { accounts: ['acme:greenhouse', 'globex:Greenhouse'] })
    const report = await ordered(url, account)
    t.equal((await report({ result: { value: 'in_progress' } })).status, 200)
    t.equal((await report({ result: { value: 'passed' } })).status, 200)
    const refused = await report({ result: { value: 'failed' } })
    t.match(refused, {
      status: 422,
      body: {
        message: 'The result is final: multiple updates are not allowed',
        errorCode: 'UnprocessableEntityError',
        provider_errors: [{ status: 422, url: 'https://greenhouse.example.com/results' }],
      },
    })
    t.match(refused.headers.get('x-sandbox-hint'), 'docs/reference/accounts.md')
    t.equal((await report({ unknown: 'property' })).status, 200, 'what StackOne ignores does not reach the provider')
  })
}

for (const account of ['sandbox-smartrecruiters', 'acme']) {
  t.test(`SmartRecruiters needs complete scores and attachments (${account})`, async (t) => {
    const { url } = await sandboxFor(t, { accounts: ['acme:smartrecruiters'] })
    const report = await ordered(url, account)
    t.match(await report({ score: { value: '8' } }), {
      status: 422,
      body: { message: 'score/min, score/max must be given' },
    })
    t.match(
      await report({ attachments: [{ url: 'https://provider.example.com/1' }, { content_type: { value: 'pdf' } }] }),
      {
        status: 422,
        body: { message: 'attachments/0/content_type, attachments/1/url must be given' },
      },
    )
    t.equal((await report({ result: { value: 'passed' } })).status, 200)
    t.equal((await report({ score: { value: '8', min: '0', max: '10' } })).status, 200)
    const attachments = [{ url: 'https://provider.example.com/1', content_type: { value: 'pdf' } }]
    t.equal((await report({ attachments })).status, 200)
  })
}

t.test('an order for Teamtailor has no hiring team', async (t) => {
  const sandbox = await sandboxFor(t, { accounts: ['acme:teamtailor', 'globex'] })
  for (const id of ['sandbox-teamtailor', 'acme']) {
    const { order } = await sandbox.account(id).orders.create()
    t.match(order.job, { title: String })
    t.notOk('hiring_team' in (order.job ?? {}))
  }
  t.match((await sandbox.account('globex').orders.create()).order.job, { hiring_team: [{}] })
})

t.test('an account that is linked while the sandbox runs follows the rules of its provider', async (t) => {
  const sandbox = await sandboxFor(t)
  const report = await ordered(sandbox.url, 'acme')
  await report({ result: { value: 'passed' } })
  t.equal((await report({ result: { value: 'failed' } })).status, 200)
  await sandbox.account('acme').link({ provider: 'Greenhouse' })
  t.equal((await report({ result: { value: 'passed' } })).status, 422, 'in any case')
})

t.test('linking needs an account: without one, the advice says how to choose it', async (t) => {
  const sandbox = await sandboxFor(t)
  const advice = { name: 'TypeError', message: /account\('acme'\)/ }
  await t.rejects(sandbox.link(), advice)
  await t.rejects(sandbox.unlink(), advice)
})
