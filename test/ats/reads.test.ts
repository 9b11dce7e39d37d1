import t from 'tap'
import type { AtsResource } from '../../schemas/ats/queries'
import { resourceNames, resourceOf } from '../../src/ats/resources'
import { Envelope, Page } from '../../schemas/envelope'
import { found, idsOf, type Json, listed, read, textsOf } from '../support/ats'
import { sandboxFor, violationsOf } from '../support/sandbox'

const noon = '2026-11-27T12:00:00.000Z'
const path = (resource: string) => `/unified/ats/${resource}`

/** The query that shows every property of a resource. */
function everything(name: AtsResource) {
  const { onDemand } = resourceOf(name)
  return onDemand.length === 0 ? '' : `&include=${onDemand.join(',')}`
}

for (const name of resourceNames) {
  const { schema, singular } = resourceOf(name)

  t.test(`${name}: a list and each of its records conform to the published schema`, async (t) => {
    const { url } = await sandboxFor(t)
    const { status, body } = await read(url, `${path(name)}?page_size=100${everything(name)}`)
    t.equal(status, 200)
    t.strictSame(violationsOf(Page(schema, ''), body), [])
    t.ok((body.data as Json[]).length > 0)
    const records = body.data as Json[]
    const [first] = records
    if (first === undefined) return
    const one = await read(url, `${path(name)}/${first.id}?${everything(name)}`)
    t.strictSame(violationsOf(Envelope(schema, ''), one.body), [])
    t.strictSame(one.body, { data: first }, 'a read answers what the list has')
    t.equal(one.headers.get('x-sandbox-warning'), null)
  })

  t.test(`${name}: a record is found by its id and by its remote id, by its account only`, async (t) => {
    const { url } = await sandboxFor(t)
    for (const { id, remote_id: remoteId } of await listed(url, name)) {
      t.equal((await found(url, name, id)).id, id)
      t.equal((await found(url, name, remoteId)).id, id)
      const other = await read(url, `${path(name)}/${id}`, 'globex')
      t.equal(other.status, 404)
    }
    const unknown = await read(url, `${path(name)}/nope`)
    t.match(unknown, { status: 404, body: { message: `No ${singular} with the id nope`, errorCode: 'NotFoundError' } })
    t.match(unknown.headers.get('x-sandbox-hint'), 'Use an id that the sandbox returned for this account')
  })
}

t.test('lists of the ATS are paged with next, page_size and the deprecated page', async (t) => {
  const { url } = await sandboxFor(t)
  const all = idsOf(await listed(url, 'candidates'))
  t.equal(all.length, 40)
  t.strictSame(all, all.toSorted())
  const paged: unknown[] = []
  let next: string | null = null
  let pages = 0
  do {
    const { body } = await read(url, `${path('candidates')}?page_size=7${next === null ? '' : `&next=${next}`}`)
    paged.push(...idsOf(body.data as Json[]))
    next = body.next
    pages++
  } while (next !== null)
  t.strictSame([pages, paged], [6, all])
  const second = await read(url, `${path('candidates')}?page_size=7&page=2`)
  t.strictSame(idsOf(second.body.data as Json[]), all.slice(7, 14))
  const usual = await read(url, path('candidates'))
  t.equal((usual.body.data as Json[]).length, 25, '25 on a page by default')
  for (const query of ['page_size=101', 'page_size=0', 'page=x', 'next=abc', 'filter[updated_after]=soon'])
    t.match(await read(url, `${path('candidates')}?${query}`), { status: 400, body: { errorCode: 'ValidationError' } })
  t.match((await read(url, `${path('jobs')}?filter[created_after]=soon`)).body, {
    message: 'created_after must be a date such as 2026-01-31T00:00:00.000Z',
  })
})

t.test('sandbox-short-pages: lists of the ATS have short pages, and empty ones with a next', async (t) => {
  const { url } = await sandboxFor(t)
  const sizes: number[] = []
  let next: string | null = ''
  while (next !== null) {
    const cursor: string = next === '' ? '' : `?next=${next}`
    const { body } = await read(url, `${path('applications')}${cursor}`, 'sandbox-short-pages')
    sizes.push((body.data as Json[]).length)
    next = body.next
  }
  t.strictSame(sizes, [13, 0, 13, 0, 13, 0, 13, 0, 8, 0])
})

