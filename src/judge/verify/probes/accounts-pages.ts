import { contract } from '../../check'
import { expectThat } from '../expect'
import { accountIds } from '../shared/accounts'
import { accountsPath } from '../shared/paths'
import type { Probe } from '../probe'

export const accountsPages: Probe = {
  id: 'accounts-pages',
  title: 'Linked accounts are paged by page and page_size',
  why: 'Clients with many customers read page by page.',
  expected: 'one account at most for page_size=1, and others on the second page',
  source: contract('Linked accounts', 'observed'),
  isWriting: false,
  async run({ call }) {
    const first = await call({ path: `${accountsPath}?page=1&page_size=1`, account: null })
    expectThat(accountIds(first).length === 1, first, 'It has another number of accounts than 1.')
    const second = await call({ path: `${accountsPath}?page=2&page_size=1`, account: null })
    expectThat(!accountIds(second).includes(accountIds(first)[0]), second, 'It has the account of the first page.')
  },
}
