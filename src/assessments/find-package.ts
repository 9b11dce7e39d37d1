import type { Warning } from '../../schemas/control/requests'
import { nearestName } from '../validation/nearest-name'
import { noWarnings, type Warnings, warningsOf } from '../warnings'

/** What is needed of a package, of whichever kind, to find it. */
interface Findable {
  id: string
  remote_id?: string | null | undefined
  name?: string | null | undefined
}

/** How an order names a package. */
type Ordered = { [Property in keyof Findable]?: string | null | undefined } | null | undefined

/** The package with that id or remote id (docs/contract.md: Identifiers); undefined if there is none. */
export const findPackage = <P extends Findable>(packages: readonly P[], id: string): P | undefined =>
  packages.find((each) => each.id === id) ?? packages.find((each) => each.remote_id === id)

/** Warns about an ordered package that is not in `packages`, which are called `where`. */
export function unknownPackage(packages: readonly Findable[], ordered: Ordered, where: string): Warnings {
  if (ordered == null) return noWarnings
  const { id, remote_id, name } = ordered
  const asked = { id, remote_id, ...(!id && !remote_id && { name }) }
  return warningsOf(
    ...Object.entries(asked)
      .filter(([property, value]) => value && !isIn(packages, property as keyof Findable, value))
      .map(([property, value]) => aboutMissing(packages, property as keyof Findable, String(value), where)),
  )
}

const isIn = (packages: readonly Findable[], property: keyof Findable, value: string) =>
  property === 'name' ? packages.some(({ name }) => name === value) : findPackage(packages, value) !== undefined

function aboutMissing(packages: readonly Findable[], property: keyof Findable, value: string, where: string): Warning {
  const path = `body/package/${property}`
  const known = packages.flatMap((each) => each[property] ?? [])
  const nearest = nearestName(value, known)
  const advice = nearest === null ? '' : `; the nearest there is ${nearest.name}`
  return { path, message: `${path} is not in ${where}${advice}` }
}
