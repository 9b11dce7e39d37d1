import t from 'tap'
import { basic, goodHeaders, ordersPath, postOrder, sandboxFor } from './support'

const encoded = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

t.test('the default key is sandbox, with no password', async (t) => {
  const { url, credentials } = await sandboxFor(t)
  t.strictSame(credentials, { username: 'sandbox', password: '' })
  t.equal((await postOrder(url, {}, { authorization: basic('sandbox') })).status, 200)
})

t.test('a call without a key is refused with 401, a challenge and what to do', async (t) => {
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

t.test('each wrong authorization is told what is wrong with it', async (t) => {
  const { url } = await sandboxFor(t, { apiKeys: ['alpha', 'beta:secret'] })
  const cases = {
    [encoded('alpha')]: ['Malformed authorization header in request', 'colon'],
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

t.test('a missing, an empty and an over-long account are refused', async (t) => {
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

t.test('listed accounts are known, others are not found, and a disabled one fails its precondition', async (t) => {
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
