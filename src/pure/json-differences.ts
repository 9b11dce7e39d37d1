import { isObject } from './json'

/** A place where two values of JSON differ. */
export interface JsonDifference {
  /** The place in both: `body/candidate/emails/0/value`. */
  path: string
  /** The value in the first; undefined if it has none there. */
  before: unknown
  /** The value in the second; undefined if it has none there. */
  after: unknown
}

/** The places where `after` differs from `before`, in the order in which they are found, at most `most`. */
export function jsonDifferences(before: unknown, after: unknown, most: number): JsonDifference[] {
  const found: JsonDifference[] = []
  compare('body', before, after)
  return found

  function compare(path: string, one: unknown, other: unknown) {
    if (found.length >= most || one === other) return
    const names = namesOf(one, other)
    if (names === null) found.push({ path, before: one, after: other })
    else for (const name of names) compare(`${path}/${name}`, valueAt(one, name), valueAt(other, name))
  }
}

/** What to compare one by one, where both are objects or both are lists; null otherwise. */
function namesOf(one: unknown, other: unknown): Iterable<string> | null {
  const areAlike = (isObject(one) && isObject(other)) || (Array.isArray(one) && Array.isArray(other))
  return areAlike ? new Set([...Object.keys(one), ...Object.keys(other)]) : null
}

const valueAt = (value: unknown, name: string): unknown =>
  Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined
