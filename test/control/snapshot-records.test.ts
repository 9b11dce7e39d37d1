import t from 'tap'
import type { Snapshot } from '../../schemas/control/snapshot'
import { startSandbox } from '../../src/index'
import { bothWays } from '../support/both'
import { goodHeaders, sandboxFor } from '../support/sandbox'

const read = async (url: string, path: string, account = 'acme') => {
  const response = await fetch(url + path, { headers: { ...goodHeaders, 'x-account-id': account } })
  return { status: response.status, body: (await response.json()) as { data: Record<string, unknown> } }
}

bothWays(
  'a snapshot has what was changed of the ATS and of accounts, and what the rest is invented from',
  async (t, a) => {
    const { url, control } = a
    const acme = control.account('acme')
    const order = await acme.orders.create({ candidate: { first_name: 'Zoë', last_name: 'Haddad' } })
    const job = await acme.ats.jobs.add({ title: 'Ferry pilot' })
    await acme.link({ provider: 'greenhouse' })
    await acme.packages.setEndpoint({ url: 'http://127.0.0.1:9/packages', secret: 'whsec_1', auth: 'key:' })
    const [invented] = await control.account('globex').ats.candidates.list({ limit: 1 })
    const whole = await control.snapshot()
    t.match(whole, { version: 2, ats: { salt: '' }, accounts: [{ id: 'acme', provider: 'greenhouse' }] })
    t.notMatch(JSON.stringify(whole.records), String(invented?.id), 'what is invented is not kept')

    const elsewhere = await sandboxFor(t, { seed: 'other', clock: '2020-01-01T00:00:00Z' })
    await elsewhere.load(whole)
    for (const path of [
      `candidates/${String(order.order.candidate?.id)}`,
      `applications/${String(order.order.application?.id)}`,
      `jobs/${String(job.id)}`,
    ])
      t.strictSame(await read(elsewhere.url, `/unified/ats/${path}`), await read(url, `/unified/ats/${path}`), path)
    const there = await read(elsewhere.url, `/unified/ats/candidates/${String(invented?.id)}`, 'globex')
    t.strictSame(
      there.body.data,
      (await read(url, `/unified/ats/candidates/${String(invented?.id)}`, 'globex')).body.data,
    )
    t.strictSame(await elsewhere.account('acme').packages.endpoint(), await acme.packages.endpoint())
    const again = await elsewhere.snapshot()
    t.strictSame({ ...again, takenAt: '' }, { ...whole, takenAt: '' }, 'a copy of a copy is the same')

    await elsewhere.reset()
    t.equal((await read(elsewhere.url, `/unified/ats/candidates/${String(invented?.id)}`, 'globex')).status, 404)
  },
)

bothWays('a snapshot of one account leaves the ATS of the others alone', async (t, { url, control }) => {
  const acme = control.account('acme')
  const added = await acme.ats.candidates.add({ first_name: 'Zoë' })
  const [invented] = await acme.ats.jobs.list({ limit: 1 })
  await control.account('globex').ats.candidates.add({ first_name: 'Mia' })
  const snapshot = await acme.snapshot()
  t.equal(snapshot.records?.length, 1)

  const elsewhere = await sandboxFor(t, { seed: 'other' })
  const [own] = await elsewhere.account('globex').ats.jobs.list({ limit: 1 })
  await elsewhere.load(snapshot)
  t.strictSame(
    (await read(elsewhere.url, `/unified/ats/candidates/${String(added.id)}`)).body.data,
    (await read(url, `/unified/ats/candidates/${String(added.id)}`)).body.data,
  )
  t.equal((await read(elsewhere.url, `/unified/ats/jobs/${String(invented?.id)}`)).status, 200)
  t.equal((await read(elsewhere.url, `/unified/ats/jobs/${String(own?.id)}`, 'globex')).status, 200)
})

