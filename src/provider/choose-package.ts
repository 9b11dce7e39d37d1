import type { OrderRequest } from '../../schemas/order'
import type { OrderKind } from '../../schemas/order-kinds'
import { findPackage } from '../assessments/find-package'
import { errors } from '../errors'
import { nearestName } from '../validation/nearest-name'
import { fetchPackages, type FetchDeps, type Question } from './fetch-packages'
import { endpointForOrders } from './packages-endpoint'

/** The package in an order; null: none. */
export type OrderedPackage = NonNullable<OrderRequest['package']> | null

/** A package of either kind. */
export interface Offered {
  id: string
  updated_at?: string | null | undefined
}

/** What is ordered, the question to the packages endpoint, and what is on offer where there is none. */
interface Choice {
  kind: OrderKind
  question: Question
  usual: readonly Offered[]
}

/**
 * The package that a recruiter orders: `given` completed, or the first on offer. Where a packages endpoint is set, it is
 * asked first, and only what it offers can be ordered. Throws `packagesUnavailable` and `packageNotOffered`.
 */
export async function choosePackage(
  deps: FetchDeps,
  given: OrderedPackage | undefined,
  { kind, question, usual }: Choice,
): Promise<OrderedPackage> {
  const packages = await askedFor(deps, kind, question)
  if (packages === null) return completed(usual, given)
  const [first] = packages
  if (given === null) return null
  if (given === undefined) return first
  const wanted = given.id ?? given.remote_id ?? ''
  const found = packages.find(({ id, remote_id: remoteId }) => wanted !== '' && (id === wanted || remoteId === wanted))
  if (found !== undefined) return { ...found, ...given, id: found.id }
  const ids = packages.map(({ id }) => id)
  throw errors.packageNotOffered(wanted, wanted === '' ? someOf(ids) : [String(nearestName(wanted, ids)?.name)])
}

/** What a recruiter can choose from: of the packages endpoint where one is set, or `usual`. Throws `packagesUnavailable`. */
export const offeredPackages = async (
  deps: FetchDeps,
  { kind, question, usual }: Choice,
): Promise<readonly OrderedPackage[]> =>
  (await askedFor(deps, kind, question)) ?? usual.map((each) => completed(usual, each))

/** What the packages endpoint offers; null where none is asked. Throws `packagesUnavailable`. */
async function askedFor(deps: FetchDeps, kind: OrderKind, question: Question) {
  const endpoint = kind === 'assessment' ? endpointForOrders(deps, question.accountId) : null
  if (endpoint === null) return null
  const { packages, problems } = await fetchPackages(deps, endpoint, question)
  const [first, ...others] = packages
  if (problems.length > 0 || first === undefined)
    throw errors.packagesUnavailable(problems.map(({ message }) => message))
  return [first, ...others] as const
}

/** Package ids that a refusal names. */
const mostNamed = 5

const someOf = (ids: readonly string[]) => [...ids.slice(0, mostNamed), ...(ids.length > mostNamed ? ['…'] : [])]

/** `given`, completed by its id; the first package by default. */
function completed(usual: readonly Offered[], given: OrderedPackage | undefined): OrderedPackage {
  if (given === null) return null
  const id = given === undefined ? usual[0]?.id : given.id
  if (id == null) return given ?? null
  const { updated_at, ...found } = findPackage(usual, id) ?? { id }
  return { ...found, ...given, id: found.id }
}
