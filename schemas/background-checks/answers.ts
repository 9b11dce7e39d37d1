import { type Static, Type } from '@sinclair/typebox'
import { Described, Text } from '../builders'
import { doneFacts } from '../done'

/** Answer to `POST /background_checks/packages`, with status 201. */
export const PackageCreatedSchema = Type.Object(
  {
    ...doneFacts(201, 'Record created successfully.'),
    data: Described('The identifiers of the package', {
      id: Text('Identifier of the package', 'check_standard'),
      remote_id: Text("The provider's identifier of the package", 'prov-check-2'),
    }),
  },
  { description: 'The package was created' },
)

export type PackageCreated = Static<typeof PackageCreatedSchema>

/** Answer to `PATCH /background_checks/packages/{id}`. */
export const PackageUpdatedSchema = Type.Object(doneFacts(200, 'Record updated successfully.'), {
  description: 'The package was changed',
})

/** Answer to `DELETE /background_checks/packages/{id}`. */
export const PackageDeletedSchema = Type.Object(doneFacts(200, 'Record deleted successfully.'), {
  description: 'The package was deleted',
})
