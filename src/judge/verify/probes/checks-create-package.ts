import { contract } from '../../check'
import { PackageCreatedSchema } from '../../../../schemas/background-checks/answers'
import { at, expectShape, expectThat } from '../expect'
import { madePackage } from '../shared/packages'
import type { Probe } from '../probe'

export const checksCreatePackage: Probe = {
  id: 'checks-create-package',
  title: 'A package of background checks that is created gets 201 with its ids',
  why: 'Providers manage their packages like this.',
  expected: '201 {statusCode, message, timestamp, data} with id and remote_id',
  source: contract('Operations', 'documented'),
  isWriting: true,
  async run(context) {
    const exchange = await madePackage(context)
    expectShape(exchange, PackageCreatedSchema, 201)
    const isSo = ['id', 'remote_id'].every((name) => typeof at(exchange.json, 'data', name) === 'string')
    expectThat(isSo, exchange, 'data lacks id or remote_id.')
  },
}
