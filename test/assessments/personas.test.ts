import { setImmediate } from 'node:timers/promises'
import { StackOne } from '@stackone/stackone-client-ts'
import * as errors from '@stackone/stackone-client-ts/sdk/models/errors'
import t from 'tap'
import { ErrorSchema } from '../../schemas/error'
import { personas } from '../../src/accounts/personas'
import { createClock, type LocalClock } from '../../src/clock'
import type { Sandbox } from '../../src/index'
import { bothWays } from '../support/both'
import { basic, call, goodHeaders, postOrder, sandboxFor, violationsOf } from '../support/sandbox'

const packagesOf = (url: string, account: string, headers: Record<string, string> = {}) =>
  call(url, 'GET', '/packages', undefined, { 'x-account-id': account, ...headers })

/** The statuses of `count` calls of the account, made one after the other. */
async function statuses(url: string, account: string, count: number): Promise<number[]> {
  const all = []
  for (let i = 0; i < count; i++) all.push((await packagesOf(url, account)).status)
  return all
}

const sdkFor = ({ url, credentials }: Sandbox, username = credentials.username) =>
  new StackOne({ serverURL: url, security: { username, password: '' }, retryConfig: { strategy: 'none' } })

const orderAs = (account: string) => (sdk: StackOne) =>
  sdk.ats.orderAssessmentsRequest({ xAccountId: account, atsCreateCandidatesAssessmentsRequestDto: {} })

/** How to get each of StackOne's error statuses with one call, and what the SDK then throws. */
const ways: [status: number, type: new (...given: never[]) => Error, call: (sdk: StackOne) => Promise<unknown>][] = [
  [400, errors.BadRequestResponse, orderAs(' ')],
  [401, errors.UnauthorizedResponse, orderAs('acme')],
  [403, errors.ForbiddenResponse, orderAs('sandbox-forbidden')],
  [404, errors.NotFoundResponse, (sdk) => sdk.ats.getAssessmentsPackage({ xAccountId: 'acme', id: 'none' })],
  [408, errors.RequestTimedOutResponse, orderAs('sandbox-timeout')],
  [409, errors.ConflictResponse, orderAs('sandbox-conflict')],
  [412, errors.PreconditionFailedResponse, orderAs('sandbox-disabled')],
  [422, errors.UnprocessableEntityResponse, orderAs('sandbox-refused')],
  [429, errors.TooManyRequestsResponse, orderAs('sandbox-rate-limited')],
  [500, errors.InternalServerErrorResponse, orderAs('sandbox-broken')],
  [501, errors.NotImplementedResponse, orderAs('sandbox-unsupported')],
  [502, errors.BadGatewayResponse, orderAs('sandbox-provider-down')],
]

