import t from 'tap'
import { AtsApplicationSchema } from '../../schemas/ats/application'
import { AtsCandidateSchema } from '../../schemas/ats/candidate'
import { AtsDepartmentSchema } from '../../schemas/ats/department'
import { AtsJobSchema } from '../../schemas/ats/job'
import { AtsJobPostingSchema } from '../../schemas/ats/job-posting'
import { AtsLocationSchema } from '../../schemas/ats/location'
import { AtsRejectedReasonSchema } from '../../schemas/ats/rejected-reason'
import { AtsStageSchema } from '../../schemas/ats/stage'
import { AtsUserSchema } from '../../schemas/ats/user'
import { type AtsRecords, inventAts } from '../../src/ats/invent/invent-ats'
import { violationsOf } from '../support/sandbox'

const since = Date.parse('2026-11-27T09:30:00.000Z')
const year = 365 * 24 * 60 * 60 * 1000
const inventFor = (accountId: string, at = since) => inventAts({ salt: 'salt', since: at }, accountId)

/** Enough for everything that happens only now and then. */
const many = Array.from({ length: 15 }, (_, i) => inventFor(`account-${String(i)}`))

const schemas = {
  candidates: AtsCandidateSchema,
  applications: AtsApplicationSchema,
  jobs: AtsJobSchema,
  job_postings: AtsJobPostingSchema,
  users: AtsUserSchema,
  departments: AtsDepartmentSchema,
  locations: AtsLocationSchema,
  application_stages: AtsStageSchema,
  interview_stages: AtsStageSchema,
  rejected_reasons: AtsRejectedReasonSchema,
}

const kinds = Object.keys(schemas) as (keyof typeof schemas)[]

/** The values of the properties that `isMeant` selects, at any depth. */
function valuesOf(value: unknown, isMeant: (name: string) => boolean): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  return entries.flatMap(([name, inner]) => [
    ...(!Array.isArray(value) && isMeant(name) ? [inner as unknown] : []),
    ...valuesOf(inner, isMeant),
  ])
}

const isText = (value: unknown) => typeof value === 'string'
const textsOf = (value: unknown) => valuesOf(value, () => true).filter(isText)
const datesOf = (value: unknown) =>
  valuesOf(value, (name) => name.endsWith('_at') || name === 'start_date').filter(isText)
const idsOf = (ats: AtsRecords) => kinds.flatMap((kind) => ats[kind].map(({ id }) => id))
const byId = <T extends { id?: string | null }>(records: readonly T[], id: unknown) =>
  records.find((record) => record.id === id)

t.test('the same salt and account always have the same candidates, jobs and applications', (t) => {
  t.strictSame(inventFor('acme'), inventFor('acme'))
  t.end()
})

t.test('a later start moves the dates, and leaves ids and texts as they are', (t) => {
  const withoutDates = (ats: AtsRecords) => JSON.stringify(ats).replace(/"\d{4}-\d\d-\d\dT[^"]*"/g, 'date')
  const later = inventFor('acme', since + year)
  t.equal(withoutDates(later), withoutDates(inventFor('acme')))
  t.strictNotSame(datesOf(later), datesOf(inventFor('acme')))
  t.end()
})

t.test('no two accounts or salts share an id, and each account has other people and jobs', (t) => {
  const all = [...many, inventAts({ salt: 'other', since }, 'account-0')]
  const ids = all.flatMap(idsOf)
  t.equal(new Set(ids).size, ids.length)
  t.strictSame(
    ids.filter((id) => !/^[\w-]{22,}$/.test(String(id))),
    [],
  )
  const mixes = (name: (ats: AtsRecords) => unknown) => new Set(all.map((ats) => JSON.stringify(name(ats)))).size
  t.equal(
    mixes(({ candidates }) => candidates.map(({ name }) => name)),
    all.length,
  )
  t.ok(mixes(({ jobs }) => jobs.map(({ title }) => title).toSorted()) > all.length / 2)
  t.end()
})

t.test('an account id with spaces or punctuation has ids of its own too', (t) => {
  const ids = [inventAts({ salt: 'a b', since }, 'c'), inventAts({ salt: 'a', since }, 'b c')].flatMap(idsOf)
  t.equal(new Set(ids).size, ids.length)
  t.end()
})

