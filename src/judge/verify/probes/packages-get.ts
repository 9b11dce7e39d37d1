import { contract } from '../../check'
import { AssessmentPackageSchema } from '../../../../schemas/assessment-package'
import { BackgroundCheckPackageSchema } from '../../../../schemas/background-checks/package'
import { Envelope } from '../../../../schemas/envelope'
import { at, expectShape, expectThat } from '../expect'
import { checkPackagesPath, packagesPath, part } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const packagesGet: Probe = {
  id: 'packages-get',
  title: 'A package is read by its id',
  why: 'Clients read the package that was ordered.',
  expected: '200 {data} with that package',
  source: contract('Operations', 'documented'),
  isWriting: false,
  async run(context) {
    const lists = [
      [packagesPath, AssessmentPackageSchema],
      [checkPackagesPath, BackgroundCheckPackageSchema],
    ] as const
    await everywhere(lists, async ([path, schema]) => {
      const { id } = await firstAt(context, path)
      const exchange = await context.call({ path: `${path}/${part(id)}`, hidden: [id] })
      expectShape(exchange, Envelope(schema, ''))
      expectThat(at(exchange.json, 'data', 'id') === id, exchange, 'data has another id.')
    })
  },
}
