import { type AccountSettings, mostAccounts } from '../../../src/store/account-settings'
import { allOf, atOnce, eachStore } from '../../support/each-store'
import { until } from '../../support/until'

const noon = '2026-01-31T12:00:00.000Z'

const settingsOf = (id: string, facts: Partial<AccountSettings> = {}): AccountSettings => ({
  ...{ id, provider: 'greenhouse', status: 'active', packages: null, updatedAt: 1_770_000_000_000 },
  ...facts,
})

eachStore('what is set of an account is known to every process at once', async (t, { accounts, replica }) => {
  const packages = { url: 'http://127.0.0.1:9/packages', secret: 'whsec_1', auth: 'key:' }
  const acme = settingsOf('acme', { packages })
  t.equal(accounts.current().get('acme'), undefined)
  t.strictSame(await accounts.change('acme', () => ({ settings: acme, news: null })), acme)
  t.strictSame(accounts.current().get('acme'), acme)
  const other = (await replica()).accounts
  t.strictSame(other.current().get('acme'), acme)
  await atOnce(10, [accounts, other], (each) =>
    each.change('acme', (before) => ({
      settings: settingsOf('acme', { updatedAt: Number(before?.updatedAt) + 1 }),
      news: null,
    })),
  )
  t.strictSame(await other.export(null), [settingsOf('acme', { updatedAt: acme.updatedAt + 10 })])
})

eachStore(
  'webhooks are notified of an account that was linked',
  async (t, { accounts, webhooks, deliveries }) => {
    await webhooks.add({ accountId: null, url: 'http://127.0.0.1:9/', secret: 'whsec_1', events: ['account.created'] })
    const news = {
      accountId: 'acme',
      event: 'account.created',
      recordId: 'acme',
      remoteId: null,
      requestId: null,
    } as const
    await accounts.change('acme', () => ({
      settings: settingsOf('acme'),
      news: { ...news, data: { provider: 'greenhouse' } },
    }))
    const [delivery] = await allOf(deliveries.list('acme'))
    t.match(delivery, { event: 'account.created', orderId: null })
    t.match(JSON.parse(String(delivery?.payload)), {
      ...{ project_id: 'sandbox', account_id: 'acme', event: 'account.created', provider: 'greenhouse' },
    })
    t.notMatch(String(delivery?.payload), 'record_id')
  },
  { callbackTargets: 'none' },
)

eachStore('accounts that made calls are remembered, until they are reset', async (t, { accounts, reset, replica }) => {
  for (const id of ['globex', 'acme', 'acme']) accounts.see(id)
  const other = (await replica()).accounts
  await until(async () => (await other.seen()).length === 2)
  t.strictSame(await other.seen(), ['acme', 'globex'])
  await accounts.change('globex', () => ({ settings: settingsOf('globex'), news: null }))
  await reset('globex')
  await until(async () => (await other.seen()).length === 1)
  t.strictSame(accounts.current().size, 0)
  accounts.see('globex')
  await until(async () => (await other.seen()).length === 2)
  await reset(null)
  t.strictSame(await accounts.seen(), [])
})

eachStore('a thousand accounts can have settings of their own', async (t, { accounts }) => {
  await accounts.import(Array.from({ length: mostAccounts }, (_, i) => settingsOf(String(i))))
  const change = (id: string) => accounts.change(id, () => ({ settings: settingsOf(id), news: null }))
  await t.rejects(change('one-more'), { statusCode: 422, message: /1000 accounts/ })
  await change('7')
  t.strictSame(await accounts.export('7'), [settingsOf('7')])
})

eachStore(
  'the instant that invented data leads up to is that of the first start',
  async (t, { since, reset, clock, replica }) => {
    t.equal(since(), Date.parse(noon))
    await clock.advance(60_000)
    await reset(null)
    t.equal((await replica()).since(), Date.parse(noon))
  },
  { clock: noon },
)
