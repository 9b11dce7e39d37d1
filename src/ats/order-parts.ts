import type { AtsApplication } from '../../schemas/ats/application'
import type { AtsCandidate } from '../../schemas/ats/candidate'
import type { AtsJob } from '../../schemas/ats/job'
import type { OrderRequest } from '../../schemas/order'
import { isoTime } from '../date-time'
import { fractionOf, type Ids } from '../ids'
import { isObject } from '../pure/json'
import type { Ats, Changeable } from './ats'
import type { AtsRecord } from './resources'

type Part = 'candidate' | 'job' | 'application'
type Parts = Pick<OrderRequest, Part | 'requester'>

/** The parts of an order, and the records that have to be kept for it. */
export interface OrderParts {
  readonly parts: Parts
  /** Keeps the records of parts that the caller gave. Returns the id of the application; null if there is none. */
  readonly keep: () => Promise<string | null>
}

export interface PartsDeps {
  ats: Ats
  ids: Ids
  /** Milliseconds since 1970. */
  now: number
  /** The status of an application that the order makes. */
  status: object
  /** Whether the ATS tells the hiring team of a job. */
  hasHiringTeam: boolean
}

const resources = { candidate: 'candidates', job: 'jobs', application: 'applications' } as const

/** Statuses in which a recruiter would order a test. */
const openStatuses = ['active', 'new', 'screen', 'review', 'assessment', 'interview', 'short_list', 'background_check']

/**
 * What a recruiter's order is about: an application of the account's ATS, with its candidate and its job. Parts that
 * `given` has replace those of the ATS, and become records of it; null leaves a part out.
 */
export async function orderParts(deps: PartsDeps, accountId: string, given: OrderRequest): Promise<OrderParts> {
  const { ats, ids, now, hasHiringTeam, status } = deps

  /** The record that a given part names by its id or remote id. */
  async function named(part: Part): Promise<AtsRecord | null> {
    const { id, remote_id: remoteId } = given[part] ?? {}
    for (const each of [id, remoteId]) {
      const found = each ? await ats.find(accountId, resources[part], each) : null
      if (found !== null) return found
    }
    return null
  }
  const [candidate, job, application] = await Promise.all([named('candidate'), named('job'), named('application')])
  const isNew = (part: Part, record: AtsRecord | null) => given[part] != null && record === null
  const isOther = isNew('candidate', candidate) || isNew('job', job) || isNew('application', application)
  const existing = application ?? (isOther ? null : await fitting())

  /** An application of the candidate for the job, as far as they are given; an open one if there is any. */
  async function fitting(): Promise<AtsRecord | null> {
    const all = (await ats.all(accountId, 'applications')).filter(
      (each) =>
        (candidate === null || each['candidate_id'] === candidate.id) && (job === null || each['job_id'] === job.id),
    )
    const open = all.filter((each) => openStatuses.includes(String(statusOf(each))))
    const pool = open.length > 0 ? open : all
    return drawnFrom(pool)
  }

  function drawnFrom(pool: readonly AtsRecord[]): AtsRecord | null {
    return pool[Math.floor(fractionOf(ids.token()) * pool.length)] ?? null
  }

  const related = async (part: 'candidate' | 'job', record: AtsRecord | null) => {
    if (record !== null || given[part] !== undefined) return record
    if (existing === null) return drawnFrom((await ats.all(accountId, resources[part])).filter(isOpenJob))
    const id = existing[`${part}_id`]
    return typeof id === 'string' ? ats.find(accountId, resources[part], id) : null
  }
  const theirs = {
    candidate: await related('candidate', candidate),
    job: await related('job', job),
    application: existing,
  }

  const drawn = (part: Part) => {
    const prefix = { candidate: 'cand', job: 'job', application: 'app' }[part]
    return { id: `${prefix}_${ids.token()}`, remote_id: `ats-${prefix}-${ids.token()}` }
  }
  const made: Partial<Record<Part, AtsRecord>> = {}
  /** The ids of a part; null if the order is to be without it. */
  function idsOf(part: Part): { id: string; remote_id: string | null } | null {
    const record = theirs[part]
    if (record !== null) return { id: record.id, remote_id: record.remote_id ?? null }
    if (given[part] === null) return null
    const own = drawn(part)
    const { id, remote_id: remoteId } = given[part] ?? {}
    return { id: id == null || id === '' ? own.id : id, remote_id: remoteId ?? own.remote_id }
  }
  const who = idsOf('candidate')
  const where = idsOf('job')
  const what = idsOf('application')
  const time = isoTime(now)

  if (who !== null && (theirs.candidate === null || given.candidate))
    made.candidate = { ...candidateRecord(theirs.candidate, given.candidate, time), ...who }
  if (where !== null && (theirs.job === null || given.job))
    made.job = { ...jobRecord(theirs.job, given.job, time), ...where }
  if (what !== null && (existing === null || given.application))
    made.application = {
      ...applicationRecord(existing, given.application, { time, status }),
      ...links(existing, who, where),
      ...what,
    }

  const candidateNow = made.candidate ?? theirs.candidate
  if (existing === null && candidateNow !== null && what !== null) made.candidate = withApplication(candidateNow, what)

  const record = { ...theirs, ...made }
  const parts: Parts = {
    candidate: part(given.candidate, who, record.candidate, candidatePart),
    job: part(given.job, where, record.job, (each) => jobPart(each, hasHiringTeam)),
    application: part(given.application, what, record.application, applicationPart),
    requester: given.requester === undefined ? requesterOf(record.job) : given.requester,
  }
  return {
    parts,
    async keep() {
      for (const [part, record] of Object.entries(made) as [Part, AtsRecord][]) {
        const name: Changeable = resources[part]
        await ats.change({ accountId, name, id: record.id }, (before) => ({ ...before, ...record }))
      }
      return what?.id ?? null
    },
  }
}

