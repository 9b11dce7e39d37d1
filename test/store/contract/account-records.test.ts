import { type KeptRecord, mostRecords } from '../../../src/store/account-records'
import { deliveryId } from '../../../src/store/records'
import { allOf, atOnce, eachStore } from '../../support/each-store'
import { receiverFor } from '../../support/receiver'

const key = { accountId: 'acme', kind: 'candidates', id: 'cand-1' } as const
const job = { accountId: 'acme', kind: 'jobs', id: 'job-1' } as const
const become = (value: string | null) => () => ({ value, news: null })
const happening = (id: string) => ({
  ...({
    accountId: 'acme',
    event: 'ats_candidates.updated',
    recordId: id,
    remoteId: 'ats-1',
    requestId: null,
  } as const),
  data: { id },
})

eachStore('a record is kept as it was last changed, in the order in which records came', async (t, state) => {
  const { records, replica } = state
  t.equal(await records.find(key), null)
  t.equal(await records.change(key, become('{"name":"Zoë"}')), '{"name":"Zoë"}')
  await records.change({ ...key, id: 'cand-2' }, become('{}'))
  await records.change(job, become('{"title":"a\\nb"}'))
  const before: unknown[] = []
  await records.change(key, (value) => {
    before.push(value)
    return { value: null, news: null }
  })
  await records.change(key, (value) => {
    before.push(value)
    return { value: '{"name":"Mia"}', news: null }
  })
  await records.change({ ...key, id: 'cand-3' }, (value) => {
    before.push(value)
    return { value: null, news: null }
  })
  t.strictSame(before, ['{"name":"Zoë"}', null, undefined])
  const other = (await replica()).records
  t.strictSame(await other.list('acme', 'candidates'), [
    { ...key, value: '{"name":"Mia"}' },
    { ...key, id: 'cand-2', value: '{}' },
    { ...key, id: 'cand-3', value: null },
  ])
  t.strictSame(await other.find(job), { ...job, value: '{"title":"a\\nb"}' })
  t.strictSame(await other.list('globex', 'candidates'), [])
})

eachStore('concurrent changes of a record are all kept', async (t, { records, replica }) => {
  const replicas = [records, (await replica()).records]
  await atOnce(20, replicas, (each) =>
    each.change(key, (before) => ({ value: JSON.stringify(Number(before ?? 0) + 1), news: null })),
  )
  t.match(await records.find(key), { value: '20' })
})

eachStore('webhooks are notified of a change in the same step', async (t, { records, webhooks, deliveries }) => {
  const receiver = await receiverFor(t)
  const events = ['ats_candidates.updated'] as const
  await webhooks.add({ accountId: null, url: receiver.url, secret: 'whsec_1', events })
  await webhooks.add({ accountId: 'acme', url: receiver.url, secret: 'whsec_1', events, style: 'synthetic' })
  await records.change(key, () => ({ value: '{}', news: happening('cand-1') }))
  const sent = await allOf(deliveries.list('acme'))
  t.match(sent, [{ number: 2 }, { number: 1 }])
  t.equal(sent[0]?.remoteId, sent[1]?.remoteId)
  const received = (await receiver.all(2)).map(({ json }) => json)
  const about = {
    ...{ project_id: 'sandbox', account_id: 'acme', event: 'ats_candidates.updated', record_id: 'cand-1' },
  }
  t.match(
    received.find(({ record_type }) => record_type === 'ats_candidates'),
    {
      ...about,
      record_remote_id: 'ats-1',
      event_data: { id: 'cand-1' },
      raw_event: { body: { type: 'candidate.updated', candidate_id: 'ats-1' } },
    },
  )
  const synthetic = received.find(({ record_type }) => record_type === 'candidates')
  t.match(synthetic, about)
  for (const name of ['record_remote_id', 'raw_event', 'event_data']) t.notOk(name in (synthetic ?? {}), name)
})

eachStore(
  'records are exported, imported, and forgotten with their account',
  async (t, { records, reset, replica }) => {
    const globex = { ...job, accountId: 'globex' }
    const basis = { accountId: '', kind: 'ats_basis', id: '' } as const
    const all: KeptRecord[] = [
      { ...key, value: '{}' },
      { ...job, value: null },
      { ...globex, value: '{"a":1}' },
      { ...basis, value: '{"since":1}' },
    ]
    await records.import(all)
    const bySize = (found: readonly KeptRecord[]) => found.map((each) => JSON.stringify(each)).sort()
    t.strictSame(bySize(await allOf(records.export(null))), bySize(all))
    t.strictSame(await allOf(records.export('globex')), [{ ...globex, value: '{"a":1}' }])
    await reset('acme')
    t.strictSame(bySize(await allOf((await replica()).records.export(null))), bySize(all.slice(2)))
    await reset(null)
    t.strictSame(await allOf(records.export(null)), [])
    await records.import(all)
    t.equal((await allOf(records.export(null))).length, 4)
  },
)

eachStore('an account can have ten thousand records of a kind, and all can take 64 Mi characters', async (t, state) => {
  const { records, reset } = state
  const many = Array.from({ length: mostRecords.ofKind }, (_, i) => ({ ...key, id: String(i), value: '{}' }))
  await records.import(many)
  const full = { statusCode: 422, message: /limit of records/ }
  await t.rejects(records.change({ ...key, id: 'one-more' }, become('{}')), full)
  await records.change({ ...key, id: '7' }, become('{"a":1}'))
  await records.change(job, become('{}'))
  await reset('acme')
  const long = 'x'.repeat(mostRecords.characters / 2)
  await records.change(key, become(long))
  await t.rejects(records.change(job, become(`${long}x`)), full)
  t.equal(await records.find(job), null, 'what is refused changes nothing')
  await reset('acme')
  await records.change(job, become(`${long}x`))
})

eachStore('accounts may have records with the same id: their deliveries are kept apart', async (t, state) => {
  const { records, deliveries, webhooks } = state
  await webhooks.add({ accountId: null, url: 'http://127.0.0.1:9/', secret: 'whsec_1' })
  for (const accountId of ['acme', 'globex', 'a/b'])
    await records.change({ ...key, accountId }, () => ({ value: '{}', news: { ...happening('cand-1'), accountId } }))
  const all = await allOf(deliveries.list(null))
  t.strictSame(
    all.map(({ accountId }) => accountId),
    ['a/b', 'globex', 'acme'],
  )
  t.equal(new Set(all.map(deliveryId)).size, 3)
  for (const { remoteId } of all) t.match(remoteId, /^ats_candidates-[\w-]{22}$/)
})
