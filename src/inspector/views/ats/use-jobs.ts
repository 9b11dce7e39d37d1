import { isAboutAts, isHiring, type Job, type Named, namesOf, readRecords, wholePage } from '../../ats-records'
import { useLiveChange } from '../../components/use-live-change'
import { type Reading, useRead } from '../../components/use-read'

/** The jobs of an account, and what is needed to describe them. */
export interface Jobs {
  readonly jobs: readonly Job[]
  readonly total: number
  /** How many applications there are by the id of the job. */
  readonly applications: Readonly<Record<string, number>>
  readonly departments: ReadonlyMap<string, string>
  readonly locations: ReadonlyMap<string, string>
}

/** The jobs that match a search, those that hire first. */
export function useJobs(account: string, search: string): Reading<Jobs> {
  const reading = useRead(JSON.stringify([account, search]), () => readJobs(account, search))
  useLiveChange(isAboutAts, reading.again, 1_000)
  return reading
}

async function readJobs(account: string, search: string): Promise<Jobs> {
  const [{ records, total }, { counts }, departments, locations] = await Promise.all([
    readRecords<Job>(account, 'jobs', { limit: wholePage, ...(search !== '' && { search }) }),
    readRecords(account, 'applications', { limit: 1, countBy: 'job_id' }),
    readRecords<Named>(account, 'departments', { limit: wholePage }),
    readRecords<Named>(account, 'locations', { limit: wholePage }),
  ])
  const inOrder = (one: Job, other: Job) =>
    Number(isHiring(other)) - Number(isHiring(one)) || (one.title ?? one.id).localeCompare(other.title ?? other.id)
  return {
    jobs: records.sort(inOrder),
    total,
    applications: counts ?? {},
    departments: namesOf(departments.records),
    locations: namesOf(locations.records),
  }
}
