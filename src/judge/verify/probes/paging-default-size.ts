import { contract } from '../../check'
import { isSameJson } from '../../../assessments/same-json'
import { entriesOf, expectThat } from '../expect'
import { packageLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const pagingDefaultSize: Probe = {
  id: 'paging-default-size',
  title: 'A page has 25 entries unless page_size says otherwise',
  why: 'Clients that leave it out count on it.',
  expected: 'the same entries as with page_size=25, and one at most with page_size=1',
  source: contract('Pagination', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(packageLists, async (path) => {
      const plain = entriesOf(await listAt(context, path))
      const sized = await context.call({ path: `${path}?page_size=25` })
      expectThat(isSameJson(entriesOf(sized), plain), sized, 'With page_size=25 it has other entries than without.')
      const single = await context.call({ path: `${path}?page_size=1` })
      expectThat(entriesOf(single).length <= 1, single, 'With page_size=1 it has more entries than one.')
    })
  },
}