t.test('fields limits the properties of a record, and an unknown one is warned about', async (t) => {
  const { url } = await sandboxFor(t)
  const [candidate] = await listed(url, 'candidates', '&fields=id,email')
  t.strictSame(Object.keys(candidate ?? {}).sort(), ['email', 'id'])
  t.strictSame(Object.keys(await found(url, 'candidates', candidate?.id, '?fields=id,first_name')).sort(), [
    'first_name',
    'id',
  ])
  const typo = await read(url, `${path('candidates')}?fields=id,frist_name`)
  t.match(typo.headers.get('x-sandbox-warning'), 'did you mean first_name?')
})

t.test('include and expand show what is left out otherwise', async (t) => {
  const { url } = await sandboxFor(t)
  const shows = async (resource: string, query: string, name: string) =>
    (await listed(url, resource, query)).some((record) => record[name] !== undefined)
  for (const [resource, query, name] of [
    ['candidates', 'include', 'custom_fields'],
    ['applications', 'include', 'attachments'],
    ['applications', 'expand', 'documents'],
    ['jobs', 'expand', 'interview_stages'],
    ['job_postings', 'include', 'questionnaires'],
  ] as const) {
    t.notOk(await shows(resource, '', name), `${resource}: ${name}`)
    t.ok(await shows(resource, `&${query}=other,%20${name}`, name), `${resource}: ${query}=${name}`)
  }
})

t.test('a name in include or expand that the resource does not have is warned about', async (t) => {
  const { url } = await sandboxFor(t)
  const warning = async (resource: string, query: string) =>
    (await read(url, `${path(resource)}?${query}`)).headers.get('x-sandbox-warning')
  t.equal(
    await warning('candidates', 'include=custom_field'),
    'query/include: custom_field is not a property that StackOne knows, and is ignored: did you mean custom_fields?',
  )
  const [job] = await listed(url, 'jobs')
  for (const resource of ['applications', 'jobs', `jobs/${String(job?.id)}`]) {
    t.match(await warning(resource, 'expand=bogus'), /^query\/expand: bogus is not a property that StackOne knows/)
    t.match(await warning(resource, 'include=custom_fields,bogus'), /^query\/include: bogus is not a property/)
    t.equal(await warning(resource, 'include=custom_fields,%20unified_custom_fields,&expand='), null)
  }
  t.equal(await warning('jobs', 'expand=job_postings,interview_stages'), null, 'an example of the API reference')
  t.match(await warning('applications', 'expand=job_postings'), /^query\/expand: job_postings is not a property/)
})

t.test('raw shows the call that StackOne would have made', async (t) => {
  const { url } = await sandboxFor(t)
  const list = await read(url, `${path('jobs')}?raw=true&page_size=1`)
  const [job] = list.body.data as Json[]
  t.match(list.body['raw'], [{ method: 'GET', url: /\/jobs$/ }])
  const one = await read(url, `${path('jobs')}/${String(job?.id)}?raw=true&fields=id`)
  t.strictSame(one.body.data, { id: job?.id })
  t.match(one.body['raw'], [{ method: 'GET', url: new RegExp(`/jobs/${String(job?.['remote_id'])}$`) }])
})

t.test('filter[updated_after] and filter[created_after] leave out what is older', async (t) => {
  const { url } = await sandboxFor(t, { clock: noon })
  const all = await listed(url, 'applications')
  const since = '2026-07-01T00:00:00.000Z'
  const after = (name: string) => idsOf(all.filter((each) => String(each[name]) > since))
  for (const name of ['created_at', 'updated_at']) t.ok(after(name).length > 0 && after(name).length < all.length)
  const get = async (query: string) => idsOf(await listed(url, 'applications', query))
  t.strictSame(await get(`&filter[created_after]=${since}`), after('created_at'))
  t.strictSame(await get(`&filter[updated_after]=${since}`), after('updated_at'))
  t.strictSame(await get(`&updated_after=${since}`), after('updated_at'), 'the deprecated parameter')
  t.strictSame(await get('&filter[updated_after]=2027-01-01'), [])
})

