import { contract } from '../../check'
import { isSameJson } from '../../../assessments/same-json'
import { entriesOf, expectThat } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const queryOldParameters: Probe = {
  id: 'query-old-parameters',
  title: 'page, updated_after and the bare keys of proxy are accepted',
  why: 'That is how the official SDK sends them.',
  expected: '200, with the same entries as without',
  source: contract('Operations', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      const plain = entriesOf(await listAt(context, path))
      for (const query of ['page=1', 'tenant=7']) {
        const exchange = await context.call({ path: `${path}?${query}` })
        expectThat(isSameJson(entriesOf(exchange), plain), exchange, 'It has other entries than without it.')
      }
      entriesOf(await context.call({ path: `${path}?updated_after=2000-01-01T00:00:00.000Z` }))
    })
  },
}
