import { instantOf } from '../date-time'
import { errors } from '../errors'
import { cutPage, type PageAsked } from '../http/cut-page'

export interface PackageListing extends PageAsked {
  /** A date-time, or a date alone. */
  updatedAfter?: string | null | undefined
}

/** What is needed of a package, of whichever kind, to list it. */
interface Listable {
  id: string
  updated_at?: string | null | undefined
}

export interface PackagePage<P> {
  packages: P[]
  /** Cursor of the next page; null on the last one. */
  next: string | null
}

/** A page of `catalogue`, sorted by id. Throws `invalidQuery` and `invalidCursor`. */
export function listPackages<P extends Listable>(
  catalogue: readonly P[],
  { updatedAfter, ...asked }: PackageListing,
): PackagePage<P> {
  const after = updatedAfter == null ? -Infinity : instant(updatedAfter)
  const matching = catalogue
    .filter(({ updated_at }) => (updated_at == null ? 0 : instantOf(updated_at)) > after)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const { entries, next } = cutPage(matching, asked)
  return { packages: entries, next }
}

function instant(text: string): number {
  const time = instantOf(text)
  if (!Number.isNaN(time)) return time
  throw errors.invalidQuery(['updated_after must be a date such as 2026-01-31T00:00:00.000Z'])
}
