import t from 'tap'
import { bothWays } from '../support/both'
import { sandboxFor } from '../support/sandbox'

bothWays('applications are listed by job and by stage, and counted by either', async (t, { control }) => {
  const { ats } = control.account('acme')
  const all = await ats.applications.list({ limit: 1_000, countBy: 'job_id' })
  const [{ job_id: jobId, application_stage_id: stageId } = {}] = all
  const ofJob = all.filter((each) => each.job_id === jobId)
  t.equal(all.counts?.[String(jobId)], ofJob.length)
  t.equal(
    Object.values(all.counts ?? {}).reduce((sum, count) => sum + count, 0),
    all.total,
  )

  const job = await ats.jobs.get(String(jobId))
  for (const job_id of [job.id, job.remote_id])
    t.strictSame(await ats.applications.list({ job_id: String(job_id) }), ofJob, 'by id or remote id')
  const inStage = ofJob.filter((each) => each.application_stage_id === stageId)
  const query = { job_id: String(jobId), application_stage_id: String(stageId) }
  t.strictSame(await ats.applications.list(query), inStage)
  const page = await ats.applications.list({ job_id: String(jobId), countBy: 'application_stage_id', limit: 1 })
  t.match(page, { length: 1, total: ofJob.length })
  t.equal(page.counts?.[String(stageId)], inStage.length, 'whatever the page')
  t.equal((await ats.applications.list()).counts, null)
  t.equal((await ats.applications.list({ job_id: 'nope' })).total, 0)

  const { id } = await ats.applications.add({ id: 'app-alone' })
  t.equal((await ats.applications.list({ countBy: 'job_id' })).counts?.[''], 1, 'without a job')
  t.equal((await ats.applications.list({ search: String(id) })).total, 1, 'without a candidate')
  await t.rejects(ats.applications.list({ countBy: 'name' } as object), { statusCode: 400, message: /countBy/ })
})

bothWays('records are found by words of their names, titles, codes, e-mails and ids', async (t, { control }) => {
  const { ats } = control.account('acme')
  const mia = await ats.candidates.add({ first_name: 'Mia', last_name: 'Lindqvist', email: 'mia.l@example.com' })
  const job = await ats.jobs.add({ title: 'Lighthouse keeper', code: 'SEA-1' })
  const application = await ats.applications.add({ candidate_id: String(mia.id), job_id: String(job.id) })
  for (const search of ['LIND mia', 'mia.l@', String(mia.remote_id)])
    t.strictSame(await ats.candidates.list({ search }), [await ats.candidates.get(String(mia.id))], search)
  for (const search of ['lighthouse', 'sea-1']) t.strictSame(await ats.jobs.list({ search }), [job], search)
  t.match(await ats.applications.list({ search: 'mia.l@' }), [{ id: application.id }], 'by its candidate')
  t.strictSame(await ats.candidates.list({ search: 'mia keeper' }), [])
})

bothWays('orders are filtered by their application', async (t, { control }) => {
  const acme = control.account('acme')
  const [first, second] = await acme.ats.applications.list({ limit: 2 })
  await acme.orders.create({ id: 'order-1', application: { id: String(first?.id) } })
  await acme.orders.create({ id: 'order-2', application: { id: String(second?.id) } })
  t.match(await acme.orders.list({ application: { id: String(first?.id) } }), [{ id: 'order-1' }])
  t.match(await acme.orders.list({ application: { id: String(second?.remote_id) } }), [{ id: 'order-2' }])
  t.strictSame(await acme.orders.list({ application: { id: 'nope' } }), [])
})

t.test('a page of many records tells how many there are in all', async (t) => {
  const applications = Array.from({ length: 300 }, (_, i) => ({
    id: `app-${String(i)}`,
    job_id: `job-${String(i % 3)}`,
  }))
  const jobs = [0, 1, 2].map((i) => ({ id: `job-${String(i)}` }))
  const { ats } = await sandboxFor(t, { ats: { applications, jobs } })
  const page = await ats.applications.list({ job_id: 'job-1', limit: 60, countBy: 'job_id' })
  t.match(page, { length: 60, total: 100 })
  t.strictSame(page.counts, { 'job-1': 100 })
  const rest = await ats.applications.list({ job_id: 'job-1', limit: 60, next: String(page.next) })
  t.equal(rest.length, 40)
})
