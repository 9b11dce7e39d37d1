import type { CataloguePackage } from '../../schemas/catalogue'
import type { Warning } from '../../schemas/control/requests'
import type { OrderRequest } from '../../schemas/order'
import type { Deps } from '../deps'
import { nearestName } from '../validation/nearest-name'
import { noWarnings, type Warnings, warningsOf } from '../warnings'

/** The package with that id or remote id (docs/contract.md: Identifiers); undefined if there is none. */
export const findPackage = (catalogue: readonly CataloguePackage[], id: string): CataloguePackage | undefined =>
  catalogue.find((each) => each.id === id) ?? catalogue.find((each) => each.remote_id === id)

/**
 * Warns about an ordered package that is missing from the user's catalogue. With the built-in one nothing is checked,
 * since its packages are invented and any id may be a real one.
 */
export function unknownPackage(
  { catalogue, config }: Pick<Deps, 'catalogue' | 'config'>,
  { package: ordered }: OrderRequest,
): Warnings {
  if (config.packages === null || ordered == null) return noWarnings
  const { id, remote_id, name } = ordered
  const asked = { id, remote_id, ...(!id && !remote_id && { name }) }
  return warningsOf(
    ...Object.entries(asked)
      .filter(([property, value]) => value && !isIn(catalogue, property as keyof typeof asked, value))
      .map(([property, value]) => aboutMissing(catalogue, property as keyof typeof asked, String(value))),
  )
}

const isIn = (catalogue: readonly CataloguePackage[], property: 'id' | 'remote_id' | 'name', value: string) =>
  property === 'name' ? catalogue.some(({ name }) => name === value) : findPackage(catalogue, value) !== undefined

function aboutMissing(
  catalogue: readonly CataloguePackage[],
  property: 'id' | 'remote_id' | 'name',
  value: string,
): Warning {
  const path = `body/package/${property}`
  const known = catalogue.flatMap((each) => each[property] ?? [])
  const nearest = nearestName(value, known)
  const advice = nearest === null ? '' : `; the nearest there is ${nearest.name}`
  return { path, message: `${path} is not in the catalogue of SANDBOX_PACKAGES${advice}` }
}
