import { contract } from '../../check'
import { expectStatus } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const queryDateForms: Probe = {
  id: 'query-date-forms',
  title: 'updated_after may be just a date, or without seconds',
  why: 'Clients write dates in several ways.',
  expected: '200 for 2026-01-31 and for 2026-01-31T09:30Z',
  source: contract('Pagination', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      await listAt(context, path)
      for (const date of ['2026-01-31', '2026-01-31T09:30Z'])
        expectStatus(await context.call({ path: `${path}?updated_after=${date}` }), 200)
    })
  },
}
