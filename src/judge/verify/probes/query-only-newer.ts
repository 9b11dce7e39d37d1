import { contract } from '../../check'
import { entriesOf, expectThat } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const queryOnlyNewer: Probe = {
  id: 'query-only-newer',
  title: 'filter and updated_after return only what changed after that time',
  why: 'Clients that synchronise would otherwise read everything again.',
  expected: 'no entry for a time far ahead',
  source: contract('Pagination', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      await listAt(context, path)
      for (const name of ['updated_after', 'filter[updated_after]']) {
        const exchange = await context.call({ path: `${path}?${name}=9999-01-01T00:00:00.000Z` })
        expectThat(entriesOf(exchange).length === 0, exchange, 'It has entries that changed earlier.')
      }
    })
  },
}
