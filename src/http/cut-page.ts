import { errors } from '../errors'

/** Which page of a list to return. */
export interface PageAsked {
  /** Cursor from an earlier page; takes precedence over `page`. */
  next?: string | null | undefined
  /** Number of the page, from 1. */
  page?: string | null | undefined
  /** 1 to 100, default 25. */
  pageSize?: string | null | undefined
  /** Whether to halve pages and follow each with an empty one, as StackOne's "early cursor return" allows. */
  isShort?: boolean | undefined
}

export interface CutPage<T> {
  entries: T[]
  /** Cursor of the next page; null on the last one. */
  next: string | null
}

/**
 * A page of `sorted`, which is sorted by id. The cursor names the last id of the page before, so that an entry added
 * between two calls neither shifts nor repeats others. Throws `invalidQuery` and `invalidCursor`.
 */
export function cutPage<T extends { id: string }>(sorted: readonly T[], asked: PageAsked): CutPage<T> {
  const { next, isShort = false } = asked
  const size = whole('page_size', asked.pageSize ?? '25', 100)
  const number = whole('page', asked.page ?? '1', 1_000_000)
  const { after, pages, isPause } = next == null ? placeOf(number, isShort) : placeAt(next)

  const rest = sorted.filter(({ id }) => id > after)
  const length = isShort ? Math.ceil(size / 2) : size
  const start = pages * length
  const entries = isPause ? [] : rest.slice(start, start + length)
  const end = start + entries.length
  const last = rest[end - 1]?.id ?? after
  if (isShort && entries.length > 0) return { entries, next: cursor('pause', last) }
  return { entries, next: end < rest.length ? cursor('after', last) : null }
}

/** Where a page begins: `pages` pages after the entry `after`. A pause has no entries. */
interface Place {
  after: string
  pages: number
  isPause: boolean
}

/** Every other short page is empty. */
const placeOf = (number: number, isShort: boolean): Place =>
  isShort
    ? { after: '', pages: Math.floor(number / 2), isPause: number % 2 === 0 }
    : { after: '', pages: number - 1, isPause: false }

function placeAt(next: string): Place {
  const [, kind, after = ''] = /^(after|pause):(.+)$/s.exec(Buffer.from(next, 'base64url').toString()) ?? []
  if (kind === undefined || cursor(kind, after) !== next) throw errors.invalidCursor()
  return { after, pages: 0, isPause: kind === 'pause' }
}

const cursor = (kind: string, id: string) => Buffer.from(`${kind}:${id}`).toString('base64url')

function whole(name: string, text: string, most: number): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : NaN
  if (number >= 1 && number <= most) return number
  throw errors.invalidQuery([`${name} must be a whole number from 1 to ${String(most)}`])
}
