import { contract } from '../../check'
import { Page } from '../../../../schemas/envelope'
import { resourceNames, resourceOf } from '../../../ats/resources'
import { expectProperties, expectShape } from '../expect'
import { atsPath } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsList: Probe = {
  id: 'ats-list',
  title: 'The lists of the ATS answer {next, data}, with records in the published form',
  why: 'Providers read the candidate, the application and the job.',
  expected: '200 with next and data',
  source: contract('Reads of the ATS', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(resourceNames, async (name) => {
      const exchange = await listAt(context, atsPath(name))
      expectShape(exchange, Page(resourceOf(name).schema, ''))
      expectProperties(exchange, ['next', 'data'])
    })
  },
}
