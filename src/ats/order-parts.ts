import type { AtsApplication } from '../../schemas/ats/application'
import type { AtsCandidate } from '../../schemas/ats/candidate'
import type { AtsJob } from '../../schemas/ats/job'
import type { AtsUser } from '../../schemas/ats/user'
import type { OrderRequest } from '../../schemas/order'
import { isoTime } from '../date-time'
import { fractionOf, type Ids } from '../ids'
import { isObject } from '../pure/json'
import type { Ats } from './ats'
import { type Change, changesOf, type Part, type RecordIds } from './order-records'
import type { AtsRecord } from './resources'

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
      const found = each ? await ats.peek(accountId, resources[part], each) : null
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

  /** The record of a part that is not named: that of the application, or any if nothing of the part is given. */
  async function related(part: 'candidate' | 'job', record: AtsRecord | null): Promise<AtsRecord | null> {
    const { id, remote_id: remoteId } = given[part] ?? {}
    if (record !== null || given[part] === null || Boolean(id) || Boolean(remoteId)) return record
    if (existing !== null) {
      const theirs = existing[`${part}_id`]
      return typeof theirs === 'string' ? ats.peek(accountId, resources[part], theirs) : null
    }
    if (given[part] !== undefined) return null
    return drawnFrom((await ats.all(accountId, resources[part])).filter(isOpenJob))
  }
  const theirs = {
    candidate: await related('candidate', candidate),
    job: await related('job', job),
    application: given.application === null ? null : existing,
  }

  /** The ids of a part; null if the order is to be without it. */
  function idsOf(part: Part): RecordIds | null {
    const record = theirs[part]
    if (record !== null) return { id: record.id, remote_id: record.remote_id ?? null }
    if (given[part] === null) return null
    const prefix = { candidate: 'cand', job: 'job', application: 'app' }[part]
    const own = { id: `${prefix}_${ids.token()}`, remote_id: `ats-${prefix}-${ids.token()}` }
    const { id, remote_id: remoteId } = given[part] ?? {}
    return { id: id == null || id === '' ? own.id : id, remote_id: remoteId ?? own.remote_id }
  }
  const who = idsOf('candidate')
  const where = idsOf('job')
  const what = idsOf('application')
  const changes = changesOf(theirs, given, { who, where, what }, { time: isoTime(now), status })
  const after = (part: Part) => changes[part]?.(theirs[part]) ?? theirs[part]
  const record = { candidate: after('candidate'), job: after('job'), application: after('application') }

  /** As given, with its ids and with what is known of it. */
  function partOf<P extends Part>(
    name: P,
    make: (record: AtsRecord) => NonNullable<Parts[P]>,
  ): NonNullable<Parts[P]> | null {
    const [own, ofAts, known] = [given[name] as Parts[P] | undefined, record[name], theirs[name]]
    if (own === null || ofAts === null) return null
    const ofRecord = own === undefined || known !== null ? make(ofAts) : null
    return { ...ofRecord, ...own, id: ofAts.id, remote_id: ofAts.remote_id ?? null }
  }
  return {
    parts: {
      candidate: partOf('candidate', candidatePart),
      job: partOf('job', (each) => jobPart(each, hasHiringTeam)),
      application: partOf('application', applicationPart),
      requester: given.requester === undefined ? await requester(record.job) : given.requester,
    },
    async keep() {
      for (const [part, change] of Object.entries(changes) as [Part, Change | null][])
        if (change !== null)
          await ats.change({ accountId, name: resources[part], id: String(record[part]?.id) }, change)
      return what?.id ?? null
    },
  }

  /** The recruiter of a job, or else the first of its hiring team, or of all users. */
  async function requester(ofJob: AtsRecord | null): Promise<NonNullable<OrderRequest['requester']> | null> {
    const team = (ofJob as AtsJob | null)?.hiring_team ?? []
    const found = team.find(({ role }) => role === 'Recruiter') ?? team[0]
    if (found !== undefined) return found
    const [user] = (await ats.all(accountId, 'users')) as (AtsUser & AtsRecord)[]
    if (user === undefined) return null
    const { id, remote_id, first_name = null, last_name = null, email = null } = user
    return { user_id: id, remote_user_id: remote_id ?? null, first_name, last_name, email, role: 'Recruiter' }
  }
}

/** Whether it is a job that hires, or no job at all. */
const isOpenJob = ({ job_status: status }: AtsRecord) =>
  status === undefined || ['open', 'published'].includes(String(valueOf(status)))

const statusOf = ({ application_status: status }: AtsRecord) => valueOf(status)

const valueOf = (status: unknown): unknown => (isObject(status) ? status['value'] : undefined)

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
