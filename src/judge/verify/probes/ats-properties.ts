import { contract } from '../../check'
import { resourceNames, resourceOf } from '../../../ats/resources'
import { entriesOf, expectThat } from '../expect'
import { atsPath } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsProperties: Probe = {
  id: 'ats-properties',
  title: 'Records of the ATS have no property that the sandbox does not know',
  why: 'A client that needs one would miss it in its tests.',
  expected: 'the published properties',
  source: contract('Reads of the ATS', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(resourceNames, async (name) => {
      const exchange = await listAt(context, atsPath(name))
      const known = Object.keys(resourceOf(name).schema.properties)
      const unknown = new Set(
        entriesOf(exchange)
          .flatMap(Object.keys)
          .filter((each) => !known.includes(each)),
      )
      expectThat(unknown.size === 0, exchange, `The sandbox does not know ${[...unknown].join(', ')}.`)
    })
  },
}