t.test('filters of candidates, applications and jobs', async (t) => {
  const { url, ats } = await sandboxFor(t)
  const candidates = await listed(url, 'candidates')
  const [candidate] = candidates as [Json]
  const email = String(candidate['email']).toUpperCase()
  t.strictSame(idsOf(await listed(url, 'candidates', `&filter[email]=${email}`)), [candidate.id])
  t.strictSame(await listed(url, 'candidates', '&filter[email]=nobody@example.com'), [])
  await ats.candidates.add({ first_name: 'Mia', email: null, emails: [{ type: 'personal', value: null }] })
  for (const none of ['null', 'undefined'])
    t.strictSame(await listed(url, 'candidates', `&filter[email]=${none}`), [], 'a candidate without an address')

  const applications = await listed(url, 'applications')
  const [application] = applications as [Json]
  const same = (name: string) => idsOf(applications.filter((each) => each[name] === application[name]))
  for (const [query, name, value] of [
    ['filter[job_id]', 'job_id', 'job_id'],
    ['filter[job_id]', 'job_id', 'remote_job_id'],
    ['job_id', 'job_id', 'job_id'],
    ['filter[stage]', 'application_stage_id', 'application_stage_id'],
    ['filter[application_stage_id]', 'application_stage_id', 'remote_application_stage_id'],
  ] as const) {
    const list = await listed(url, 'applications', `&${query}=${String(application[value])}`)
    t.strictSame(idsOf(list), same(name), `${query} with ${value}`)
  }

  const jobs = await listed(url, 'jobs')
  const open = idsOf(jobs.filter(({ job_status: status }) => (status as { value: string }).value === 'open'))
  t.ok(open.length > 0)
  for (const query of ['filter[job_status]=open', 'filter[status]=open'])
    t.strictSame(idsOf(await listed(url, 'jobs', `&${query}`)), open, query)
  t.match(await read(url, `${path('jobs')}?filter[job_status]=closed`), {
    status: 400,
    body: { message: 'query/filter/job_status must be one of open, draft or null' },
  })
})

t.test('no id of the ATS leads to a 404 or a 501', async (t) => {
  const { url } = await sandboxFor(t)
  const resourceOfId: Record<string, string> = {
    candidate_id: 'candidates',
    application_ids: 'applications',
    job_id: 'jobs',
    department_ids: 'departments',
    location_id: 'locations',
    location_ids: 'locations',
    user_id: 'users',
    application_stage_id: 'application_stages',
    interview_stage_id: 'interview_stages',
    rejected_reason_ids: 'rejected_reasons',
  }
  const isReference = (name: string) => name.replace('remote_', '') in resourceOfId
  const followed = new Set<string>()
  for (const name of resourceNames) {
    for (const [property, id] of textsOf(await listed(url, name, everything(name)), isReference)) {
      const resource = resourceOfId[property.replace('remote_', '')] ?? ''
      const target = `${path(resource)}/${id}`
      if (followed.has(target)) continue
      followed.add(target)
      const { status } = await read(url, target)
      if (status !== 200) t.fail(`${name}: ${property} ${id} answers ${String(status)}`)
    }
  }
  t.ok(followed.size > 200)
})

t.test('a seed and a frozen clock give the same ATS each time; another seed another one', async (t) => {
  const whole = async (seed: string) => {
    const { url } = await sandboxFor(t, { seed, clock: noon })
    return Promise.all(resourceNames.map((name) => listed(url, name, everything(name))))
  }
  const [first, again, other] = [await whole('one'), await whole('one'), await whole('two')]
  t.strictSame(first, again)
  t.strictNotSame(idsOf(other.flat()), idsOf(first.flat()))
})

t.test('more than fifty accounts have an ATS each, whose ids stay', async (t) => {
  const { url } = await sandboxFor(t)
  const before = idsOf(await listed(url, 'jobs', '', 'account-0'))
  for (let i = 1; i <= 51; i++) await listed(url, 'jobs', '', `account-${String(i)}`)
  t.strictSame(idsOf(await listed(url, 'jobs', '', 'account-0')), before)
})
