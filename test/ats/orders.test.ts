import t from 'tap'
import type { OrderRequest } from '../../schemas/order'
import { found, listed } from '../support/ats'
import { receiverFor } from '../support/receiver'
import { bothWays } from '../support/both'
import { call, depsFor, fullOrder, sandboxFor, storedOrder } from '../support/sandbox'

const noon = '2026-11-27T12:00:00.000Z'

t.test('an application remembers the latest hundred of its orders', async (t) => {
  const { ats, store } = depsFor()
  const [application] = await ats.all('acme', 'applications')
  if (application === undefined) return t.fail('there are applications')
  const result = JSON.stringify({ result_url: 'https://provider.example.com/1' })
  for (let i = 1; i <= 101; i++) {
    const id = `order-${String(i)}`
    await store.addOrder(storedOrder({ id, remoteId: `remote-${id}`, token: id, result }), {
      events: [],
      requestId: null,
    })
    await ats.noteOrder('acme', application.id, id)
  }
  const shown = () => ats.find('acme', 'applications', application.id)
  t.match(await shown(), { result_links: { length: 100 } })
  await ats.noteOrder('acme', application.id, 'order-of-no-store')
  t.match(await shown(), { result_links: { length: 99 } }, 'an order that is gone has no link')
  await t.rejects(ats.noteOrder('acme', 'no-such-application', 'order-1'), {
    message: 'No application with the id no-such-application',
  })
})

bothWays("a recruiter's order leads to a readable candidate, application and job", async (t, { url, control }) => {
  const receiver = await receiverFor(t)
  const acme = control.account('acme')
  await acme.webhooks.add({ url: receiver.url })
  const { id, order, testUrl } = await acme.orders.create()
  const [received] = await receiver.all(1)
  const event = received?.json['event_data'] as Record<string, unknown>
  t.match(event, { application_id: order.application?.id, candidate_id: order.candidate?.id })

  const application = await found(url, 'applications', event['application_id'])
  const candidate = await found(url, 'candidates', event['candidate_id'])
  const job = await found(url, 'jobs', application['job_id'])
  t.match(application, { candidate_id: candidate.id, application_status: order.application?.application_status })
  const { first_name: first, last_name: last, emails } = candidate
  t.match(order.candidate, { first_name: first, last_name: last, emails })
  t.match(event['candidate'], { first_name: first, last_name: last })
  t.match(order.job, { id: job.id, title: job['title'], hiring_team: job['hiring_team'] })
  t.match(order.requester, { role: 'Recruiter' })
  t.match(await (await fetch(testUrl)).text(), `${String(first)} ${String(last)}`)

  await call(url, 'PATCH', `/orders/${id}/result`, { result: { value: 'in_progress' } })
  t.strictSame((await found(url, 'applications', application.id))['result_links'], [], 'a result without an address')
  const result_url = 'https://provider.example.com/results/1'
  await call(url, 'PATCH', `/orders/${id}/result`, { result_url })
  const links = async () => (await found(url, 'applications', application.id))['result_links']
  t.strictSame(await links(), [{ label: 'TypeScript basics: in progress', url: result_url }])
  const everyApplication = await acme.ats.applications.list({ limit: 100 })
  t.match(everyApplication.find((each) => each.id === application.id)?.result_links, [{ url: result_url }])
  await call(url, 'PATCH', `/orders/${id}/result`, { result: { value: 'passed' } })
  const shown = [{ label: 'TypeScript basics: passed', url: result_url }]
  t.strictSame(await links(), shown)
  t.match(
    (await listed(url, 'applications')).find((each) => each.id === application.id),
    { result_links: shown },
  )

  const again = await acme.orders.create({
    application: { remote_id: String(application['remote_id']), application_status: { value: 'offer' } },
  })
  t.strictSame(await links(), shown, 'another order adds none')
  t.match(again.order, { application: { id: application.id }, candidate: { id: candidate.id }, job: { id: job.id } })
  t.match(await found(url, 'applications', application.id), { application_status: { value: 'offer' } })
  await acme.ats.applications.update(application.id, { result_links: shown })
  t.strictSame(await links(), shown, 'written back, it is not shown twice')
})

