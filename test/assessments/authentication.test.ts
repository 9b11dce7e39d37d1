import t from 'tap'
import { startSandbox } from '../../src/index'
import { basic, call, goodHeaders, ordersPath, postOrder, sandboxFor } from '../support/sandbox'

const encoded = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

t.test('the default key is sandbox, with no password', async (t) => {
  const { url, credentials } = await sandboxFor(t)
  t.strictSame(credentials, { username: 'sandbox', password: '' })
  t.equal((await postOrder(url, {}, { authorization: basic('sandbox') })).status, 200)
})

t.test('a call without a key gets 401 with a challenge and a hint', async (t) => {
  const { url } = await sandboxFor(t)
  const { authorization, ...headers } = goodHeaders
  const response = await fetch(url + ordersPath, { method: 'POST', headers, body: '{}' })

  t.equal(response.status, 401)
  t.equal(response.headers.get('www-authenticate'), 'Basic realm="StackOne", charset="UTF-8"')
  t.match(response.headers.get('x-sandbox-hint'), 'curl -u sandbox:')
  t.match(await response.json(), {
    statusCode: 401,
    message: 'Missing authorization header in request',
    timestamp: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    errorCode: 'UnauthorizedError',
    provider_errors: [],
  })
})

t.test('each wrong Authorization header gets a hint that names the problem', async (t) => {
  const { url } = await sandboxFor(t, { apiKeys: ['alpha', 'beta:secret'] })
  const cases = {
    [encoded('beta')]: ['Invalid API key', 'SANDBOX_API_KEYS'],
    [encoded('gamma')]: ['Invalid API key', 'SANDBOX_API_KEYS'],
    [encoded('alpha\u0007')]: ['Malformed authorization header in request', 'Basic base64'],
    [`Basic ${Buffer.from([0x61, 0xff]).toString('base64')}`]: [
      'Malformed authorization header in request',
      'Basic base64',
    ],
    'Basic sandbox': ['Malformed authorization header in request', 'not base64'],
    'Basic a': ['Malformed authorization header in request', 'Basic base64'],
    'Bearer alpha': ['Malformed authorization header in request', 'Bearer tokens'],
    Basic: ['Malformed authorization header in request', 'Basic base64'],
    [encoded('alpha:\u0007')]: ['Malformed authorization header in request', 'Basic base64'],
    [basic('gamma')]: ['Invalid API key', 'SANDBOX_API_KEYS'],
    [basic('alphx')]: ['Invalid API key', 'SANDBOX_API_KEYS'],
    [basic('alpha', 'secret')]: ['Invalid API key', 'SANDBOX_API_KEYS'],
    [basic('beta')]: ['Invalid API key', 'SANDBOX_API_KEYS'],
    [basic('beta', 'secreT')]: ['Invalid API key', 'SANDBOX_API_KEYS'],
    [basic('', '')]: ['Invalid API key', 'SANDBOX_API_KEYS'],
  }
  for (const [authorization, [message, hint]] of Object.entries(cases)) {
    const refused = await postOrder(url, {}, { authorization })
    t.equal(refused.status, 401, authorization)
    t.equal(refused.body['message'], message)
    t.match(refused.headers.get('x-sandbox-hint'), hint)
    t.ok(refused.headers.get('www-authenticate'))
  }
})

t.test('every listed key works, with its own password', async (t) => {
  const { url, credentials } = await sandboxFor(t, { apiKeys: ['alpha', 'beta:se:cret', 'alpha:other'] })

  t.strictSame(credentials, { username: 'alpha', password: '' })
  for (const authorization of [basic('alpha'), basic('beta', 'se:cret'), basic('alpha', 'other')]) {
    t.equal((await postOrder(url, {}, { authorization })).status, 200)
  }
})

t.test('a key encoded without its colon is accepted, with a hint that both forms are in use', async (t) => {
  const sandbox = await sandboxFor(t, { apiKeys: ['alpha', 'abc==', 'beta:secret'] })
  const { url } = sandbox
  for (const key of ['alpha', 'abc==']) {
    for (const authorization of [encoded(key), encoded(key).replace('Basic', 'bASIC')]) {
      const { status, headers } = await postOrder(url, {}, { authorization })
      t.equal(status, 200)
      t.match(
        headers.get('x-sandbox-hint'),
        /^This key was encoded without a colon: .* are both in use, and both are accepted\.$/,
      )
      t.equal(headers.get('www-authenticate'), null)
    }
    t.equal((await postOrder(url, {}, { authorization: basic(key) })).headers.get('x-sandbox-hint'), null)
  }

  const bare = { authorization: encoded('alpha') }
  const refused = await postOrder(url, { id: 3 }, bare)
  t.equal(refused.status, 400)
  t.match(refused.headers.get('x-sandbox-hint'), /^body\/id looks like/, 'the hint explains the error first')
  t.match(await postOrder(url, {}, { ...bare, 'x-account-id': 'sandbox-forbidden' }), { status: 403 })
})

t.test('the journal masks the Authorization header, with or without a colon', async (t) => {
  const sandbox = await sandboxFor(t)
  for (const authorization of [encoded('sandbox'), basic('sandbox')]) {
    await postOrder(sandbox.url, {}, { authorization })
    const [entry] = (await sandbox.requests.list()).requests
    t.match(entry, { status: 200, hint: null, request: { headers: { authorization: /\*\*\*/ } } })
  }
})