t.test('an account has 40 candidates, 60 applications, 12 jobs and what belongs to them', (t) => {
  for (const ats of many) {
    const { job_postings, ...others } = ats
    t.strictSame(Object.fromEntries(Object.entries(others).map(([kind, records]) => [kind, records.length])), {
      candidates: 40,
      applications: 60,
      jobs: 12,
      users: 14,
      departments: 6,
      locations: 5,
      application_stages: 7,
      interview_stages: 7,
      rejected_reasons: 6,
    })
    const postings = ats.jobs.map(({ id, job_status }) => ({
      status: String(job_status?.value),
      count: job_postings.filter(({ job_id }) => job_id === id).length,
    }))
    const usual: Record<string, number[]> = { draft: [0], published: [1, 2] }
    t.ok(postings.every(({ status, count }) => (usual[status] ?? [1]).includes(count)))
  }
  t.end()
})

t.test('every record is valid against its schema', (t) => {
  for (const ats of many.slice(0, 3)) {
    for (const kind of kinds) {
      for (const record of ats[kind]) {
        t.strictSame(violationsOf(schemas[kind], record), [], kind)
        const unknown = Object.keys(record).filter((name) => !(name in schemas[kind].properties))
        t.strictSame(unknown, [], kind)
      }
    }
  }
  t.end()
})

t.test('remote ids are unique within a kind', (t) => {
  for (const ats of many) {
    for (const kind of kinds) {
      const remoteIds = ats[kind].map(({ remote_id }) => remote_id)
      t.equal(new Set(remoteIds).size, remoteIds.length, kind)
      t.ok(remoteIds.every((id) => /^[a-z]+-\d{5}$/.test(String(id))))
    }
  }
  t.end()
})

t.test('every id in a record leads to a record with the same remote id', (t) => {
  const targets: Record<string, keyof AtsRecords> = {
    candidate: 'candidates',
    application: 'applications',
    job: 'jobs',
    user: 'users',
    department: 'departments',
    location: 'locations',
    application_stage: 'application_stages',
    interview_stage: 'interview_stages',
    rejected_reason: 'rejected_reasons',
  }
  for (const ats of many) {
    for (const [name, kind] of Object.entries(targets)) {
      const idsIn = (property: string) => valuesOf(ats, (each) => each === property).flat()
      const remoteIdOf = (id: unknown) => (id === null ? null : byId(ats[kind] as { id: string }[], id))
      for (const end of ['id', 'ids']) {
        const found = idsIn(`${name}_${end}`).map((id) => remoteIdOf(id) as { remote_id: string } | null | undefined)
        t.notOk(found.includes(undefined), `${name}_${end}`)
        t.strictSame(
          found.map((record) => record?.remote_id ?? null),
          idsIn(`remote_${name}_${end}`),
        )
      }
    }
    const copies = {
      interview_stages: [
        ...ats.applications.map((each) => each.interview_stage),
        ...ats.jobs.flatMap((job) => job.interview_stages),
      ],
      application_stages: ats.applications.map((each) => each.application_stage),
      rejected_reasons: ats.applications.flatMap((each) => each.rejected_reasons),
      locations: ats.job_postings.flatMap((each) => each.locations),
    }
    for (const [kind, parts] of Object.entries(copies)) {
      const records = ats[kind as keyof typeof copies]
      t.ok(
        parts.every((part) => !part || records.includes(part)),
        kind,
      )
    }
  }
  t.end()
})

t.test('candidates list their applications, at most three and never two for the same job', (t) => {
  for (const { candidates, applications } of many) {
    for (const candidate of candidates) {
      const own = applications.filter(({ candidate_id }) => candidate_id === candidate.id)
      t.ok(own.length >= 1 && own.length <= 3)
      t.strictSame(
        own.map(({ id }) => id),
        candidate.application_ids,
      )
      t.equal(new Set(own.map(({ job_id }) => job_id)).size, own.length)
      for (const { candidate: part } of own) t.match(candidate, part ?? { name: 'missing' })
      const hires = own.filter(({ application_status }) => application_status?.value === 'hired')
      t.ok(hires.length <= 1)
      t.equal(candidate.hired_at, hires[0]?.updated_at ?? null)
    }
  }
  t.end()
})

t.test('applications are in all states that a client has to handle, most of them under way', (t) => {
  for (const { applications, jobs } of many) {
    const statuses = applications.map(({ application_status }) => application_status?.value)
    const rare = ['offer', 'hired', 'background_check', 'reference_check', 'rejected', 'declined_by_candidate']
    const wanted = ['active', 'screen', 'assessment', 'interview', 'review', ...rare]
    t.strictSame(
      wanted.filter((status) => !statuses.includes(status as never)),
      [],
    )
    const ended = ['rejected', 'hired', 'declined_by_candidate']
    t.ok(statuses.filter((status) => !ended.includes(String(status))).length > 24)
    for (const each of applications) {
      const status = String(each.application_status?.value)
      const job = byId(jobs, each.job_id)
      if (job?.job_status?.value === 'draft') t.fail('nobody applies for a draft')
      const isClosed = job?.job_status?.value === 'closed'
      if (isClosed && !ended.includes(status)) t.fail('nothing is under way for a closed job')
      const isTurnedDown = ['rejected', 'declined_by_candidate'].includes(status)
      t.equal(each.rejected_at, isTurnedDown ? each.updated_at : null)
      t.equal(each.rejected_reasons?.length, isTurnedDown ? 1 : 0)
    }
  }
  t.end()
})

