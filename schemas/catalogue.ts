import { type Static, Type } from '@sinclair/typebox'
import { AssessmentPackageSchema } from './assessment-package'
import { DateTime } from './builders'

/** The packages on offer, in the form of `SANDBOX_PACKAGES`. */
export const CatalogueSchema = Type.Array(
  Type.Object({
    ...AssessmentPackageSchema.properties,
    id: Type.String({ minLength: 1, maxLength: 1024, description: 'Identifier of the package' }),
    updated_at: DateTime('When the package was last changed; only filters use it', '2026-01-05T08:00:00.000Z'),
  }),
  { description: 'The packages on offer' },
)

export type CataloguePackage = Static<typeof CatalogueSchema>[number]
