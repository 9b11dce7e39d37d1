/** More than that is not kept; what is older is found by search or by its address. */
export const mostKept = 1000

/**
 * A list that is newest first, with what is new or changed in it. What changed stays at its place; an older one that the
 * list did not reach yet is left out, since the list would else have a gap.
 */
export function merge<T>(
  kept: readonly T[],
  fresh: readonly T[],
  keyOf: (item: T) => string | number,
  isNewer: (item: T, than: T) => boolean,
): readonly T[] {
  if (fresh.length === 0) return kept
  const changed = new Map(fresh.map((item) => [keyOf(item), item]))
  const merged = kept.map((item) => {
    const key = keyOf(item)
    const now = changed.get(key)
    changed.delete(key)
    return now ?? item
  })
  const [newest] = kept
  const added = [...changed.values()].filter((item) => newest === undefined || isNewer(item, newest))
  return [...added, ...merged].slice(0, mostKept)
}

/** A list with older ones behind it. */
export function append<T>(kept: readonly T[], older: readonly T[], keyOf: (item: T) => string | number): readonly T[] {
  const known = new Set(kept.map(keyOf))
  return [...kept, ...older.filter((item) => !known.has(keyOf(item)))].slice(0, mostKept)
}
