import type { AtsApplication } from '../../schemas/ats/application'
import type { AtsCandidate } from '../../schemas/ats/candidate'
import type { AtsJob } from '../../schemas/ats/job'
import type { AtsStage } from '../../schemas/ats/stage'
import type { AtsList, AtsListQuery } from '../../schemas/control/ats'
import type { Live } from '../../schemas/control/live'
import { read } from './api'
import type { Tone } from './words'

/** Records are in the published form; only the id is certain. */
type Of<T> = Partial<T> & { id: string }
export type Job = Of<AtsJob>
export type Application = Of<AtsApplication>
export type Candidate = Of<AtsCandidate>
export type Stage = Of<AtsStage>
/** A department or a location. */
export interface Named {
  id: string
  name?: string | null
}

export type Page<T> = Omit<AtsList, 'records'> & { records: T[] }

/** The records of a resource of an account. */
export const readRecords = <T>(account: string, resource: string, query: AtsListQuery = {}): Promise<Page<T>> =>
  read(`ats/${resource}`, { account, ...query })

export const readRecord = <T>(account: string, resource: string, id: string): Promise<T> =>
  read(`ats/${resource}/${encodeURIComponent(id)}`, { account })

/** The most that a list returns at once. */
export const wholePage = 1_000

/** The names of records by their ids. */
export const namesOf = (records: readonly Named[]): ReadonlyMap<string, string> =>
  new Map(records.map(({ id, name }) => [id, name ?? id]))

export const inNames = (ids: readonly string[] | null | undefined, names: ReadonlyMap<string, string>): string =>
  (ids ?? []).map((id) => names.get(id) ?? id).join(', ')

/** The name of a candidate, or else an address; empty if there is neither. */
export const personName = (person: Partial<AtsCandidate> | null | undefined): string =>
  (person?.name ?? '') || [person?.first_name, person?.last_name].filter(Boolean).join(' ') || (person?.email ?? '')

/** A value in unified terms as the ATS calls it. */
export const valueInWords = (given: { value?: string | null; source_value?: unknown } | null | undefined): string =>
  typeof given?.source_value === 'string' ? given.source_value : (given?.value ?? '').replaceAll('_', ' ')

/** Whether a job hires. */
export const isHiring = ({ job_status: status }: Job): boolean =>
  status?.value === 'open' || status?.value === 'published'

/** Where an application is: its stage, unless it ended without a hire. */
export function placeOf({ application_stage: stage, application_status: status }: Application): {
  name: string
  tone: Tone
} {
  const isLost = status?.value === 'rejected' || status?.value === 'declined_by_candidate'
  const inWords = valueInWords(status)
  const name = (isLost ? inWords : (stage?.name ?? inWords)) || 'no stage'
  return { name, tone: isLost ? 'bad' : status?.value === 'hired' ? 'good' : 'quiet' }
}

/** Whether the ATS may have changed; its records do with orders, too. */
export const isAboutAts = ({ hasNewSettings, orders }: Live): boolean => hasNewSettings || orders.length > 0
