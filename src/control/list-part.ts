import { type ListOptions, usualLimit } from '../../schemas/control/builders'
import { breatheInTime } from '../breathe'
import { errors } from '../errors'

/** A page of a list. */
export interface ListPart<T> {
  items: T[]
  /** How many items match, on all pages. */
  total: number
  /** The cursor of the next page; null on the last one. */
  next: string | null
}

export interface ToList<T> {
  /** Newest first. */
  all: AsyncIterable<T> | Iterable<T>
  fits: (item: T) => boolean
  /** Identifies the item's place in the list. */
  keyOf: (item: T) => string
  /** Approximate number of characters of an item when shown. */
  sizeOf: (item: T) => number
  /** How many items match, if known without checking each. */
  count?: (() => Promise<number>) | undefined
}

/** A page ends after this many characters, whatever its `limit`. */
export const mostOfPart = 8 * 1024 * 1024

/**
 * A page of the matching items, newest first. `next` is the key of the last item of the previous page, so that new
 * items shift nothing and a changed item still marks its place. Throws `invalidCursor` if no item has that key. Does
 * not block the event loop: there may be a million items.
 */
export async function listPart<T>(
  { all, fits, keyOf, sizeOf, count }: ToList<T>,
  { limit = usualLimit, next }: ListOptions,
): Promise<ListPart<T>> {
  const items: T[] = []
  let fitting = 0
  let size = 0
  let last: string | null = null
  let isBehind = next === undefined
  let isMore = false
  for await (const item of all) {
    await breatheInTime()
    if (fits(item)) {
      fitting++
      if (isBehind && !isMore) {
        size += sizeOf(item)
        isMore = items.length === limit || (items.length > 0 && size > mostOfPart)
        if (!isMore) {
          items.push(item)
          last = keyOf(item)
        }
      }
    }
    if (isMore && count !== undefined) break
    if (keyOf(item) === next) isBehind = true
  }
  if (!isBehind) throw errors.invalidCursor()
  return { items, total: count === undefined ? fitting : await count(), next: isMore ? last : null }
}
