import { contract } from '../../check'
import { Envelope } from '../../../../schemas/envelope'
import { resourceNames, resourceOf } from '../../../ats/resources'
import { at, expectShape, expectThat } from '../expect'
import { atsPath, part } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsGet: Probe = {
  id: 'ats-get',
  title: 'A record of the ATS is read by its id',
  why: 'Providers read what an event names.',
  expected: '200 {data} with that record',
  source: contract('Reads of the ATS', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(resourceNames, async (name) => {
      const path = atsPath(name)
      const { id } = await firstAt(context, path)
      const exchange = await context.call({ path: `${path}/${part(id)}`, hidden: [id] })
      expectShape(exchange, Envelope(resourceOf(name).schema, ''))
      expectThat(at(exchange.json, 'data', 'id') === id, exchange, 'data has another id.')
    })
  },
}
