import type { BackgroundCheckPackage, PackageToCreate, PackageToUpdate } from '../../schemas/background-checks/package'
import { findPackage, unknownPackage } from '../assessments/find-package'
import { isoTime } from '../date-time'
import type { Deps } from '../deps'
import { errors } from '../errors'
import type { Ids } from '../ids'
import { noWarnings, type Warnings } from '../warnings'
import { type CheckPackage, defaultPackages } from './default-packages'

type PackageDeps = Pick<Deps, 'records' | 'clock' | 'ids'>
type Tests = BackgroundCheckPackage['tests']
type TestToUpdate = NonNullable<PackageToUpdate['tests']>[number]

const kind = 'background_check_packages'

/** The packages of an account: the default ones, with what it made, changed and deleted. Those it made come last. */
export async function checkPackages(
  { records }: Pick<Deps, 'records'>,
  accountId: string,
): Promise<readonly CheckPackage[]> {
  const kept = await records.list(accountId, kind)
  if (kept.length === 0) return defaultPackages
  const packages = new Map(defaultPackages.map((each) => [each.id, each]))
  for (const { id, value } of kept) {
    if (value === null) packages.delete(id)
    else packages.set(id, JSON.parse(value) as CheckPackage)
  }
  return [...packages.values()]
}

/** The package with that id or remote id. Throws `unknownPackage`. */
export async function findCheckPackage(
  deps: Pick<Deps, 'records'>,
  accountId: string,
  id: string,
): Promise<CheckPackage> {
  const found = findPackage(await checkPackages(deps, accountId), id)
  if (found === undefined) throw errors.unknownPackage(id)
  return found
}

/**
 * Warns about an ordered package that is not among the account's. If the account never changed the default packages,
 * nothing is checked, since they are invented and any id may be a real one.
 */
export async function unknownCheckPackage(
  deps: Pick<Deps, 'records'>,
  accountId: string,
  ordered: BackgroundCheckPackage | null | undefined,
): Promise<Warnings> {
  const packages = await checkPackages(deps, accountId)
  if (packages === defaultPackages) return noWarnings
  return unknownPackage(packages, ordered, "the account's packages of background checks")
}

/** Creates a package. The sandbox assigns its ids and those of its tests. Throws `tooManyRecords`. */
export async function createCheckPackage(
  { records, clock, ids }: PackageDeps,
  accountId: string,
  { name, description, tests }: PackageToCreate,
): Promise<{ id: string; remote_id: string }> {
  const fresh = freshIds(ids)
  const made = {
    ...fresh,
    ...given({ name, description, tests: each(tests, (test) => madeOf(test, undefined, freshIds(ids))) }),
    updated_at: isoTime(clock.now()),
  }
  await records.change({ accountId, kind, id: fresh.id }, () => ({ value: JSON.stringify(made), news: null }))
  return fresh
}

/**
 * Changes a package: what `update` leaves out stays, null clears. Its tests replace those of the package; one with the id
 * of an earlier test keeps of that what it leaves out. How StackOne merges is undocumented, so it is assumed. Throws
 * `unknownPackage` and `tooManyRecords`.
 */
export async function updateCheckPackage(
  { records, clock, ids }: PackageDeps,
  accountId: string,
  id: string,
  { name, description, tests }: PackageToUpdate,
): Promise<void> {
  const found = await findCheckPackage({ records }, accountId, id)
  // Drawn here, since a store may repeat the change.
  const listed = each(tests, (test) => ({ test, fresh: freshIds(ids) }))
  const now = isoTime(clock.now())
  await records.change({ accountId, kind, id: found.id }, (kept) => {
    const before = current(kept, found.id, id)
    const changed = {
      ...before,
      ...given({
        name,
        description,
        tests: each(listed, ({ test, fresh }) => madeOf(test, before.tests, fresh)),
      }),
      updated_at: now,
    }
    return { value: JSON.stringify(changed), news: null }
  })
}

/** Deletes a package. Orders of it stay. Throws `unknownPackage` and `tooManyRecords`. */
export async function deleteCheckPackage(
  { records }: Pick<Deps, 'records'>,
  accountId: string,
  id: string,
): Promise<void> {
  const found = await findCheckPackage({ records }, accountId, id)
  await records.change({ accountId, kind, id: found.id }, (kept) => {
    current(kept, found.id, id)
    return { value: null, news: null }
  })
}

/** The package as it is kept, or the default one. */
function current(kept: string | null | undefined, id: string, asked: string): CheckPackage {
  const found =
    kept === undefined ? defaultPackages.find((each) => each.id === id) : kept && (JSON.parse(kept) as CheckPackage)
  if (!found) throw errors.unknownPackage(asked)
  return found
}

/** `test` as it is kept: an earlier test with its id, changed, or a new one with the ids `fresh`. */
function madeOf({ id, name, description }: TestToUpdate, earlier: Tests, fresh: ReturnType<typeof freshIds>) {
  const before = id == null ? undefined : earlier?.find((each) => each.id === id || each.remote_id === id)
  return { ...(before ?? fresh), ...given({ name, description }) }
}

const freshIds = (ids: Ids) => ({ id: ids.uuid(), remote_id: ids.uuid() })

/** The list with each entry changed. Null stays null, which clears, and undefined undefined, which does not. */
const each = <T, U>(list: readonly T[] | null | undefined, change: (one: T) => U): U[] | null | undefined =>
  list == null ? list : list.map(change)

/** What is given of `facts`: null is. */
const given = (facts: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