t.test('answers belong to questions of the posting, and choose from what it offers', (t) => {
  for (const { applications, job_postings } of many.slice(0, 10)) {
    for (const { questionnaires, job_id } of applications) {
      const [form] = job_postings.find((posting) => posting.job_id === job_id)?.questionnaires ?? []
      t.equal(questionnaires?.[0]?.id, form?.id)
      const answers = questionnaires?.[0]?.answers ?? []
      for (const question of form?.questions ?? []) {
        const answer = answers.find(({ id }) => id === question.id)
        t.ok(answer ?? question.parent_question, 'only what follows from another answer is left out')
        const choices = question.multiple_choice_answers?.map(({ text }) => text) ?? []
        if (choices.length > 0) for (const value of answer?.values ?? []) t.ok(choices.includes(value))
      }
    }
  }
  t.end()
})

t.test('every e-mail address and URL is at example.com, and every phone number is fictional', (t) => {
  for (const ats of many) {
    const texts = textsOf(ats)
    const emails = texts.filter((text) => text.includes('@'))
    const urls = texts.filter((text) => text.includes('//'))
    const phones = texts.filter((text) => text.startsWith('+'))
    t.ok(emails.length > 200 && urls.length > 200 && phones.length > 50)
    t.ok(emails.every((text) => /^[a-z]+\.[a-z]+@example\.com$/.test(text)))
    t.ok(urls.every((text) => /^https:\/\/example\.com\/[a-z]/.test(text)))
    t.ok(phones.every((text) => /^(\+1-202-555-01\d\d|\+44 20 7946 0\d\d\d)$/.test(text)))
    const people = [...ats.candidates, ...ats.users]
    t.equal(new Set(people.map(({ email }) => email)).size, people.length)
  }
  t.end()
})

t.test('many names have letters beyond ASCII, and none is from the published examples', (t) => {
  const names = many.flatMap(({ candidates }) => candidates.map(({ name }) => ` ${String(name)} `))
  const isThere = (name: string) => names.some((each) => each.includes(` ${name} `))
  t.strictSame(['Zoë', 'Łukasz', 'Nguyễn', 'Özgür', 'João'].filter(isThere), [
    'Zoë',
    'Łukasz',
    'Nguyễn',
    'Özgür',
    'João',
  ])
  t.strictSame(['Romain', 'Sestier', 'John', 'Doe'].filter(isThere), [])
  t.end()
})

t.test('the HTML of a posting needs no escaping', (t) => {
  for (const { job_postings } of many) {
    for (const { content } of job_postings) t.notMatch(content?.html?.replace(/<\/?(h2|p|ul|li)>/g, ''), /[<>&]/)
  }
  t.end()
})

t.test('dates are in the year before the start, and nothing changes before it is created', (t) => {
  for (const ats of many) {
    const instants = datesOf(ats).map((date) => Date.parse(date))
    t.ok(instants.length > 400)
    t.ok(instants.every((instant) => instant <= since && instant >= since - year))
    t.ok(
      instants.some((instant) => instant > since - year / 50) && instants.some((instant) => instant < since - year / 2),
    )
    const dated = [...ats.candidates, ...ats.applications, ...ats.jobs, ...ats.job_postings]
    t.ok(dated.every(({ created_at, updated_at }) => String(created_at) <= String(updated_at)))
    for (const { created_at, job_id } of ats.applications) {
      const job = byId(ats.jobs, job_id)
      const isClosed = job?.job_status?.value === 'closed'
      if (String(created_at) < String(job?.created_at)) t.fail('nobody applies before the job is there')
      if (isClosed && String(created_at) > String(job.updated_at)) t.fail('nobody applies after the job closed')
    }
  }
  t.end()
})

t.test('an ATS can start at any date, even the first and the last', (t) => {
  const firstYear = Date.parse('0000-01-01T00:00:00.000Z')
  for (const start of [-8.64e15, firstYear, 0, 8.64e15]) {
    t.ok(datesOf(inventFor('acme', start)).every((date) => Date.parse(date) <= start))
  }
  const early = datesOf(inventFor('acme', firstYear + year / 4))
  t.ok(
    early.every((date) => date.startsWith('0000-')),
    'years have four digits',
  )
  t.end()
})
