import { contract } from '../../check'
import { isSameJson } from '../../../assessments/same-json'
import { expectThat } from '../expect'
import { accountIds } from '../shared/accounts'
import { accountsPath } from '../shared/paths'
import type { Probe } from '../probe'

export const accountsOrder: Probe = {
  id: 'accounts-order',
  title: 'Linked accounts are sorted by id, 25 to a page',
  why: 'Clients that read page by page miss none.',
  expected: 'the ids in ascending order; the same with page_size=25',
  source: contract('Linked accounts', 'assumed'),
  isWriting: false,
  async run({ call }) {
    const plain = await call({ path: accountsPath, account: null })
    const ids = accountIds(plain)
    expectThat(isSameJson(ids, ids.toSorted()), plain, 'They are in another order.')
    const sized = await call({ path: `${accountsPath}?page_size=25`, account: null })
    expectThat(isSameJson(accountIds(sized), ids), sized, 'With page_size=25 it has others than without.')
  },
}
