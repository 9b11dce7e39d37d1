import { untilSettled } from '../../../src/store/settings-changed'
import { wholeWebhook } from '../../../src/store/older'
import { allOf, atOnce, eachStore } from '../../support/each-store'
import { receiverFor } from '../../support/receiver'
import { storedOrder } from '../../support/sandbox'
import { until } from '../../support/until'

const url = 'http://127.0.0.1:9/hook'
const created = { events: ['created'], requestId: null } as const

eachStore('a webhook is found exactly as it was added, until it is removed', async (t, { webhooks, replica }) => {
  const added = await webhooks.add({ accountId: 'acme', url, secret: 'whsec_1' })
  const { events, ...rest } = added
  t.strictSame(rest, { id: added.id, accountId: 'acme', url, secret: 'whsec_1', style: 'native', disabled: null })
  t.strictSame(events, ['ats_assessments.created', 'ats_assessments.updated', 'ats_assessments.deleted'])
  const other = (await replica()).webhooks
  t.strictSame(await other.find(added.id), added)
  t.strictSame(await other.list(), [added])
  t.equal(await webhooks.find('nothing'), null)
  t.equal(await webhooks.remove('nothing'), false)
  t.equal(await webhooks.remove(added.id), true)
  t.equal(await other.remove(added.id), false)
  t.equal(await other.find(added.id), null)
  t.strictSame(await webhooks.list(), [])
})

eachStore('a webhook can get another secret, other events and another style', async (t, { webhooks, replica }) => {
  const first = await webhooks.add({ accountId: null, url, secret: 'whsec_1' })
  const second = await webhooks.add({ accountId: null, url, secret: 'whsec_2' })
  await webhooks.disable(first.id, 'it answered 410')
  const change = { secret: 'whsec_3', events: ['account.created'], style: 'synthetic' } as const
  const changed = { ...first, ...change, disabled: 'it answered 410' }
  t.strictSame(await webhooks.update(first.id, change), changed)
  const other = (await replica()).webhooks
  t.strictSame(await other.find(first.id), changed)
  t.strictSame(await other.list(), [changed, second], 'in the same place as before')
  t.equal(await webhooks.update('nothing', { secret: 'whsec_4' }), null)
  await atOnce(6, [webhooks, other], (each, i) =>
    each.update(second.id, i < 3 ? { secret: 'a' } : { style: 'synthetic' }),
  )
  t.match(await other.find(second.id), { secret: 'a', style: 'synthetic' }, 'concurrent changes are all kept')
})

eachStore(
  'webhooks are listed in the order in which they were added, configured ones first',
  async (t, { webhooks }) => {
    const [start] = await webhooks.list()
    t.match(start, { accountId: null, url, secret: 'whsec_start', disabled: null })
    const added = []
    for (const accountId of ['acme', 'globex', null])
      added.push(await webhooks.add({ accountId, url: `${url}/${String(accountId)}`, secret: 'whsec_1' }))
    const [acme, globex, all] = added
    t.strictSame(await webhooks.list(), [start, acme, globex, all])
    t.strictSame(await webhooks.list('acme'), [start, acme, all], "those that get the account's events")
    t.strictSame(await webhooks.list('initech'), [start, all])
    t.strictSame(await webhooks.export('acme'), [acme], "the account's own")
    t.strictSame(await webhooks.export(null), [start, acme, globex, all])
  },
  { webhooks: [`${url}#whsec_start`] },
)

eachStore(
  'a disabled webhook shows the first reason, and gets no more events',
  async (t, { webhooks, store, deliveries }) => {
    const first = await webhooks.add({ accountId: null, url, secret: 'whsec_1' })
    const second = await webhooks.add({ accountId: null, url, secret: 'whsec_2' })
    await webhooks.disable(first.id, 'it answered 410')
    await webhooks.disable(first.id, 'another reason')
    await webhooks.disable('nothing', 'it is not there')
    const disabled = { ...first, disabled: 'it answered 410' }
    t.strictSame(await webhooks.list(), [disabled, second])
    t.strictSame(await webhooks.find(first.id), disabled)
    await store.addOrder(storedOrder(), created)
    t.match(await allOf(deliveries.list(null)), [{ receiver: { webhookId: second.id } }])
  },
  { callbackTargets: 'none' },
)

eachStore(
  "an account's webhook gets only its events, one without an account the events of all",
  async (t, { webhooks, store, deliveries }) => {
    const all = await webhooks.add({ accountId: null, url, secret: 'whsec_1' })
    const acme = await webhooks.add({ accountId: 'acme', url, secret: 'whsec_2' })
    await webhooks.add({ accountId: 'globex', url, secret: 'whsec_3' })
    for (const [i, accountId] of ['acme', 'initech'].entries())
      await store.addOrder(
        storedOrder({ accountId, remoteId: `remote-${String(i)}`, token: `token-${String(i)}` }),
        created,
      )
    t.strictSame(
      (await allOf(deliveries.export(null))).map(({ accountId, receiver }) => [accountId, receiver.webhookId]),
      [
        ['acme', all.id],
        ['acme', acme.id],
        ['initech', all.id],
      ],
    )
  },
  { callbackTargets: 'none' },
)

