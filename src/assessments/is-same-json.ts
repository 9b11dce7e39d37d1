import { isDeepStrictEqual } from 'node:util'

/**
 * Whether two values of JSON are the same but for the order of their properties. Those that are have texts of one length,
 * which is found out in a fraction of the time that it takes to compare a large value part by part.
 */
export function isSameJson(a: unknown, b: unknown): boolean {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)]
  return one === other || (one.length === other.length && isDeepStrictEqual(a, b))
}
