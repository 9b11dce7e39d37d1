import { contract } from '../../check'
import { PackageUpdatedSchema } from '../../../../schemas/background-checks/answers'
import { expectShape } from '../expect'
import { patch } from '../shared/orders'
import { madePath } from '../shared/packages'
import type { Probe } from '../probe'

export const checksUpdatePackage: Probe = {
  id: 'checks-update-package',
  title: 'A changed package is answered with {statusCode, message, timestamp}',
  why: 'Providers manage their packages like this.',
  expected: '200 with statusCode, message and timestamp',
  source: contract('Operations', 'documented'),
  isWriting: true,
  async run(context) {
    const { path, hidden } = await madePath(context)
    expectShape(await context.call({ ...patch(path, { name: 'Verification' }), hidden }), PackageUpdatedSchema)
  },
}
