import { contract } from '../../check'
import { PackageDeletedSchema } from '../../../../schemas/background-checks/answers'
import { expectShape, expectStatus } from '../expect'
import { deletePackage, madePath } from '../shared/packages'
import type { Probe } from '../probe'

export const checksDeletePackage: Probe = {
  id: 'checks-delete-package',
  title: 'A deleted package is answered with {statusCode, message, timestamp}, and is gone',
  why: 'Providers manage their packages like this.',
  expected: '200, then 404',
  source: contract('Operations', 'documented'),
  isWriting: true,
  async run(context) {
    expectShape(await deletePackage(context), PackageDeletedSchema)
    expectStatus(await context.call(await madePath(context)), 404)
  },
}