t.test('a result link has the name of the package, its id, or neither', async (t) => {
  const sandbox = await sandboxFor(t)
  const labelOf = async (given: object) => {
    const { id, order } = await sandbox.orders.create({ ...given, candidate: {} })
    await call(sandbox.url, 'PATCH', `/orders/${id}/result`, { result_url: 'https://provider.example.com/1' })
    return (await found(sandbox.url, 'applications', order.application?.id))['result_links']
  }
  t.match(await labelOf({ package: { name: 'Own' } }), [{ label: 'Own' }])
  t.match(await labelOf({ package: { id: 'own' } }), [{ label: 'own' }])
  t.match(await labelOf({ package: null }), [{ label: 'Assessment' }])
})

bothWays('the parts of an order become records that are readable by their ids', async (t, { url, control }) => {
  const { order } = await control.account('acme').orders.create(fullOrder as OrderRequest)
  t.match(order, { candidate: fullOrder.candidate, job: fullOrder.job, application: fullOrder.application })
  for (const id of ['cand_31', 'ats-cand-5'])
    t.match(await found(url, 'candidates', id), {
      id: 'cand_31',
      remote_id: 'ats-cand-5',
      name: 'Mia Lindqvist',
      email: 'mia.lindqvist@example.com',
      application_ids: ['app_1029'],
      remote_application_ids: ['ats-app-77'],
    })
  t.match(await found(url, 'jobs', 'ats-job-12'), { id: 'job_88', title: 'Back-end engineer', hiring_team: [{}] })
  t.match(await found(url, 'applications', 'app_1029'), {
    candidate_id: 'cand_31',
    remote_candidate_id: 'ats-cand-5',
    job_id: 'job_88',
    candidate: { name: 'Mia Lindqvist' },
    application_status: { value: 'assessment', source_value: 'Skills test' },
  })
  await control.account('acme').orders.create(fullOrder as OrderRequest)
  t.strictSame((await found(url, 'candidates', 'cand_31'))['application_ids'], ['app_1029'], 'a repeat adds nothing')
  t.equal((await listed(url, 'candidates', '', 'globex')).length, 40, 'other accounts keep what they have')
})

bothWays('a known candidate is completed, and changed in what is given', async (t, { url, control }) => {
  const { orders } = control.account('acme')
  const [candidate] = await listed(url, 'candidates')
  if (candidate === undefined) return
  const named = await orders.create({ candidate: { remote_id: String(candidate['remote_id']) } })
  const { id, first_name, last_name, emails } = candidate
  t.match(named.order.candidate, { id, first_name, last_name, emails })
  t.ok((candidate['application_ids'] as string[]).includes(String(named.order.application?.id)))

  const changed = await orders.create({ candidate: { id, last_name: 'Ek', emails: [] } })
  t.match(changed.order.candidate, { first_name, last_name: 'Ek', emails: [] })
  const now = await found(url, 'candidates', id)
  t.match(now, { name: `${String(first_name)} Ek`, email: null, company: candidate['company'] })
  const { application } = changed.order
  t.match(await found(url, 'applications', application?.id), { candidate: { last_name: 'Ek' } })
  t.match(await (await fetch(changed.testUrl)).text(), `${String(first_name)} Ek`)

  const other = await orders.create({ candidate: { id, emails: null }, job: { title: 'Cook' } })
  t.match(other.order, {
    candidate: { emails: null },
    job: { id: /^job_/, title: 'Cook' },
    application: { id: /^app_/ },
  })
  t.match(await found(url, 'candidates', id), { email: null, emails: null })
  t.match(await found(url, 'jobs', other.order.job?.id), { title: 'Cook', job_status: { value: 'open' } })
  const { application_ids: ids } = await found(url, 'candidates', id)
  t.strictSame(ids, [...(candidate['application_ids'] as string[]), other.order.application?.id])
})

