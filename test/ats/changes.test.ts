import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { ControlError } from '../../src/control/control-error'
import { mostRecords } from '../../src/store/account-records'
import { bothWays } from '../support/both'
import { found, idsOf, type Json, listed } from '../support/ats'
import { receiverFor } from '../support/receiver'
import { redisFor, skip } from '../support/redis'
import { sandboxFor } from '../support/sandbox'

const noon = '2026-11-27T12:00:00.000Z'

bothWays(
  'records of the ATS are listed, read, added and changed by account',
  async (t, { url, control }) => {
    const { ats } = control.account('acme')
    const candidates = await ats.candidates.list({ limit: 30 })
    t.equal(candidates.length, 30)
    t.equal(candidates.total, 40)
    t.strictSame(
      await ats.candidates.list({ limit: 30, next: String(candidates.next) }).then(({ length }) => length),
      10,
    )
    const [first] = candidates
    t.strictSame(await ats.candidates.get(String(first?.remote_id)), first)
    await t.rejects(ats.candidates.get('nope'), { statusCode: 404, message: /^No candidate with the id nope/ })
    await t.rejects(ats.candidates.list({ next: 'nope' }), { statusCode: 400, message: /cursor/ })

    const added = await ats.candidates.add({ first_name: 'Mia', last_name: 'Lindqvist', email: 'mia@example.com' })
    t.match(added, { id: /^cand_/, remote_id: /^ats-/, first_name: 'Mia', created_at: noon, updated_at: noon })
    t.strictSame(await found(url, 'candidates', added.id), added)
    t.strictSame(idsOf(await listed(url, 'candidates', '&filter[email]=mia@example.com')), [added.id])
    t.strictSame(idsOf(await listed(url, 'candidates', `&filter[created_after]=2026-11-27T11:59:59Z`)), [added.id])
    t.equal((await ats.candidates.list()).total, 41)
    t.equal((await control.account('globex').ats.candidates.list()).total, 40)

    const changed = await ats.candidates.update(String(added.remote_id), { first_name: 'Maja', id: 'ignored' })
    t.match(changed, { id: added.id, first_name: 'Maja', last_name: 'Lindqvist' })
    const invented = await ats.candidates.update(String(first?.id), { title: 'Lighthouse keeper' })
    t.strictSame(invented, { ...first, title: 'Lighthouse keeper', updated_at: noon })
    t.strictSame(await found(url, 'candidates', first?.remote_id), {
      ...(await found(url, 'candidates', first?.id)),
      title: 'Lighthouse keeper',
    })
    await t.rejects(ats.candidates.update('nope', {}), { statusCode: 404, message: /No candidate/ })
    await t.rejects(ats.candidates.add({ id: String(first?.id) }), {
      statusCode: 409,
      message: /Another candidate has the id/,
    })
    const own = await ats.job_postings.add({ id: 'posting-1', remote_id: null, internal: 'true' })
    t.match(own, { id: 'posting-1', remote_id: null })

    for (const name of [
      'users',
      'departments',
      'locations',
      'application_stages',
      'interview_stages',
      'rejected_reasons',
    ] as const) {
      const [record] = await ats[name].list({ limit: 1 })
      t.match(await ats[name].get(String(record?.id)), { id: record?.id })
      const response = await fetch(`${url}/_sandbox/ats/${name}?account=acme`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      t.equal(response.status, 400)
      t.match(await response.json(), {
        message: `resource must be one of candidates, applications, jobs, job_postings: ${name} can only be read`,
        hint: /^Correct the path/,
      })
    }
    const nothing = await fetch(`${url}/_sandbox/ats/nothing`)
    t.equal(nothing.status, 400)
    t.match(await nothing.json(), {
      message: /^resource must be one of candidates, .* or rejected_reasons$/,
      hint: /^Correct the path/,
    })
  },
  { clock: noon },
)

bothWays('what is no record, or leads nowhere, is refused with its place', async (t, { control }) => {
  const { ats } = control.account('acme')
  const [job] = await ats.jobs.list({ limit: 1 })
  const refused = async (attempt: Promise<unknown>, message: string | RegExp) =>
    t.rejects(attempt, { statusCode: 400, message })
  await refused(
    ats.applications.add({ job_id: 'nope' }),
    /body\/job_id is nope, and the account has no job with that id/,
  )
  await refused(
    ats.jobs.update(String(job?.id), { hiring_team: [{ user_id: 'nobody' }] }),
    /body\/hiring_team\/0\/user_id is nobody, and the account has no user with that id/,
  )
  await refused(
    ats.candidates.add({ frist_name: 'Mia' } as object),
    /^body\/frist_name is not a property that StackOne knows: did you mean first_name\?/,
  )
  await refused(ats.candidates.add({ first_name: 3 } as object), /body\/first_name must be string or null/)
  await refused(
    ats.candidates.update((await ats.candidates.list({ limit: 1 }))[0]?.id ?? '', { tags: 'x' } as object),
    'tags',
  )
  t.equal((await ats.applications.list()).total, 60, 'nothing was added')

  await control.account('acme').orders.create({ job: { id: 'job-x', hiring_team: [{ user_id: 'theirs' }] } })
  t.match(await ats.jobs.update('job-x', { title: 'Cook' }), { title: 'Cook' }, 'only what changes is followed')
})

bothWays(
  'a change with more references than there are records lists the first twenty mistakes',
  async (t, { control }) => {
    const { ats } = control.account('acme')
    const application_ids = Array.from({ length: 80_000 }, (_, i) => `n${String(i)}`)
    const [candidate] = await ats.candidates.list({ limit: 1 })
    const own = candidate?.application_ids?.[0] ?? ''
    const attempt = ats.candidates.update(String(candidate?.id), { application_ids: [own, ...application_ids] })
    const { statusCode, message } = (await attempt.catch((error: unknown) => error)) as ControlError
    t.equal(statusCode, 400)
    t.match(message, /^body\/application_ids\/1 is n0, and the account has no application with that id; /)
    t.match(message, /body\/application_ids\/20 is n19, [^;]+; and 79980 more\n/)
  },
)

bothWays('an id of a record must be text, and new', async (t, { control }) => {
  const { ats, orders } = control.account('acme')
  const refused = async (attempt: Promise<unknown>, message: RegExp) => t.rejects(attempt, { statusCode: 400, message })
  await refused(ats.candidates.add({ id: 5 } as object), /^body\/id must be string or null/)
  await refused(ats.candidates.add({ id: '\ud800' }), /^body\/id must be text/)
  await refused(ats.candidates.add({ remote_id: 'a\udfff' }), /^body\/remote_id must be text/)
  const [first, second] = await ats.candidates.list({ limit: 2 })
  const id = String(first?.id)
  await refused(ats.candidates.update(id, { remote_id: '\ud800' }), /^body\/remote_id must be text/)
  await refused(orders.create({ id: '\ud800' }), /^body\/id must be text/)
  for (const kind of ['assessment', 'background_check'] as const)
    for (const part of ['candidate', 'job', 'application'] as const)
      for (const name of ['id', 'remote_id'])
        await refused(
          orders.create({ [part]: { [name]: '\ud800' } }, { kind }),
          new RegExp(`^body/${part}/${name} must be text`),
        )
  t.equal((await ats.candidates.list()).total, 40, 'nothing was added')

  const taken = async (attempt: Promise<unknown>, id: unknown) =>
    t.rejects(attempt, {
      statusCode: 409,
      message: `Another candidate has the id or remote id ${String(id)}`,
    })
  const remoteId = String(second?.remote_id)
  await taken(ats.candidates.add({ remote_id: remoteId }), remoteId)
  await taken(ats.candidates.add({ id: remoteId }), remoteId)
  await taken(ats.candidates.update(id, { remote_id: remoteId }), remoteId)
  t.equal((await ats.candidates.get(remoteId)).id, second?.id)
  t.match(await ats.candidates.update(id, { remote_id: String(first?.remote_id), title: 'Cook' }), { title: 'Cook' })
  t.match(await ats.candidates.update(id, { remote_id: 'fresh' }), { id, remote_id: 'fresh' })
  t.match(await ats.candidates.update(id, { remote_id: id }), { id, remote_id: id })
  t.match(await ats.candidates.update(id, { remote_id: null }), { id, remote_id: null })
  t.match(await ats.candidates.add({ remote_id: String(first?.remote_id) }), { remote_id: first?.remote_id })
})

t.test('of two records that are added at once with the same id, one is refused', async (t) => {
  const { ats } = await sandboxFor(t)
  const outcomes = await Promise.allSettled([1, 2].map(() => ats.candidates.add({ id: 'same' })))
  t.strictSame(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})

t.test('an application that cannot be kept is not among those of its candidate', async (t) => {
  const most = mostRecords.ofKind
  t.teardown(() => Object.assign(mostRecords, { ofKind: most }))
  Object.assign(mostRecords, { ofKind: 1 })
  const { ats } = await sandboxFor(t)
  await ats.applications.add({})
  const [candidate] = await ats.candidates.list({ limit: 1 })
  await t.rejects(ats.applications.add({ candidate_id: candidate?.id ?? '' }), {
    statusCode: 422,
    message: /limit of records/,
  })
  t.strictSame(await ats.candidates.get(String(candidate?.id)), candidate)
})

bothWays(
  'an application added for a candidate is among those of the candidate, and shows them',
  async (t, { url, control }) => {
    const { ats } = control.account('acme')
    const [[candidate], [job]] = [await ats.candidates.list({ limit: 1 }), await ats.jobs.list({ limit: 1 })]
    const added = await ats.applications.add({ candidate_id: candidate?.id ?? '', job_id: job?.id ?? '' })
    const { application_ids: ids } = await found(url, 'candidates', candidate?.id)
    t.strictSame(ids, [...(candidate?.application_ids ?? []), added.id])
    t.match(await found(url, 'applications', added.id), { candidate: { name: candidate?.name } })

    await ats.candidates.update(candidate?.id ?? '', { name: 'Mia Lindqvist', first_name: 'Mia' })
    for (const id of ids as string[])
      t.match(await found(url, 'applications', id), { candidate: { name: 'Mia Lindqvist', first_name: 'Mia' } })
    const shown = (await listed(url, 'applications')).filter(({ id }) => (ids as string[]).includes(id))
    t.equal(shown.length, (ids as string[]).length)
    for (const each of shown) t.match(each, { candidate: { first_name: 'Mia' } })
  },
)

bothWays('an application moves to the next stage, or to one by its name or id', async (t, { url, control }) => {
  const { ats } = control.account('acme')
  const stages = (await ats.application_stages.list()).toSorted((a, b) => Number(a.order) - Number(b.order))
  const [first, second, third] = stages
  const application = await ats.applications.add({})
  const moved = await ats.applications.move(String(application.remote_id))
  t.match(moved, {
    application_stage_id: first?.id,
    remote_application_stage_id: first?.remote_id,
    application_stage: { id: first?.id, name: first?.name, order: first?.order },
  })
  const id = String(application.id)
  t.match(await ats.applications.move(id), { application_stage_id: second?.id })
  t.match(await ats.applications.move(id, { stage: String(first?.name) }), { application_stage_id: first?.id })
  t.match(await ats.applications.move(id, { stage: String(third?.id) }), { application_stage_id: third?.id })
  t.match(await ats.applications.move(id, { stage: String(second?.remote_id), status: 'hired' }), {
    application_stage_id: second?.id,
    application_status: { value: 'hired', source_value: second?.name },
  })
  t.match(await ats.applications.move(id, { stage: 'Interview' }), { application_status: { value: 'interview' } })
  t.match(await found(url, 'applications', id), { application_stage: { name: 'Interview' } })

  const refused = async (to: object, message: RegExp) =>
    t.rejects(ats.applications.move(id, to), { statusCode: 400, message })
  await refused({ stage: 'Nowhere' }, /body\/stage must be one of .*Interview/)
  await refused({ status: 'happy' }, /status/)
  await refused({ stages: 'Interview' }, /stages/)
  await ats.applications.move(id, { stage: String(stages.at(-1)?.id) })
  await refused({}, /body\/stage is needed: the application is in the last stage/)
  await t.rejects(ats.applications.move('nope'), { statusCode: 404, message: /No application/ })
})

bothWays('webhooks hear of records that are added and changed, if they subscribe to it', async (t, { control }) => {
  const receiver = await receiverFor(t)
  const acme = control.account('acme')
  await acme.ats.jobs.add({ id: 'before' })
  t.equal((await acme.deliveries.list()).total, 0, 'nothing is kept without webhooks')
  await acme.webhooks.add({
    url: receiver.url,
    events: ['ats_candidates.created', 'ats_applications.updated', 'ats_jobs.updated'],
  })
  const candidate = await acme.ats.candidates.add({ first_name: 'Mia' })
  const [application] = await acme.ats.applications.list({ limit: 1 })
  await acme.ats.applications.move(String(application?.id), { stage: 'Offer' })
  await acme.ats.jobs.update('before', { title: 'Cook' })
  await acme.ats.candidates.update(String(candidate.id), { last_name: 'Lindqvist' })
  const received = (await receiver.all(3)).map(({ json }) => json)
  const of = (event: string) => received.find((each) => each['event'] === event)
  t.match(of('ats_candidates.created'), {
    account_id: 'acme',
    record_type: 'ats_candidates',
    record_id: candidate.id,
    record_remote_id: candidate.remote_id,
    event_data: { id: candidate.id, first_name: 'Mia' },
    raw_event: { body: { type: 'candidate.created' } },
  })
  t.match(of('ats_applications.updated'), {
    record_id: application?.id,
    event_data: { application_stage: { name: 'Offer' } },
  })
  t.match(of('ats_jobs.updated'), { record_id: 'before', event_data: { title: 'Cook' } })
  t.match((await acme.deliveries.list({ status: 'not-subscribed' })).deliveries, [{ event: 'ats_candidates.updated' }])
})

bothWays('reset restores the ATS of an account, and leaves those of others', async (t, { control }) => {
  const [acme, globex] = [control.account('acme'), control.account('globex')]
  const before = await acme.ats.candidates.list()
  for (const { ats } of [acme, globex]) await ats.candidates.add({ id: 'new' })
  await acme.ats.candidates.update(String(before[0]?.id), { name: 'Changed' })
  await acme.reset()
  t.strictSame(await acme.ats.candidates.list(), before)
  t.match(await globex.ats.candidates.get('new'), { id: 'new' })
  await control.reset()
  await t.rejects(globex.ats.candidates.get('new'), { statusCode: 404, message: /No candidate/ })
})

t.test('a restart with --state keeps the invented ATS and what was changed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'ats-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const state = join(folder, 'sandbox.state')
  const first = await sandboxFor(t, { state })
  const [before] = await listed(first.url, 'candidates')
  const { id } = await first.ats.candidates.add({ first_name: 'Mia' })
  const { ats } = first
  const moved = await ats.applications.move((await ats.applications.list({ limit: 1 }))[0]?.id ?? '', {
    stage: 'Offer',
  })
  const all = await listed(first.url, 'applications')
  await first.close()
  const second = await sandboxFor(t, { state })
  t.strictSame(await found(second.url, 'candidates', before?.id), before)
  t.match(await found(second.url, 'candidates', id), { first_name: 'Mia' })
  t.match(await found(second.url, 'applications', moved.id), { application_stage: { name: 'Offer' } })
  t.strictSame(await listed(second.url, 'applications'), all)
})

t.test('replicas with one Redis have the same ATS, and see what each changes', { skip }, async (t) => {
  const shared = { store: (await redisFor(t)).url, storePrefix: randomUUID() }
  const [first, second] = [await sandboxFor(t, shared), await sandboxFor(t, shared)]
  t.strictSame(await listed(first.url, 'applications'), await listed(second.url, 'applications'))
  const { id } = await first.ats.candidates.add({ first_name: 'Mia' })
  t.match(await found(second.url, 'candidates', id), { first_name: 'Mia' })
  const { order } = await second.orders.create({ candidate: { id: String(id) }, job: { title: 'Cook' } })
  t.match(await found(first.url, 'applications', order.application?.id), { candidate_id: id })
  t.match(await found(first.url, 'jobs', (order.job as Json).id), { title: 'Cook' })
  const attempts = [first, second].map(({ ats }) => ats.candidates.add({ id: 'same' }))
  const outcomes = await Promise.allSettled(attempts)
  t.strictSame(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})
