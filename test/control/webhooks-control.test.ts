import t, { type Test } from 'tap'
import { ControlDeliverySchema } from '../../schemas/control/deliveries'
import { type ControlWebhook, ControlWebhookSchema, WebhookListSchema } from '../../schemas/control/webhooks'
import { assessmentEvents } from '../../schemas/events'
import { createClock } from '../../src/clock'
import { readOptions } from '../../src/config'
import { errors } from '../../src/errors'
import { verifySignature } from '../../src/index'
import { settings } from '../../src/settings'
import { deliveriesOf, receiverFor } from '../support/receiver'
import { postOrder, sandboxFor, violationsOf } from '../support/sandbox'

/** Calls a control route without credentials; sends a string as is, anything else as JSON. */
async function control(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${url}/_sandbox${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Adds a webhook for one account, or for all. */
async function add(url: string, webhook: { url: string; secret?: string }, account?: string): Promise<ControlWebhook> {
  const { status, text } = await control(url, 'POST', `/webhooks${account ? `?account=${account}` : ''}`, webhook)
  if (status !== 201) throw new Error(`answered ${String(status)}: ${text}`)
  return JSON.parse(text) as ControlWebhook
}

async function list(url: string, query = '', headers: Record<string, string> = {}): Promise<ControlWebhook[]> {
  const { text } = await control(url, 'GET', `/webhooks${query}`, undefined, headers)
  return (JSON.parse(text) as { webhooks: ControlWebhook[] }).webhooks
}

const orderFor = async (url: string, account: string, id: string) => postOrder(url, { id }, { 'x-account-id': account })

/** A receiver with the order ids it receives. */
async function toldFor(t: Test) {
  const receiver = await receiverFor(t)
  const told = async (count: number) => (await receiver.all(count)).map(({ json }) => json['record_id']).sort()
  return { ...receiver, told }
}

t.test('webhooks can be added, listed in order of creation and removed', async (t) => {
  const { url } = await sandboxFor(t)
  t.strictSame(await list(url), [])
  const first = await add(url, { url: 'http://127.0.0.1:3000/first' })
  const second = await add(url, { url: 'HTTPS://Hooks.Example.com/second?key=1', secret: 's3cret' }, 'acme')
  t.strictSame(first, {
    ...{ id: first.id, account: null, url: 'http://127.0.0.1:3000/first' },
    ...{ events: [...assessmentEvents], style: 'native', disabled: null },
  })
  t.match(second, { account: 'acme', url: 'HTTPS://Hooks.Example.com/second?key=1' })
  t.strictSame(await list(url), [first, second])
  t.strictSame(violationsOf(ControlWebhookSchema, first), [])
  t.strictSame(violationsOf(WebhookListSchema, { webhooks: await list(url) }), [])

  const { status, text } = await control(url, 'DELETE', `/webhooks/${first.id}`)
  t.strictSame([status, text], [204, ''])
  t.strictSame(await list(url), [second])
  const twice = await control(url, 'DELETE', `/webhooks/${first.id}`)
  t.equal(twice.status, 404)
})

t.test('listing the webhooks of an account includes all that receive its events', async (t) => {
  const { url } = await sandboxFor(t, { webhooks: ['http://127.0.0.1:3000/start'] })
  const [start] = await list(url)
  const acme = await add(url, { url: 'http://127.0.0.1:3000/acme' }, 'acme')
  const globex = await add(url, { url: 'http://127.0.0.1:3000/globex' }, 'globex')
  const all = await add(url, { url: 'http://127.0.0.1:3000/all' })
  t.match(start, { account: null, url: 'http://127.0.0.1:3000/start' })
  t.strictSame(await list(url), [start, acme, globex, all])
  t.strictSame(await list(url, '?account=acme'), [start, acme, all])
  t.strictSame(await list(url, '', { 'x-account-id': 'globex' }), [start, globex, all])
  t.strictSame(await list(url, '?account=initech'), [start, all])
})

t.test("an account's webhook receives only its events, one without an account receives all", async (t) => {
  const sandbox = await sandboxFor(t)
  const [all, acme, globex] = await Promise.all([toldFor(t), toldFor(t), toldFor(t)])
  await add(sandbox.url, { url: all.url })
  await add(sandbox.url, { url: acme.url }, 'acme')
  const { text } = await control(sandbox.url, 'POST', '/webhooks', { url: globex.url }, { 'x-account-id': 'globex' })
  t.match(JSON.parse(text), { account: 'globex' })
  for (const account of ['acme', 'globex', 'initech'])
    for (const n of [1, 2]) await orderFor(sandbox.url, account, `${account}-${String(n)}`)

  t.strictSame(await all.told(6), ['acme-1', 'acme-2', 'globex-1', 'globex-2', 'initech-1', 'initech-2'])
  t.strictSame(await acme.told(2), ['acme-1', 'acme-2'])
  t.strictSame(await globex.told(2), ['globex-1', 'globex-2'])
  t.equal((await deliveriesOf(sandbox)).length, 10, 'there are no further deliveries')
})

t.test('webhooks are signed with their own secret, or with sandbox by default', async (t) => {
  const { url } = await sandboxFor(t)
  const receiver = await receiverFor(t)
  await add(url, { url: `${receiver.url}/own`, secret: 'ß secret, with #' })
  await add(url, { url: `${receiver.url}/default` })
  await orderFor(url, 'acme', 'order-1')
  const secrets: Record<string, string> = { '/own': 'ß secret, with #', '/default': 'sandbox' }
  const received = await receiver.all(2)
  for (const { path, raw, headers } of received)
    t.ok(verifySignature(raw, headers['x-stackone-signature'], secrets[path] ?? ''), path)
  t.strictSame(received.map(({ path }) => path).sort(), Object.keys(secrets).sort())
})

t.test('webhook secrets are never shown', async (t) => {
  const receiver = await receiverFor(t)
  const { url } = await sandboxFor(t, { webhooks: [`${receiver.url}/start#s3cret-0`] })
  const added = await control(url, 'POST', '/webhooks', { url: receiver.url, secret: 's3cret-1' })
  t.equal(added.status, 201)
  const inUrl = await control(url, 'POST', '/webhooks', { url: `${receiver.url}#s3cret-2` })
  const inCredentials = await control(url, 'POST', '/webhooks', { url: 'http://s3cret-3@127.0.0.1:3000/' })
  await orderFor(url, 'acme', 'order-1')
  await receiver.all(2)
  const shown = [added, inUrl, inCredentials, await control(url, 'GET', '/webhooks')]
  const deliveries = await control(url, 'GET', '/deliveries')
  for (const { text } of [...shown, deliveries]) t.notMatch(text, /s3cret/)
  t.equal((JSON.parse(deliveries.text) as { deliveries: unknown[] }).deliveries.length, 2)
})

t.test('adding an invalid webhook is refused with a hint', async (t) => {
  const { url } = await sandboxFor(t)
  const hook = 'http://127.0.0.1:3000/'
  const refused: [body: unknown, message: RegExp][] = [
    [{}, /^body must have required property 'url'$/],
    [[], /^body must be object$/],
    [{ url: null }, /^body\/url must be string$/],
    [{ url: 3000 }, /^body\/url must be string$/],
    [{ url: hook, secret: '' }, /^body\/secret must NOT have fewer than 1 characters$/],
    [{ url: hook, secret: null }, /^body\/secret must be string$/],
    [{ url: hook, events: [] }, /^body\/events must NOT have fewer than 1 items$/],
    [
      { url: hook, events: ['ats_assessments.moved'] },
      /^body\/events\/0 must be one of ats_assessments.created, .* or account.deleted$/,
    ],
    [
      { url: hook, events: ['ats_assessments.created', 'ats_assessments.created'] },
      /^body\/events must NOT have duplicate items/,
    ],
    [{ url: hook, style: 'polled' }, /^body\/style must be one of native or synthetic$/],
    [{ url: hook, accountId: 'acme' }, /^body must not have the property accountId$/],
    ['', /^body must have required property 'url'$/],
    ['{', /^body is not valid JSON/],
  ]
  for (const address of [
    '',
    'hook',
    '/hook',
    '127.0.0.1:3000',
    'localhost:3000/hook',
    'ftp://127.0.0.1/',
    'file:///etc/hosts',
    'javascript:alert(1)',
    'http://',
    'http://a b/',
    'http://127.0.0.1:99999/',
    ' http://127.0.0.1/',
  ])
    refused.push([{ url: address }, /^body\/url must be an http:\/\/ or https:\/\/ address$/])
  for (const address of [`${hook}#secret`, `${hook}#`, 'http://me@127.0.0.1/', 'http://:word@127.0.0.1/'])
    refused.push([{ url: address }, /^body\/url must have no credentials and no #; .* body\/secret$/])

  for (const [body, message] of refused) {
    const { status, headers, text } = await control(url, 'POST', '/webhooks', body)
    const answer = JSON.parse(text) as { hint: string }
    t.equal(status, 400, JSON.stringify(body))
    t.match(answer, { statusCode: 400, message, errorCode: /Error$/, hint: /\w{3}/ }, JSON.stringify(body))
    t.equal(headers.get('x-sandbox-hint'), answer.hint)
  }
  t.strictSame(await list(url), [])
})

t.test('removing an unknown webhook answers 404', async (t) => {
  const { url } = await sandboxFor(t)
  const { status, headers, text } = await control(url, 'DELETE', '/webhooks/nobody')
  const { message, hint } = errors.unknownWebhook('nobody')
  t.equal(status, 404)
  t.match(JSON.parse(text), { statusCode: 404, errorCode: 'NotFoundError', message, hint })
  t.equal(headers.get('x-sandbox-hint'), hint)
})

t.test('webhooks of an unknown, disabled or blank account are refused', async (t) => {
  const { url } = await sandboxFor(t, { accounts: ['acme', 'old=disabled'] })
  const webhook = { url: 'http://127.0.0.1:3000/' }
  for (const [account, status] of [
    ['acme', 201],
    ['globex', 404],
    ['old', 412],
    ['', 400],
  ] as const) {
    t.equal((await control(url, 'POST', `/webhooks?account=${account}`, webhook)).status, status, account)
    t.equal((await control(url, 'GET', `/webhooks?account=${account}`)).status, status === 201 ? 200 : status, account)
  }
  t.equal((await control(url, 'GET', '/webhooks?account[id]=acme')).status, 400)
  t.equal((await list(url)).length, 1)
})

t.test('a removed webhook receives no further orders', async (t) => {
  const sandbox = await sandboxFor(t)
  const [kept, removed] = await Promise.all([toldFor(t), toldFor(t)])
  await add(sandbox.url, { url: kept.url })
  const { id } = await add(sandbox.url, { url: removed.url })
  await orderFor(sandbox.url, 'acme', 'order-1')
  t.strictSame(await removed.told(1), ['order-1'])

  await control(sandbox.url, 'DELETE', `/webhooks/${id}`)
  await orderFor(sandbox.url, 'acme', 'order-2')
  t.strictSame(await kept.told(2), ['order-1', 'order-2'])
  const toRemoved = (await deliveriesOf(sandbox)).filter(({ webhookId }) => webhookId === id)
  t.strictSame(
    toRemoved.map(({ orderId }) => orderId),
    ['order-1'],
  )
  t.equal(removed.received.length, 1)

  await add(sandbox.url, { url: removed.url })
  await orderFor(sandbox.url, 'acme', 'order-3')
  t.strictSame(await removed.told(2), ['order-1', 'order-3'], 'once added again, it receives events again')
})

t.test('a delivery answered with 503 shows its attempts and the next one', async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(503).end())
  const clock = createClock(Date.parse('2026-01-31T12:00:00.000Z'))
  const sandbox = await sandboxFor(t, {}, { clock })
  const { id, url } = await add(sandbox.url, { url: receiver.url })
  await orderFor(sandbox.url, 'acme', 'order-1')
  await clock.advance(0)
  const [delivery] = await deliveriesOf(sandbox)
  if (!delivery) return t.fail('no delivery is listed')
  t.strictSame(violationsOf(ControlDeliverySchema, delivery), [])
  t.match(delivery, { webhookId: id, url, method: 'POST', status: 'pending', nextAttemptAt: /^2026-01-31T12:00:1/ })
  t.match(delivery.attempts, [{ at: '2026-01-31T12:00:00.000Z', url, status: 503 }])
  t.equal(delivery.attempts[0]?.nextAttemptAt, delivery.nextAttemptAt)
})

t.test('a webhook that answers 410 is disabled with a reason and receives nothing more', async (t) => {
  const receiver = await receiverFor(t, (response) => response.writeHead(410).end())
  const clock = createClock(Date.parse('2026-01-31T12:00:00.000Z'))
  const sandbox = await sandboxFor(t, {}, { clock })
  const gone = await add(sandbox.url, { url: receiver.url })
  const other = await add(sandbox.url, { url: `${receiver.url}/other` }, 'globex')
  await orderFor(sandbox.url, 'acme', 'order-1')
  await clock.advance(0)
  const disabled = 'it answered 410 at 2026-01-31T12:00:00.000Z; remove it and add it again'
  t.strictSame(await list(sandbox.url), [{ ...gone, disabled }, other])
  await orderFor(sandbox.url, 'acme', 'order-2')
  t.equal((await deliveriesOf(sandbox)).length, 1)
})

t.test('SANDBOX_WEBHOOKS accepts a url or url#secret', async (t) => {
  const { fromText } = settings.webhooks
  const read = (text: string) => readOptions({ webhooks: fromText(text) as string[] }).webhooks
  t.strictSame(read('http://127.0.0.1:3000/hook'), [{ url: 'http://127.0.0.1:3000/hook', secret: 'sandbox' }])
  t.strictSame(read(' http://a.example/?key=1#one , https://b.example#two#and#three, http://[::1]:3000 ,'), [
    { url: 'http://a.example/?key=1', secret: 'one' },
    { url: 'https://b.example', secret: 'two#and#three' },
    { url: 'http://[::1]:3000', secret: 'sandbox' },
  ])
  t.strictSame(readOptions({ webhooks: ['http://a.example#one,two'] }).webhooks, [
    { url: 'http://a.example', secret: 'one,two' },
  ])
  t.strictSame(readOptions({}).webhooks, [])

  const receiver = await receiverFor(t)
  const { url } = await sandboxFor(t, { webhooks: [`${receiver.url}/hook#a#b`] })
  await orderFor(url, 'acme', 'order-1')
  const [received] = await receiver.all(1)
  if (!received) return t.fail('nothing was received')
  t.equal(received.path, '/hook')
  t.ok(verifySignature(received.raw, received.headers['x-stackone-signature'], 'a#b'))
})

t.test('errors about SANDBOX_WEBHOOKS never repeat the value, which may hold a secret', (t) => {
  for (const entry of [
    '127.0.0.1:3000#s3cret',
    'ftp://127.0.0.1#s3cret',
    'http://a b#s3cret',
    'http://#s3cret',
    'http://127.0.0.1:99999#s3cret',
    'http://127.0.0.1#s3cret with a space',
    'http://127.0.0.1#s3crét',
    'http://127.0.0.1#',
    '#s3cret',
    'http://127.0.0.1 #s3cret',
  ])
    for (const webhooks of [[entry], ['http://127.0.0.1/s3cret-path#s3cret', entry]])
      t.throws(
        () => readOptions({ webhooks }),
        { name: 'TypeError', message: /^webhooks must be a comma-separated list of ((?!s3cr).)*$/ },
        entry,
      )
  for (const webhooks of [[], 'http://127.0.0.1#s3cret', [{ url: 'http://127.0.0.1', secret: 's3cret' }], null])
    t.throws(() => readOptions({ webhooks: webhooks as never }), { message: /^webhooks must be ((?!s3cr).)*$/ })
  t.end()
})

interface Operation {
  summary?: string
  requestBody?: { content: Record<string, { schema: object }> }
  parameters?: { name: string; in: string }[]
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
}

t.test('the OpenAPI document lists the control routes, each with its schemas', async (t) => {
  const { url } = await sandboxFor(t)
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>
  }
  const expected: Record<string, [status: string, query: string[], takesBody: boolean]> = {
    'post /_sandbox/orders': ['201', ['account', 'kind'], true],
    'get /_sandbox/webhooks': ['200', ['account'], false],
    'post /_sandbox/webhooks': ['201', ['account'], true],
    'patch /_sandbox/webhooks/{id}': ['200', [], true],
    'delete /_sandbox/webhooks/{id}': ['204', [], false],
    'get /_sandbox/deliveries/{id}': ['200', [], false],
    'post /_sandbox/orders/{id}/cancel': ['200', ['account'], false],
    'get /_sandbox/deliveries': [
      '200',
      ['account', 'orderId', 'event', 'status', 'after', 'before', 'search', 'limit', 'next'],
      false,
    ],
    'post /_sandbox/deliveries/{id}/replay': ['202', [], false],
    'post /_sandbox/deliveries/replay': ['202', ['account'], true],
  }
  for (const [name, [status, query, takesBody]] of Object.entries(expected)) {
    const [method = '', path = ''] = name.split(' ')
    const operation = document.paths[path]?.[method]
    if (!operation) {
      t.fail(`${name} is missing`)
      continue
    }
    t.ok(operation.summary, name)
    t.strictSame(
      Object.keys(operation.responses).filter((code) => code < '400'),
      [status],
      name,
    )
    const answer = operation.responses[status]
    t.not(answer?.description, 'Default Response', name)
    t.equal(answer?.content?.['application/json']?.schema !== undefined, status !== '204', name)
    t.equal(operation.requestBody?.content['application/json']?.schema !== undefined, takesBody, name)
    const asked = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
    t.strictSame(
      asked.map((parameter) => parameter.name),
      query,
      name,
    )
  }
})