t.test('a read-only key gets 403 for writes, before its account is checked', async (t) => {
  const apiKeys = ['reader=read-only', 'keeper:pass=word=read-only', 'full']
  const { url, credentials } = await sandboxFor(t, { apiKeys, accounts: ['acme'] })
  t.strictSame(credentials, { username: 'full', password: '' })
  await postOrder(url, { id: 'order-1' }, { authorization: basic('full') })
  for (const authorization of [basic('reader'), encoded('reader'), basic('keeper', 'pass=word')]) {
    for (const path of ['/packages', '/orders/order-1', '/packages/pkg_sql_queries'])
      t.equal((await call(url, 'GET', path, undefined, { authorization })).status, 200)
    const head = await fetch(`${url}/unified/ats/assessments/packages`, {
      method: 'HEAD',
      headers: { authorization, 'x-account-id': 'acme' },
    })
    t.equal(head.status, 200)

    for (const [method, path] of [
      ['POST', '/orders'],
      ['PATCH', '/orders/order-1/result'],
    ] as const) {
      const refused = await call(url, method, path, { id: 3 }, { authorization, 'x-account-id': 'initech' })
      t.equal(refused.status, 403)
      t.match(refused.body, {
        errorCode: 'ForbiddenError',
        message: `This API key is read-only, so it does not allow ${method}`,
      })
      t.match(refused.headers.get('x-sandbox-hint'), 'remove "=read-only" from this one in SANDBOX_API_KEYS')
      t.equal(refused.headers.get('www-authenticate'), null)
    }
  }
  t.equal((await call(url, 'GET', '/orders/order-1/results', undefined, { authorization: basic('full') })).status, 404)
})

t.test('a key may contain =: only the suffix =read-only is a scope', async (t) => {
  const { url, credentials } = await sandboxFor(t, {
    apiKeys: [
      'a=b',
      'abc==',
      'x=read-only=',
      'y=READ-ONLY',
      '=read-only:pass',
      'z=read-only=read-only',
      'q:=read-only',
    ],
  })
  t.strictSame(credentials, { username: 'a=b', password: '' })
  for (const [key, password] of [
    ['a=b'],
    ['abc=='],
    ['x=read-only='],
    ['y=READ-ONLY'],
    ['=read-only', 'pass'],
  ] as const)
    t.equal((await postOrder(url, {}, { authorization: basic(key, password) })).status, 200, key)
  for (const key of ['z=read-only', 'q'])
    t.equal((await postOrder(url, {}, { authorization: basic(key) })).status, 403, key)
})

t.test('the handle prefers a key that may write, and the inspector shows no custom key', async (t) => {
  const readers = await sandboxFor(t, { apiKeys: ['one:secret=read-only', 'two=read-only'] })
  t.strictSame(readers.credentials, { username: 'one', password: 'secret' })
  const mixed = await sandboxFor(t, { apiKeys: ['reader=read-only', 'full:secret'] })
  t.strictSame(mixed.credentials, { username: 'full', password: 'secret' })
  for (const { url } of [readers, mixed]) {
    const page = await (await fetch(`${url}/_sandbox/ui`)).text()
    t.match(page, 'name="sandbox-key" content=""')
    t.notMatch(page, /secret/)
  }
})

t.test('a key listed both with and without a scope is refused at start, and the error omits it', async (t) => {
  for (const apiKeys of [
    ['alpha', 'alpha=read-only'],
    ['beta:s3cret=read-only', 'x', 'beta:s3cret'],
  ])
    await t.rejects(startSandbox({ apiKeys }), {
      name: 'TypeError',
      message: 'apiKeys has a key both with and without =read-only.',
    })
  await t.rejects(startSandbox({ apiKeys: ['=read-only'] }), { name: 'TypeError', message: /^apiKeys must be/ })
  const { url } = await sandboxFor(t, { apiKeys: ['alpha', 'alpha', 'alpha:other=read-only'] })
  t.equal((await postOrder(url, {}, { authorization: basic('alpha') })).status, 200)
  t.equal((await postOrder(url, {}, { authorization: basic('alpha', 'other') })).status, 403)
})

t.test('a missing, empty or overlong account is refused', async (t) => {
  const { url } = await sandboxFor(t)
  const { 'x-account-id': account, ...headers } = goodHeaders
  const missing = await fetch(url + ordersPath, { method: 'POST', headers, body: '{}' })
  t.equal(missing.status, 400)
  t.match(await missing.json(), { message: 'Missing x-account-id header in request' })
  t.match(missing.headers.get('x-sandbox-hint'), 'x-account-id')

  for (const account of ['', '   ']) t.equal((await postOrder(url, {}, { 'x-account-id': account })).status, 400)
  t.equal((await postOrder(url, {}, { 'x-account-id': 'a'.repeat(255) })).status, 200)
  t.match(await postOrder(url, {}, { 'x-account-id': 'a'.repeat(256) }), {
    status: 400,
    body: { message: 'x-account-id header is longer than 255 characters' },
  })
})

t.test('with a list of accounts, others get 404 and disabled ones 412', async (t) => {
  const { url } = await sandboxFor(t, { accounts: ['acme', 'globex=disabled'] })
  const order = (account: string) => postOrder(url, {}, { 'x-account-id': account })

  t.equal((await order('acme')).status, 200)
  t.match(await order('initech'), { status: 404, body: { message: 'Account initech not found' } })
  t.match(await order('globex'), {
    status: 412,
    body: { message: 'Account globex is disabled', errorCode: 'AccountIntegrationInactiveError' },
  })
})

t.test('the key is checked before the account, and both before the body', async (t) => {
  const { url } = await sandboxFor(t)
  t.equal((await postOrder(url, 'x', { authorization: 'no', 'x-account-id': '' })).status, 401)
  t.match(await postOrder(url, 'x', { 'x-account-id': '' }), { body: { message: /x-account-id/ } })
})
