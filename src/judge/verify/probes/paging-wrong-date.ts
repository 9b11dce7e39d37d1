import { contract } from '../../check'
import { expectStatus } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const pagingWrongDate: Probe = {
  id: 'paging-wrong-date',
  title: 'An invalid date is refused',
  why: 'Otherwise, a client would mistake the whole list for what changed.',
  expected: '400 as updated_after and as filter[updated_after]',
  source: contract('Pagination', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      await listAt(context, path)
      for (const name of ['updated_after', 'filter[updated_after]'])
        expectStatus(await context.call({ path: `${path}?${name}=yesterday` }), 400)
    })
  },
}
