import type { Static } from '@sinclair/typebox'
import type { ListQuerySchema } from '../../schemas/queries'
import { hasShortPages } from '../accounts/personas'
import { listPackages } from '../assessments/list-packages'
import { pick, rawOf } from './envelope'

/** A package as the sandbox holds it, of whichever kind. */
interface Held {
  id: string
  updated_at?: string | null | undefined
}

/** What StackOne shows of a package. */
export const published = <P extends Held>({ updated_at, ...entry }: P) => entry

/** The page of `packages` that `query` asks for; `path` is that of the invented call to a provider. */
export function packagesPage<P extends Held>(
  packages: readonly P[],
  query: Static<typeof ListQuerySchema>,
  { accountId, path }: { accountId: string; path: string },
) {
  const { packages: listed, next } = listPackages(packages, {
    next: query.next,
    page: query.page,
    pageSize: query.page_size,
    isShort: hasShortPages(accountId),
    updatedAfter: query.filter?.updated_after ?? query.updated_after,
  })
  const data = listed.map((entry) => pick(published(entry), query.fields))
  return { next, data, ...rawOf(query, path, { items: listed }) }
}
