import { contract } from '../../check'
import { expectStatus } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const pagingWrongPage: Probe = {
  id: 'paging-wrong-page',
  title: 'A page that is not a number from 1 up is refused',
  why: 'A client that counts from 0 needs to know.',
  expected: '400 for 0 and a word',
  source: contract('Pagination', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      await listAt(context, path)
      for (const page of ['0', 'first']) expectStatus(await context.call({ path: `${path}?page=${page}` }), 400)
    })
  },
}
