/** Whether a value of JSON is an object: neither null nor a list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether `whole` has all that `part` has: in objects, only the properties of `part` are compared. */
export function holdsPart(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part))
    return Array.isArray(whole) && whole.length === part.length && part.every((each, i) => holdsPart(whole[i], each))
  if (!isObject(part)) return whole === part
  return isObject(whole) && Object.entries(part).every(([name, inner]) => holdsPart(whole[name], inner))
}

/** The value of a JSON text; undefined when it is not one. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Maximum depth of JSON: serialising deeper values would overflow the stack. Assumed; the real limit is unknown. */
export const maxDepth = 100

/** Whether a value of JSON is nested deeper than `levels`. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  // By value: listing half a million keys would take most of a second.
  if (Array.isArray(value)) return value.some((inner) => typeof inner === 'object' && isDeeperThan(levels - 1, inner))
  // A loop, since this runs for every value of every body. Parsed JSON has no inherited properties.
  for (const name in value) {
    const inner = (value as Record<string, unknown>)[name]
    // Most values are strings; skipping recursion for them halves the time.
    if (typeof inner === 'object' && isDeeperThan(levels - 1, inner)) return true
  }
  return false
}