t.test('a snapshot with records or accounts that could not be shown is refused with the place', async (t) => {
  const sandbox = await sandboxFor(t)
  const acme = sandbox.account('acme')
  await acme.ats.jobs.add({ id: 'job-1', title: 'Ferry pilot' })
  await acme.link({ provider: 'greenhouse' })
  const good = await sandbox.snapshot()
  const [record] = good.records ?? []
  const [account] = good.accounts ?? []
  const withRecord = (change: object): object => ({ ...good, records: [{ ...record, ...change }] })
  const withAccount = (change: object): object => ({ ...good, accounts: [{ ...account, ...change }] })
  const endpoint = { url: 'ftp://127.0.0.1/', secret: 'whsec_1', auth: null }
  const wrong: [snapshot: object, why: RegExp][] = [
    [withRecord({ kind: 'secrets' }), /body\/records\/0\/kind/],
    [withRecord({ value: 'x' }), /records\/0\/value must be the JSON text of an object/],
    [withRecord({ value: '[]' }), /records\/0\/value must be the JSON text/],
    [withRecord({ value: '{}' }), /records\/0\/value must have required property 'record'/],
    [withRecord({ id: 'job-2' }), /records\/0\/value must be the record with its id/],
    [withRecord({ value: '{"record":{"id":"job-1"},"orders":[1]}' }), /records\/0\/value\/orders\/0 must be string/],
    [withRecord({ kind: 'background_check_packages', value: '{"id":"job-1"}' }), /required property 'updated_at'/],
    [
      withRecord({ kind: 'background_check_packages', value: '{"id":"a","updated_at":"2026-01-31T00:00:00Z"}' }),
      /records\/0\/value must be the record with its id/,
    ],
    [withRecord({ kind: 'ats_basis', value: '{"salt":7,"since":7}' }), /records\/0\/value\/salt must be string/],
    [withRecord({ value: '{"record":{"id":"job-1","title":7}}' }), /records\/0\/value\/record\/title must be string/],
    [{ ...good, records: [record, record] }, /two of its jobs have the same id/],
    [{ ...good, account: 'globex', accounts: [] }, /records\/0 does not belong to the account globex/],
    [{ ...good, account: 'globex', records: [] }, /accounts\/0 does not belong to the account globex/],
    [{ ...good, accounts: [account, account] }, /settings of an account twice/],
    [withAccount({ packages: endpoint }), /accounts\/0\/packages\/url must be an http/],
    [withAccount({ status: 'asleep' }), /accounts\/0\/status/],
    [{ ...good, ats: { salt: 7 } }, /body\/ats/],
    [
      { ...good, records: Array.from({ length: 10_001 }, (_, i) => ({ ...record, id: String(i), value: null })) },
      /too many records/,
    ],
    [
      { ...good, accounts: Array.from({ length: 1_001 }, (_, i) => ({ ...account, id: String(i) })) },
      /settings of over 1000 accounts/,
    ],
  ]
  for (const [snapshot, why] of wrong) await t.rejects(sandbox.load(snapshot), { message: why }, String(why))
  t.strictSame({ ...(await sandbox.snapshot()), takenAt: '' }, { ...good, takenAt: '' }, 'nothing has changed')
  await sandbox.load(withRecord({ value: null }))
})

/** Accounts are in the order of their last change, which is the same millisecond for some. */
const packagesOf = ({ accounts }: Snapshot, account = 'acme') => accounts?.find(({ id }) => id === account)?.packages

t.test(
  'a snapshot that anyone may read has no secrets of packages endpoints, and takes them from those it knows',
  async (t) => {
    const secret = 'whsec_real'
    const url = 'http://127.0.0.1:9/packages?key=abcdefghijklmnopqrstuv'
    // Reached from other machines, and open on purpose.
    const open = await startSandbox({ host: '0.0.0.0', controlToken: 'none' })
    t.teardown(() => open.close())
    await open.account('acme').packages.setEndpoint({ url, secret, auth: 'provider-key' })
    await open.account('globex').packages.setEndpoint({ url: 'http://127.0.0.1:9/' })
    await open.account('initech').link()
    const base = open.url.replace('0.0.0.0', '127.0.0.1')
    const text = await (await fetch(`${base}/_sandbox/snapshot`)).text()
    for (const hidden of [secret, 'provider-key', 'abcdefghijklmnopqrstuv']) t.notMatch(text, hidden)
    const snapshot = JSON.parse(text) as Snapshot
    t.match(packagesOf(snapshot), { secret: { leftOut: /CONTROL_TOKEN/ }, auth: { leftOut: /CONTROL_TOKEN/ } })
    t.match(packagesOf(snapshot, 'globex'), { secret: 'sandbox', auth: null })
    t.equal(packagesOf(snapshot, 'initech'), null)
    await open.load(snapshot)
    t.match(packagesOf(await open.snapshot()), { url, secret, auth: 'provider-key' })

    const other = await sandboxFor(t)
    await t.rejects(other.load(snapshot), { message: /body\/accounts\/\d\/packages lacks its secret/ })
    const configured = await sandboxFor(t, { packagesUrl: `${url}#${secret}` })
    await configured.load(snapshot)
    t.match(packagesOf(await configured.snapshot()), { url, secret, auth: null })
  },
)
