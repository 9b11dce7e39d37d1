import type { CataloguePackage } from '../../schemas/catalogue'
import type { OrderRequest } from '../../schemas/order'
import type { Deps } from '../deps'
import { nearestName } from '../validation/nearest-name'
import { noWarnings, type Warnings, warningsOf } from '../validation/warnings'

/** The package of that id or remote id (contract: Ids); undefined when there is none. */
export const findPackage = (catalogue: readonly CataloguePackage[], id: string): CataloguePackage | undefined =>
  catalogue.find((each) => each.id === id) ?? catalogue.find((each) => each.remote_id === id)

/**
 * Warns of an ordered package that is not in the catalogue, where the user gave one: the invented packages are nobody's,
 * so there any id may be a real one.
 */
export function unknownPackage(
  { catalogue, config }: Pick<Deps, 'catalogue' | 'config'>,
  { package: ordered }: OrderRequest,
): Warnings {
  if (config.packages === null || ordered == null) return noWarnings
  const [property, value] =
    (['id', 'remote_id', 'name'] as const)
      .map((name) => [name, ordered[name]] as const)
      .find(([, value]) => value != null && value !== '') ?? []
  if (property === undefined || value == null) return noWarnings
  const isKnown =
    property === 'name' ? catalogue.some(({ name }) => name === value) : findPackage(catalogue, value) !== undefined
  if (isKnown) return noWarnings
  const path = `body/package/${property}`
  const nearest = nearestName(
    value,
    catalogue.flatMap((each) => each[property] ?? []),
  )
  const advice = nearest === null ? '' : `; the nearest there is ${nearest.name}`
  return warningsOf({ path, message: `${path} is not in the catalogue of SANDBOX_PACKAGES${advice}` })
}
