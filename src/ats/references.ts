import type { AtsResource } from '../../schemas/ats/queries'
import { isObject } from '../pure/json'
import { type AtsRecord, resourceOf } from './resources'

/** An id in a record that should lead to another one. */
export interface Reference {
  /** Where it stands in the record: `hiring_team/0/user_id`. */
  readonly path: string
  readonly id: string
  readonly to: AtsResource
}

/** Problems that are listed at most. */
const mostListed = 20

/** The sentences about the first of `problems`, and how many more there are. */
export function firstOf<T>(problems: readonly T[], sentence: (problem: T) => string): string[] {
  const more = problems.length - mostListed
  return [...problems.slice(0, mostListed).map(sentence), ...(more > 0 ? [`and ${String(more)} more`] : [])]
}

/** The ids in `record` that lead to other records. */
export function referencesIn(name: AtsResource, record: AtsRecord): Reference[] {
  return Object.entries(resourceOf(name).references).flatMap(([path, to]) =>
    textsAt(record, path.split('/')).map(([place, id]) => ({ path: place, id, to })),
  )
}

/** The texts at a path, each with its place; the items of a list are all looked at. */
function textsAt(
  value: unknown,
  path: readonly string[],
  place: readonly string[] = [],
): [place: string, text: string][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => textsAt(item, path, [...place, String(i)]))
  const [name, ...rest] = path
  if (name === undefined) return typeof value === 'string' ? [[place.join('/'), value]] : []
  return isObject(value) ? textsAt(value[name], rest, [...place, name]) : []
}
