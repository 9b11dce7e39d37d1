import t from 'tap'
import { isSecretName, withoutSecrets } from '../../src/http/secret-names'
import { bothWays } from '../support/both'
import { watch } from '../support/live-stream'
import { goodHeaders } from '../support/sandbox'

const secretNames = [
  ...['authorization', 'proxy-authorization', 'Authorization', 'cookie', 'set-cookie', 'cookies'],
  ...[
    'x-api-key',
    'X-API-KEY',
    'apiKey',
    'APIKey',
    'api_key',
    'apikey',
    'APIKEYS',
    'xApiKey',
    'key',
    'keys',
    'x-functions-key',
  ],
  ...[
    'access_token',
    'accessToken',
    'accesstoken',
    'x-auth-token',
    'token',
    'refresh-tokens',
    'id_token',
    'oauth2token',
  ],
  ...['client-secret', 'clientSecret', 'CLIENT_SECRET', 'clientsecret', 'secret', 'x-secret-2', 'secretkey'],
  ...[
    'session',
    'sessionid',
    'x-session-id',
    'JSESSIONID',
    'PHPSESSID',
    'ASP.NET_SessionId',
    'connect.sid',
    'sessionToken',
  ],
  ...[
    'password',
    'passwd',
    'user[password]',
    'passphrase',
    'credentials',
    'x-jwt',
    'x-csrf',
    'auth',
    'x-hub-signature-256',
  ],
  ...['proxy[token]', 'filter[apiKey]', 'aws_access_key_id', 'private-key', 'idempotency-secret'],
]

const plainNames = [
  ...[
    'idempotency-key',
    'Idempotency-Key',
    'x-idempotency-key',
    'idempotencyKey',
    'idempotency_key',
    'idempotency-token',
  ],
  ...[
    'x-stackone-signature',
    'X-StackOne-Signature',
    'x-account-id',
    'content-type',
    'traceparent',
    'user-agent',
    'prefer',
  ],
  ...[
    'monkey',
    'turkey',
    'keyboard',
    'keyword',
    'tokenizer',
    'secretary',
    'secretariat',
    'obsession',
    'possession',
    'cookiecutter',
  ],
  ...[
    'author',
    'authority',
    'www-authenticate',
    'passthrough',
    'passport',
    'bypass',
    'next',
    'fields',
    'page_size',
    'assign',
    '',
  ],
]

t.test('names of keys, tokens, secrets, sessions and cookies are recognised as secret', (t) => {
  for (const name of secretNames) t.equal(isSecretName(name), true, name)
  for (const name of plainNames) t.equal(isSecretName(name), false, name)
  t.end()
})

t.test('secret query parameters and credentials in a URL are masked, however written', (t) => {
  for (const [url, shown] of [
    ['/a', '/a'],
    ['/a?', '/a?'],
    ['/a?b', '/a?b'],
    ['/a?token', '/a?token'],
    ['/a?token=', '/a?token='],
    ['/a?token=x', '/a?token=***'],
    ['/a?b=1&Token=x&c=2', '/a?b=1&Token=***&c=2'],
    ['/a?token=x=y?z;u&b=2', '/a?token=***&b=2'],
    ['/a?access%5Ftoken=x', '/a?access%5Ftoken=***'],
    ['/a?access%54oken=x&%zz=1', '/a?access%54oken=***&%zz=1'],
    ['/a?proxy[api_key]=x&proxy[page]=2', '/a?proxy[api_key]=***&proxy[page]=2'],
    ['/a?b=1;token=x', '/a?b=1;token=***'],
    ['/a?b=1?token=x', '/a?b=1?token=***'],
    ['/a?b=1;c;token=x;d', '/a?b=1;c;token=***'],
    ['/a?b=1;c', '/a?b=1;c'],
    ['/a?token=x\ny', '/a?token=***'],
    ['/a?idempotency_key=x&monkey=y', '/a?idempotency_key=x&monkey=y'],
    ['http://user:pass@host/a?b=1', 'http://***@host/a?b=1'],
    ['//user@host/', '//***@host/'],
    ['/a?to=http%3A%2F%2Fhost%2F%3Ftoken%3Dx', '/a?to=***'],
    ['/a?to=http%3A%2F%2Fhost%2F%3Fpage%3D1', '/a?to=http%3A%2F%2Fhost%2F%3Fpage%3D1'],
    ['/a?to=http%3A%2F%2Fhost', '/a?to=http%3A%2F%2Fhost'],
  ] as const) {
    t.equal(withoutSecrets(url), shown, url)
  }
  t.end()
})

bothWays('the journal masks secret headers and query parameters', async (t, { url, control }) => {
  const packages = '/unified/ats/assessments/packages'
  const stream = await watch(t, url)
  const path = `${packages}?page_size=1&api_key=s3cr3t-1&proxy%5BaccessToken%5D=s3cr3t-2&monkey=see`
  const headers = {
    ...goodHeaders,
    'X-Auth-Token': 's3cr3t-3',
    'x-session-id': 's3cr3t-4',
    'client-secret': 'Bearer s3cr3t-5',
    'idempotency-key': 'idem-1',
    'x-stackone-signature': 'signed',
  }
  await (await fetch(url + path, { headers })).text()
  const [entry] = (await control.requests.list()).requests
  const shownPath = `${packages}?page_size=1&api_key=***&proxy%5BaccessToken%5D=***&monkey=see`
  t.match(entry, {
    path: shownPath,
    request: {
      headers: {
        'x-auth-token': '***',
        'x-session-id': '***',
        'client-secret': 'Bearer ***',
        'idempotency-key': 'idem-1',
        'x-stackone-signature': 'signed',
      },
    },
  })
  const live = await stream.until(({ requests }) => requests.length > 0)
  t.match(live.requests, [{ path: shownPath }])

  // Filters compare the received values; differences are shown masked.
  t.match(await control.requests.match({ path, headers: { 'x-auth-token': 's3cr3t-3' } }), { matched: 1 })
  t.match(await control.requests.match({ path: shownPath }), { matched: 0 })
  const { nearest } = await control.requests.match({
    path: `${packages}?page_size=2`,
    headers: { 'x-session-id': 'x' },
  })
  t.strictSame(nearest?.differences, [
    `path is "${shownPath}", not "${packages}?page_size=2"`,
    'header x-session-id is "***", not "x"',
  ])
  for (const shown of [entry, live, nearest, await control.requests.get(1), await control.snapshot()])
    t.notMatch(JSON.stringify(shown), 's3cr3t')
})
