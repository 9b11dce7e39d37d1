import type { AtsListQuery, AtsReadQuery } from '../../schemas/ats/queries'
import { cutPage, type CutPage } from '../http/cut-page'
import { instantOf } from '../date-time'
import { errors } from '../errors'
import type { AtsRecord, Resource } from './resources'

type Dated = 'updated_after' | 'created_after'

/** A page of `records`, sorted by id. Throws `invalidQuery` and `invalidCursor`. */
export function listRecords(
  resource: Resource,
  records: readonly AtsRecord[],
  query: AtsListQuery,
  isShort: boolean,
): CutPage<AtsRecord> {
  const filter = { ...query.filter } as Partial<Record<string, string | null>>
  filter['updated_after'] ??= query.updated_after ?? null
  filter['job_id'] ??= query.job_id ?? null
  const updatedAfter = instant('updated_after', filter)
  const createdAfter = instant('created_after', filter)
  const matching = records.filter(
    (record) =>
      isAfter(record['updated_at'], updatedAfter) &&
      isAfter(record['created_at'], createdAfter) &&
      Object.entries(resource.filters).every(([name, fits]) => filter[name] == null || fits(record, filter[name])),
  )
  const sorted = matching.sort((a, b) => (a.id < b.id ? -1 : 1))
  return cutPage(sorted, { next: query.next, page: query.page, pageSize: query.page_size, isShort })
}

/** `record` as a read shows it: without the properties that neither `include` nor `expand` asks for. */
export function shownRecord({ onDemand }: Resource, record: AtsRecord, { include, expand }: AtsReadQuery): AtsRecord {
  const asked = `${include ?? ''},${expand ?? ''}`.split(',').map((name) => name.trim())
  const hidden = onDemand.filter((name) => !asked.includes(name))
  return Object.fromEntries(Object.entries(record).filter(([name]) => !hidden.includes(name))) as unknown as AtsRecord
}

const isAfter = (time: unknown, instant: number) =>
  instant === -Infinity || (typeof time === 'string' && instantOf(time) > instant)

function instant(name: Dated, filter: Partial<Record<string, string | null>>): number {
  const text = filter[name]
  if (text == null) return -Infinity
  const time = instantOf(text)
  if (!Number.isNaN(time)) return time
  throw errors.invalidQuery([`${name} must be a date such as 2026-01-31T00:00:00.000Z`])
}
