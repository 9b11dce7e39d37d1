import type { OrderRequest } from '../../schemas/order'
import type { AtsRecord } from './resources'

/** A part of an order that is a record of the ATS. */
export type Part = 'candidate' | 'job' | 'application'

export interface RecordIds {
  id: string
  remote_id: string | null
}

export type Change = (before: AtsRecord | null) => AtsRecord

/** What becomes of the records of an order; null: they stay. */
export function changesOf(
  theirs: Record<Part, AtsRecord | null>,
  given: OrderRequest,
  { who, where, what }: Record<'who' | 'where' | 'what', RecordIds | null>,
  { time, status }: { time: string; status: object },
): Record<Part, Change | null> {
  const isOtherwise = (name: string, ids: RecordIds | null) =>
    ids !== null && theirs.application !== null && theirs.application[name] !== ids.id
  const isNewApplication = theirs.application === null
  const links = {
    ...((isNewApplication || isOtherwise('candidate_id', who)) && {
      candidate_id: who?.id ?? null,
      remote_candidate_id: who?.remote_id ?? null,
    }),
    ...((isNewApplication || isOtherwise('job_id', where)) && {
      job_id: where?.id ?? null,
      remote_job_id: where?.remote_id ?? null,
    }),
  }
  const isLinked = 'candidate_id' in links
  const isKept = (part: Part, ids: RecordIds | null) => ids !== null && (theirs[part] === null || given[part] != null)
  const isCandidateKept = isKept('candidate', who) || (who !== null && what !== null && isLinked)
  const isApplicationKept = isKept('application', what) || (what !== null && Object.keys(links).length > 0)
  return {
    candidate: isCandidateKept
      ? (before) => {
          const record = { ...candidateRecord(before, given.candidate, time), ...who }
          return what !== null && isLinked ? withApplication(record, what) : record
        }
      : null,
    job: isKept('job', where) ? (before) => ({ ...jobRecord(before, given.job, time), ...where }) : null,
    application: isApplicationKept
      ? (before) => ({ ...applicationRecord(before, given.application, { time, status }), ...links, ...what })
      : null,
  }
}

/** `candidate` with another application. */
export function withApplication(
  candidate: AtsRecord,
  { id, remote_id: remoteId }: Pick<AtsRecord, 'id' | 'remote_id'>,
): AtsRecord {
  const [ids, remoteIds] = [asList(candidate['application_ids']), asList(candidate['remote_application_ids'])]
  if (ids.includes(id)) return candidate
  return {
    ...candidate,
    application_ids: [...ids, id],
    remote_application_ids: remoteId == null ? remoteIds : [...remoteIds, remoteId],
  }
}

const asList = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [])

function candidateRecord(before: AtsRecord | null, given: OrderRequest['candidate'], time: string): AtsRecord {
  const { first_name: first = before?.['first_name'], last_name: last = before?.['last_name'], emails } = given ?? {}
  const isNamed = given?.first_name !== undefined || given?.last_name !== undefined
  const name = [first, last].filter(Boolean).join(' ')
  return {
    ...(before ?? { id: '', created_at: time, application_ids: [] }),
    ...(first !== undefined && { first_name: first }),
    ...(last !== undefined && { last_name: last }),
    // A name that was not given may be more than its parts.
    ...(isNamed && name !== '' && { name }),
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
