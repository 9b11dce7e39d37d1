import { contract } from '../../check'
import { entriesOf, expectThat } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const queryFields: Probe = {
  id: 'query-fields',
  title: 'fields chooses the properties of an answer',
  why: 'Clients ask for less to be faster.',
  expected: 'entries with nothing but their id for fields=id',
  source: contract('Operations', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      await firstAt(context, path)
      const exchange = await context.call({ path: `${path}?fields=id` })
      const isSo = entriesOf(exchange).every((entry) => Object.keys(entry).join() === 'id')
      expectThat(isSo, exchange, 'The entries have other properties too.')
    })
  },
}
