import type { CataloguePackage } from '../../schemas/catalogue'
import { instantOf } from '../clock'
import { errors } from '../errors'

export interface PackageListing {
  /** Cursor of an earlier page; wins over `page`. */
  next?: string | null | undefined
  /** Number of the page, from 1. */
  page?: string | null | undefined
  /** 1 to 100, default 25. */
  pageSize?: string | null | undefined
  /** ISO date or date-time. */
  updatedAfter?: string | null | undefined
}

export interface PackagePage {
  packages: CataloguePackage[]
  /** Cursor of the next page; null on the last one. */
  next: string | null
}

/**
 * A page of `catalogue`, in the order of ids. The cursor names the last id seen, so that what is added between two
 * pages neither shifts nor repeats an entry. Throws `invalidQuery`.
 */
export function listPackages(catalogue: readonly CataloguePackage[], listing: PackageListing): PackagePage {
  const size = whole('page_size', listing.pageSize ?? '25', 100)
  const page = whole('page', listing.page ?? '1', 1_000_000)
  const after = listing.updatedAfter == null ? -Infinity : instant(listing.updatedAfter)
  const seen = listing.next == null ? null : lastSeen(listing.next)

  const matching = catalogue
    .filter(({ updated_at }) => (updated_at == null ? 0 : Date.parse(updated_at)) > after)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter(({ id }) => seen === null || id > seen)
  const start = seen === null ? (page - 1) * size : 0
  const packages = matching.slice(start, start + size)
  const last = packages.at(-1)
  return { packages, next: last && start + size < matching.length ? cursorAfter(last.id) : null }
}

const prefix = 'after:'
const cursorAfter = (id: string) => Buffer.from(prefix + id).toString('base64url')

function lastSeen(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (!text.startsWith(prefix) || cursorAfter(text.slice(prefix.length)) !== cursor) {
    throw errors.invalidCursor()
  }
  return text.slice(prefix.length)
}

function whole(name: string, text: string, most: number): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : NaN
  if (number >= 1 && number <= most) return number
  throw errors.invalidQuery([`${name} must be a whole number from 1 to ${String(most)}`])
}

function instant(text: string): number {
  const time = instantOf(text)
  if (!Number.isNaN(time)) return time
  throw errors.invalidQuery(['updated_after must be a date such as 2026-01-31T00:00:00.000Z'])
}
