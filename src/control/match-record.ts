import type { AtsListQuery } from '../../schemas/control/ats'
import type { AtsRecord } from '../ats/resources'
import { isObject } from '../pure/json'

type Filter = Omit<AtsListQuery, 'countBy' | 'limit' | 'next'>

/** Whether a record of the ATS matches a filter; omitted fields match anything. */
export const recordFits = (record: AtsRecord, { search, job_id: job, application_stage_id: stage }: Filter): boolean =>
  (job === undefined || record['job_id'] === job || record['remote_job_id'] === job) &&
  (stage === undefined || record['application_stage_id'] === stage) &&
  (search === undefined || isFoundBy(search, record))

/** What a search looks in. */
const texts = ['id', 'remote_id', 'name', 'first_name', 'last_name', 'title', 'code', 'email'] as const

/** Matches word by word, so that "mia lind" finds Mia Lindqvist whatever stands between the words. */
function isFoundBy(search: string, record: AtsRecord): boolean {
  const text = [textOf(record), textOf(record['candidate'])].join(' ').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const textOf = (record: unknown): string =>
  isObject(record) ? texts.flatMap((name) => (typeof record[name] === 'string' ? record[name] : [])).join(' ') : ''

/** Counts records by the values of a property. */
export function countsBy(name: NonNullable<AtsListQuery['countBy']>) {
  const counts = new Map<string, number>()
  return {
    add(record: AtsRecord) {
      const value = record[name]
      const key = typeof value === 'string' ? value : ''
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
    /** A name such as `__proto__` is one like any other. */
    found: (): Record<string, number> => Object.fromEntries(counts),
  }
}
