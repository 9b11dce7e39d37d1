import { contract } from '../../check'
import { expectStatus } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const pagingWrongSize: Probe = {
  id: 'paging-wrong-size',
  title: 'A page_size that is not a number from 1 to 100 is refused',
  why: 'A client that asks for more needs to know.',
  expected: '400 for 101, 0 and a word',
  source: contract('Pagination', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      await listAt(context, path)
      for (const size of ['101', '0', 'many'])
        expectStatus(await context.call({ path: `${path}?page_size=${size}` }), 400)
    })
  },
}
