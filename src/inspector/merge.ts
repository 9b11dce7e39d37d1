/** How many items a list keeps. Older ones are found by search or by URL. */
export const mostKept = 1000

/**
 * Merges new and changed items into a list, newest first. Changed items keep their place. An unknown item that is older
 * than the newest is left out: the list may not reach back to it, and would have a gap.
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