/** A part of the order: as given, with its ids, or made from its record. */
function part<T extends object>(
  given: T | null | undefined,
  ids: object | null,
  record: AtsRecord | null | undefined,
  make: (record: AtsRecord) => T,
): T | null {
  if (given === null || ids === null || record == null) return null
  return given === undefined ? make(record) : { ...given, ...ids }
}

/** Whether it is a job that hires, or no job at all. */
const isOpenJob = ({ job_status: status }: AtsRecord) =>
  status === undefined || ['open', 'published'].includes(String(valueOf(status)))

const statusOf = ({ application_status: status }: AtsRecord) => valueOf(status)

const valueOf = (status: unknown): unknown => (isObject(status) ? status['value'] : undefined)

const links = (existing: AtsRecord | null, who: AnyIds, where: AnyIds) =>
  existing !== null
    ? {}
    : {
        candidate_id: who?.id ?? null,
        remote_candidate_id: who?.remote_id ?? null,
        job_id: where?.id ?? null,
        remote_job_id: where?.remote_id ?? null,
      }

type AnyIds = { id: string; remote_id: string | null } | null

/** `candidate` with another application. */
const withApplication = (
  candidate: AtsRecord,
  { id, remote_id: remoteId }: { id: string; remote_id: string | null },
) => ({
  ...candidate,
  application_ids: [...asList(candidate['application_ids']), id],
  remote_application_ids: [...asList(candidate['remote_application_ids']), remoteId],
})

const asList = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [])

function candidateRecord(before: AtsRecord | null, given: OrderRequest['candidate'], time: string): AtsRecord {
  const { first_name: first = before?.['first_name'], last_name: last = before?.['last_name'], emails } = given ?? {}
  const name = [first, last].filter(Boolean).join(' ')
  return {
    ...(before ?? { id: '', created_at: time, application_ids: [] }),
    ...(first !== undefined && { first_name: first }),
    ...(last !== undefined && { last_name: last }),
    ...(name !== '' && { name }),
    ...(emails !== undefined && { emails, email: emails?.[0]?.value ?? null }),
  }
}

const jobRecord = (before: AtsRecord | null, given: OrderRequest['job'], time: string): AtsRecord => ({
  ...(before ?? { id: '', created_at: time, job_status: { value: 'open', source_value: 'Open' } }),
  ...(given?.title !== undefined && { title: given.title }),
  ...(given?.hiring_team !== undefined && { hiring_team: given.hiring_team }),
})

const applicationRecord = (
  before: AtsRecord | null,
  given: OrderRequest['application'],
  { time, status }: { time: string; status: object },
): AtsRecord => ({
  ...(before ?? {
    id: '',
    created_at: time,
    application_status: status,
  }),
  ...(given?.application_status !== undefined && { application_status: given.application_status }),
})

function candidatePart(record: AtsRecord): NonNullable<OrderRequest['candidate']> {
  const { id, remote_id, first_name = null, last_name = null, emails = null } = record as AtsCandidate & AtsRecord
  const profile_url = `https://ats.example.com/candidates/${encodeURIComponent(remote_id ?? id)}`
  return { id, remote_id: remote_id ?? null, first_name, last_name, emails, profile_url }
}

function jobPart(record: AtsRecord, hasHiringTeam: boolean): NonNullable<OrderRequest['job']> {
  const { id, remote_id, title = null, hiring_team = null } = record as AtsJob & AtsRecord
  return { id, remote_id: remote_id ?? null, title, ...(hasHiringTeam && { hiring_team }) }
}

function applicationPart(record: AtsRecord): NonNullable<OrderRequest['application']> {
  const { id, remote_id, application_status = null } = record as AtsApplication & AtsRecord
  return { id, remote_id: remote_id ?? null, application_status }
}

/** The recruiter of a job, or else the first of its hiring team. */
function requesterOf(record: AtsRecord | null | undefined): NonNullable<OrderRequest['requester']> | null {
  const team = (record as AtsJob | null | undefined)?.hiring_team ?? []
  return team.find(({ role }) => role === 'Recruiter') ?? team[0] ?? null
}