bothWays(
  'a known application stays with its candidate, unless the order says otherwise',
  async (t, { url, control }) => {
    const { orders } = control.account('acme')
    const [application, another] = await listed(url, 'applications')
    const id = String(application?.id)
    const theirs = await orders.create({
      application: { id },
      candidate: { first_name: 'Maja' },
      job: { title: 'Cook' },
    })
    t.match(theirs.order, { candidate: { id: application?.['candidate_id'], first_name: 'Maja' } })
    t.match(await found(url, 'jobs', application?.['job_id']), { title: 'Cook' })
    t.match(await found(url, 'applications', id), { candidate: { first_name: 'Maja' } })

    const elsewhere = await orders.create({
      application: { remote_id: String(application?.['remote_id']) },
      candidate: { id: 'new-candidate', first_name: 'Zoë' },
      job: { id: String(another?.['job_id']) },
    })
    t.match(elsewhere.order, { application: { id }, candidate: { id: 'new-candidate' } })
    t.match(await found(url, 'applications', id), {
      candidate_id: 'new-candidate',
      candidate: { first_name: 'Zoë' },
      job_id: another?.['job_id'],
      remote_job_id: another?.['remote_job_id'],
    })
    t.match(await found(url, 'candidates', 'new-candidate'), { application_ids: [id] })
    const before = String(application?.['candidate_id'])
    await orders.create({ application: { id }, candidate: { id: before } })
    const { application_ids: ids } = await found(url, 'candidates', before)
    t.equal((ids as string[]).filter((each) => each === id).length, 1, 'back again, it is not listed twice')
  },
)

bothWays('null leaves a part out, and is kept', async (t, { url, control }) => {
  const { orders } = control.account('acme')
  const nothing = { application: null, candidate: null, job: null, requester: null, package: null }
  const { order } = await orders.create(nothing)
  t.match(order, nothing)
  const before = await listed(url, 'applications')
  const alone = await orders.create({ application: null })
  t.match(alone.order, { application: null, candidate: { first_name: String }, job: { title: String } })
  const without = await orders.create({ candidate: { first_name: 'Zoë' }, job: null })
  t.match(without.order, { job: null, candidate: { first_name: 'Zoë' }, requester: { role: 'Recruiter' } })
  const { id } = without.order.application ?? {}
  t.match(await found(url, 'applications', id), { job_id: null, candidate: { first_name: 'Zoë' } })
  t.equal((await listed(url, 'applications')).length, before.length + 1)
  const empty = await orders.create({ candidate: { id: '', remote_id: null, emails: null }, application: { id: null } })
  t.match(empty.order.candidate, { id: /^cand_/, remote_id: /^ats-cand-/, emails: null })
  const nameless = await found(url, 'candidates', empty.order.candidate?.id)
  t.notOk('name' in nameless)
})

t.test('an order with a new application is of a new candidate for an open job', async (t) => {
  const sandbox = await sandboxFor(t)
  const { order } = await sandbox.orders.create({ application: { id: 'app-1' } })
  t.match(await found(sandbox.url, 'applications', 'app-1'), {
    candidate_id: order.candidate?.id,
    job_id: order.job?.id,
    application_status: { value: 'assessment' },
  })
  t.match(await found(sandbox.url, 'jobs', order.job?.id), { job_status: { value: /open|published/ } })
  t.match((await found(sandbox.url, 'candidates', order.candidate?.id))['application_ids'], /app-1/)
})

t.test('with --repeated-orders new, a repeat is an order of its own, about readable records', async (t) => {
  const sandbox = await sandboxFor(t, { repeatedOrders: 'new' })
  await sandbox.orders.create({ id: 'order-1' })
  const { id, order } = await sandbox.orders.create({ id: 'order-1', candidate: { first_name: 'Zoë' } })
  t.not(id, 'order-1')
  t.match(await found(sandbox.url, 'candidates', order.candidate?.id), { first_name: 'Zoë' })
  await call(sandbox.url, 'PATCH', `/orders/${id}/result`, { result_url: 'https://provider.example.com/1' })
  t.match((await found(sandbox.url, 'applications', order.application?.id))['result_links'], [{ url: String }])
})

t.test("with a seed and a frozen clock, recruiters' orders are the same in each run", async (t) => {
  const ordered = async () => {
    const sandbox = await sandboxFor(t, { seed: 'one', clock: noon, publicUrl: 'http://sandbox.example.com' })
    const orders = [await sandbox.orders.create(), await sandbox.orders.create({ candidate: { first_name: 'Zoë' } })]
    return { orders, applications: await listed(sandbox.url, 'applications') }
  }
  t.strictSame(await ordered(), await ordered())
})
