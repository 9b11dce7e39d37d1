import { contract } from '../../check'
import { AssessmentPackageSchema } from '../../../../schemas/assessment-package'
import { BackgroundCheckPackageSchema } from '../../../../schemas/background-checks/package'
import { Page } from '../../../../schemas/envelope'
import { expectProperties, expectShape } from '../expect'
import { checkPackagesPath, packagesPath } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const packagesList: Probe = {
  id: 'packages-list',
  title: 'The lists of packages answer {next, data}, with packages in the published form',
  why: 'Clients read the packages to offer them.',
  expected: '200 with next and data',
  source: contract('Operations', 'documented'),
  isWriting: false,
  async run(context) {
    const lists = [
      [packagesPath, AssessmentPackageSchema],
      [checkPackagesPath, BackgroundCheckPackageSchema],
    ] as const
    await everywhere(lists, async ([path, schema]) => {
      const exchange = await listAt(context, path)
      expectShape(exchange, Page(schema, ''))
      expectProperties(exchange, ['next', 'data'])
    })
  },
}