t.test("one call provokes each of the twelve error statuses as the SDK's typed error", async (t) => {
  const sandbox = await sandboxFor(t)
  for (const [status, type, call] of ways) {
    const error = await call(sdkFor(sandbox, status === 401 ? 'wrong' : undefined)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    t.ok(error instanceof type, `${String(status)} is a ${type.name}`)
    t.match(error, { statusCode: status })
  }
  t.strictSame(
    ways.map(([status]) => status),
    [400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 501, 502],
  )
})

t.test('a failing magic account fails every operation, whatever accounts are configured', async (t) => {
  const sandbox = await sandboxFor(t, { accounts: ['acme', 'globex=disabled'] })
  t.equal((await packagesOf(sandbox.url, 'initech')).status, 404)
  const operations = [
    ['POST', '/orders', {}],
    ['GET', '/orders/order-1', undefined],
    ['PATCH', '/orders/order-1/result', {}],
    ['GET', '/orders/order-1/results', undefined],
    ['GET', '/packages', undefined],
    ['GET', '/packages/none', undefined],
  ] as const
  const failing = personas.flatMap(({ id, fault }) =>
    fault?.always === true && fault.status !== undefined ? [{ id, fault }] : [],
  )
  t.equal(failing.length, 12)
  for (const { id, fault } of failing) {
    for (const [method, path, body] of operations) {
      const answer = await call(sandbox.url, method, path, body, { 'x-account-id': id })
      t.equal(answer.status, fault.status, `${id}: ${method} ${path}`)
      t.strictSame(violationsOf(ErrorSchema, answer.body), [])
      t.equal(answer.headers.get('retry-after'), fault.status === 408 || fault.status === 429 ? '60' : null)
      t.ok(answer.headers.get('x-sandbox-hint')?.startsWith(`${id} asked for this answer`))
    }
    const { requests } = await sandbox.account(id).requests.list()
    t.equal(requests.length, operations.length)
    for (const entry of requests) t.match(entry, { account: id, status: fault.status, fault: id })
  }
  t.strictSame(await sandbox.orders.list(), [])
  t.equal((await packagesOf(sandbox.url, 'acme')).status, 200)
})

t.test('expired, invalid or rejected account credentials get 401 with their errorCode', async (t) => {
  const sandbox = await sandboxFor(t)
  for (const [account, errorCode] of [
    ['sandbox-expired-credentials', 'AccountExpiredCredentialsError'],
    ['sandbox-invalid-credentials', 'AccountInvalidCredentialsError'],
    ['sandbox-failed-authentication', 'AccountAuthenticationFailedError'],
  ] as const) {
    const { status, body } = await packagesOf(sandbox.url, account)
    t.equal(status, 401)
    t.match(body, { statusCode: 401, errorCode, message: /credentials|authenticated/, provider_errors: [] })
    await t.rejects(orderAs(account)(sdkFor(sandbox)), errors.UnauthorizedResponse)
  }
})

t.test('a disabled account gets 412 with the documented errorCode', async (t) => {
  const { url } = await sandboxFor(t, { accounts: ['globex=disabled'] })
  for (const account of ['sandbox-disabled', 'globex'])
    t.match(await packagesOf(url, account), {
      status: 412,
      body: { errorCode: 'AccountIntegrationInactiveError' },
    })
})

t.test('a refusal by the provider is 422 with the documented message', async (t) => {
  const { url } = await sandboxFor(t)
  t.match(await postOrder(url, {}, { 'x-account-id': 'sandbox-refused' }), {
    status: 422,
    body: { message: 'Validation error', provider_errors: [{ status: 422 }] },
  })
})

interface Listed {
  next: string | null
  data: { id: string }[]
}

/** All pages of the account's packages, following `next`. */
async function pagesOf(url: string, account: string, query: string): Promise<Listed[]> {
  const pages: Listed[] = []
  for (let next: string | null = ''; next !== null; next = pages.at(-1)?.next ?? null) {
    const from = next === '' ? '' : `&next=${next}`
    const { body } = await call(url, 'GET', `/packages?${query}${from}`, undefined, { 'x-account-id': account })
    pages.push(body as unknown as Listed)
  }
  return pages
}

const idsOf = (pages: readonly Listed[]) => pages.flatMap(({ data }) => data.map(({ id }) => id))

t.test('sandbox-short-pages returns short and empty pages with a next, and each package once', async (t) => {
  const { url } = await sandboxFor(t)
  const all = idsOf(await pagesOf(url, 'acme', 'page_size=100'))
  t.equal(all.length, 30)
  for (const size of [1, 2, 7, 25, 60, 100]) {
    const pages = await pagesOf(url, 'sandbox-short-pages', `page_size=${String(size)}`)
    t.strictSame(idsOf(pages), all, `page_size=${String(size)}`)
    const early = pages.slice(0, -1)
    t.ok(early.every(({ data }) => data.length <= Math.ceil(size / 2)))
    t.strictSame(pages.at(-1), { next: null, data: [] }, 'the last page is empty')
    if (size < 60)
      t.ok(
        early.some(({ data }) => data.length === 0),
        'some page before the last is empty',
      )
    if (size > 1) t.ok(early.every(({ data }) => data.length < size))
  }
})

t.test('sandbox-short-pages also supports page numbers and filters', async (t) => {
  const { url } = await sandboxFor(t)
  const of = async (query: string) =>
    (await call(url, 'GET', `/packages?${query}`, undefined, { 'x-account-id': 'sandbox-short-pages' }))
      .body as unknown as Listed
  const all = idsOf(await pagesOf(url, 'acme', 'page_size=100'))
  for (const size of [1, 9, 100]) {
    const pages: Listed[] = []
    for (let page = 1; pages.at(-1)?.next !== null; page++)
      pages.push(await of(`page_size=${String(size)}&page=${String(page)}`))
    t.strictSame(idsOf(pages), all)
    const { data, next } = await of(`page_size=${String(size)}&page=2`)
    t.strictSame(data, [])
    if (next !== null) t.equal((await of(`page_size=${String(size)}&next=${next}`)).data[0]?.id, pages[2]?.data[0]?.id)
  }
  t.strictSame(await of('page=900'), { next: null, data: [] })
  t.strictSame(await of('page=901'), { next: null, data: [] })
  t.strictSame(await of('filter[updated_after]=2999-01-01'), { next: null, data: [] })
})

t.test(
  'the official SDK gets every package of sandbox-short-pages; a loop that stops at an empty page does not',
  async (t) => {
    const sandbox = await sandboxFor(t)
    const ids: unknown[] = []
    for await (const page of await sdkFor(sandbox).ats.listAssessmentsPackages({
      xAccountId: 'sandbox-short-pages',
      pageSize: '7',
    }))
      ids.push(...(page.assessmentPackagePaginated?.data ?? []).map(({ id }) => id))
    t.equal(ids.length, 30)

    const naive = await pagesOf(sandbox.url, 'sandbox-short-pages', 'page_size=7')
    t.ok(
      idsOf(
        naive.slice(
          0,
          naive.findIndex(({ data }) => data.length === 0),
        ),
      ).length < 30,
    )
  },
)

t.test('magic accounts still require the key', async (t) => {
  const sandbox = await sandboxFor(t)
  for (const { id } of personas)
    t.equal((await packagesOf(sandbox.url, id, { authorization: basic('wrong') })).status, 401)
})

bothWays('sandbox-flaky fails the first call and every second one after it', async (t, { url, control }) => {
  const flaky = control.account('sandbox-flaky')
  t.strictSame(await statuses(url, 'sandbox-flaky', 5), [502, 200, 502, 200, 502])
  await flaky.reset()
  t.strictSame(await statuses(url, 'sandbox-flaky', 3), [502, 200, 502])
  await control.account('acme').reset()
  t.strictSame(await statuses(url, 'sandbox-flaky', 1), [200], 'resetting another account changes nothing')
  t.strictSame(await statuses(url, 'sandbox-flaky', 1), [502])
  await control.reset()
  t.strictSame(await statuses(url, 'sandbox-flaky', 2), [502, 200])
  t.strictSame(await control.faults.list(), [], "a magic account's behaviour is not listed as a fault")
})

t.test('sandbox-flaky counts exactly under concurrent calls', async (t) => {
  const { url } = await sandboxFor(t)
  const answers = await Promise.all(Array.from({ length: 100 }, () => packagesOf(url, 'sandbox-flaky')))
  t.equal(answers.filter(({ status }) => status === 502).length, 50)
})

t.test("sandbox-slow answers after three seconds of the sandbox's clock", async (t) => {
  const clock = createClock(0)
  const due: number[] = []
  const noting = Object.assign(Object.create(clock) as LocalClock, {
    at(instant: number, action: () => unknown) {
      due.push(instant)
      return clock.at(instant, action)
    },
  })
  const sandbox = await sandboxFor(t, {}, { clock: noting })
  const answer = postOrder(sandbox.url, { id: 'slow' }, { 'x-account-id': 'sandbox-slow' })
  while (due.length === 0) await setImmediate()
  t.strictSame(due, [3_000])
  await clock.advance(2_999)
  t.strictSame(await sandbox.orders.list(), [])
  await clock.advance(1)
  t.equal((await answer).status, 200)
  const [entry] = (await sandbox.requests.list({ orderId: 'slow' })).requests
  t.match(entry, { status: 200, fault: 'sandbox-slow', account: 'sandbox-slow' })
})

bothWays('an added fault takes precedence over the behaviour of a magic account', async (t, { url, control }) => {
  await control.account('sandbox-forbidden').faults.add({ status: 409 })
  t.strictSame(await statuses(url, 'sandbox-forbidden', 2), [409, 403])
  await control.faults.add({ status: 418, times: 2 })
  t.strictSame(await statuses(url, 'sandbox-flaky', 4), [418, 418, 502, 200])
})

t.test('a call without a known account is refused', async (t) => {
  const { url } = await sandboxFor(t, { accounts: ['acme', 'globex=disabled'] })
  const { authorization } = goodHeaders
  const missing = await fetch(`${url}/unified/ats/assessments/packages`, { headers: { authorization } })
  t.equal(missing.status, 400)
  t.match(await missing.json(), { message: 'Missing x-account-id header in request' })
  for (const [account, status] of [
    ['', 400],
    ['a'.repeat(256), 400],
    ['initech', 404],
    ['globex', 412],
    ['acme', 200],
  ] as const)
    t.strictSame(await statuses(url, account, 1), [status])
})

t.test('accounts named like object properties or magic accounts are ordinary', async (t) => {
  const { url } = await sandboxFor(t)
  for (const account of ['__proto__', 'constructor', 'toString', 'Sandbox-Flaky', 'sandbox-flaky2', 'sandbox-']) {
    t.strictSame(await statuses(url, account, 2), [200, 200], account)
    const { status } = await postOrder(url, { id: 'order-1' }, { 'x-account-id': account })
    t.equal(status, 200)
  }
})
