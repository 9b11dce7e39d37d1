import { type ListOptions, usualLimit } from '../../schemas/control/builders'
import { breatheInTime } from '../breathe'
import { errors } from '../errors'

/** A part of a list, and what it leaves out. */
export interface ListPart<T> {
  items: T[]
  /** How many fit in all. */
  total: number
  /** What to ask for the rest with; null when there is none. */
  next: string | null
}

/** What is listed. */
export interface ToList<T> {
  /** Newest first. */
  all: AsyncIterable<T> | Iterable<T>
  fits: (item: T) => boolean
  /** By which the place of an item is known. */
  keyOf: (item: T) => string
  /** About how many characters it takes to show an item. */
  sizeOf: (item: T) => number
  /** How many fit, where that is known without looking at each. */
  count?: (() => Promise<number>) | undefined
}

/** Characters of what is listed, after which a part ends, whatever `limit` says. */
export const mostOfPart = 8 * 1024 * 1024

/**
 * What `options` asks for of those that fit, newest first. `next` is the key of the last one that was listed: what comes
 * meanwhile shifts nothing, and one that has changed since still marks its place. Throws `invalidCursor` when none has
 * that key. Others have their turn meanwhile: there may be a million.
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
