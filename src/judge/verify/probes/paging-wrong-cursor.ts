import { contract } from '../../check'
import { expectStatus } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const pagingWrongCursor: Probe = {
  id: 'paging-wrong-cursor',
  title: 'A cursor that the server did not issue is refused',
  why: 'A client that makes cursors up needs to know.',
  expected: '400',
  source: contract('Pagination', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      await listAt(context, path)
      expectStatus(await context.call({ path: `${path}?next=not-a-cursor` }), 400)
    })
  },
}