eachStore(
  'a webhook that one replica adds gets the very next order of another',
  async (t, { webhooks, deliveries, replica }) => {
    const other = await replica()
    for (let round = 0; round < 10; round++) {
      const { id } = await webhooks.add({ accountId: 'acme', url, secret: 'whsec_1' })
      const name = `order-${String(round)}`
      await untilSettled(() => other.store.addOrder(storedOrder({ id: name, remoteId: name, token: name }), created))
      const [newest] = await allOf(deliveries.list('acme'))
      t.match(newest, { orderId: name, receiver: { webhookId: id } })
      await webhooks.remove(id)
    }
  },
  { callbackTargets: 'none' },
)

eachStore(
  'imported webhooks replace those of their account, or all',
  async (t, { webhooks }) => {
    const exported = wholeWebhook({
      ...{ id: 'hook-1', accountId: 'acme', url, secret: 'whsec_1', disabled: 'it answered 410' },
    })
    const [start] = await webhooks.list()
    await webhooks.add({ accountId: 'acme', url, secret: 'whsec_2' })
    const globex = await webhooks.add({ accountId: 'globex', url, secret: 'whsec_3' })
    await webhooks.import('acme', [exported])
    t.strictSame(await webhooks.list(), [start, globex, exported])
    t.strictSame(await webhooks.find('hook-1'), exported)
    await webhooks.import('globex', [])
    t.strictSame(await webhooks.list(), [start, exported])
    const others = [{ ...exported, id: 'hook-2', accountId: null }, exported]
    await webhooks.import(null, others)
    t.strictSame(await webhooks.list(), others)
  },
  { webhooks: [url] },
)

eachStore('there can be 50 webhooks per account and 1000 in all', async (t, { webhooks, replica }) => {
  const webhook = { url, secret: 'whsec_1' }
  const many = (accountId: string | null, count: number) =>
    Array.from({ length: count }, (_, i) =>
      wholeWebhook({ id: `${String(accountId)}-${String(i)}`, accountId, ...webhook, disabled: null }),
    )
  await webhooks.import(null, [...many('acme', 48), ...many(null, 50)])
  const added = await atOnce(10, [webhooks, (await replica()).webhooks], (webhooks) =>
    webhooks.add({ accountId: 'acme', ...webhook }).catch(() => null),
  )
  t.equal(added.filter((each) => each !== null).length, 2, 'the limit holds under concurrent calls')
  const ofAccount = {
    statusCode: 422,
    message: / 50 webhooks/,
    hint: /^Remove some/,
  }
  await t.rejects(webhooks.add({ accountId: 'acme', ...webhook }), ofAccount)
  await t.rejects(webhooks.add({ accountId: null, ...webhook }), ofAccount)

  await webhooks.import(null, Array.from({ length: 20 }, (_, i) => many(`account-${String(i)}`, 50)).flat())
  const inAll = {
    statusCode: 422,
    message: / 1000 webhooks/,
    hint: /^Remove some/,
  }
  await t.rejects(webhooks.add({ accountId: 'acme', ...webhook }), inAll)
  t.ok(await webhooks.remove('account-0-0'))
  t.ok(await webhooks.add({ accountId: 'acme', ...webhook }))
})

eachStore('a webhook that answers 410 is disabled, and its pending deliveries fail', async (t, state) => {
  const { webhooks, store, deliveries } = state
  const receiver = await receiverFor(t, (response) => response.writeHead(410).end())
  const { id } = await webhooks.add({ accountId: null, url: receiver.url, secret: 'whsec_1' })
  await store.addOrder(storedOrder(), { events: ['created', 'resulted'], requestId: null })
  const failed = async () => (await allOf(deliveries.list(null))).filter(({ status }) => status === 'failed')
  await until(async () => (await failed()).length === 2)
  const [second, first] = await failed()
  t.match(first?.attempts, [{ status: 410 }])
  t.match(second?.attempts, [{ status: null, error: /disabled/ }])
  t.match(await webhooks.find(id), { disabled: /410/ })
  t.equal(receiver.received.length, 1)

  await deliveries.replay('remote-1.1')
  await until(async () => (await failed()).at(-1)?.attempts.length === 2)
  t.match((await failed()).at(-1)?.attempts, [{}, { status: 410 }], 'a replay is sent anyway')
})

eachStore('pending deliveries to a removed webhook are not sent', async (t, state) => {
  const { webhooks, store, deliveries, clock } = state
  const receiver = await receiverFor(t, (response) => response.writeHead(500).end())
  const { id } = await webhooks.add({ accountId: null, url: receiver.url, secret: 'whsec_1' })
  await store.addOrder(storedOrder(), created)
  const attempts = async () => (await allOf(deliveries.list(null)))[0]?.attempts ?? []
  await until(async () => (await attempts()).length === 1)
  await webhooks.remove(id)
  await clock.advance(60_000)
  await until(async () => (await attempts()).length === 2)
  t.match((await attempts())[1], { status: null, error: /removed/, nextAttemptAt: null })
  t.equal(receiver.received.length, 1)
})
