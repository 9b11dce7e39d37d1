import { contract } from '../../check'
import { at, expectThat } from '../expect'
import { accountIds } from '../shared/accounts'
import { accountsPath, part } from '../shared/paths'
import type { Probe } from '../probe'

export const accountsFilters: Probe = {
  id: 'accounts-filters',
  title: 'Linked accounts can be filtered by id and by provider',
  why: 'Clients read those of one of their customers.',
  expected: 'the accounts with that id or provider, and no others',
  source: contract('Linked accounts', 'observed'),
  isWriting: false,
  async run({ call, account, unknownId }) {
    const one = await call({ path: `${accountsPath}/${part(account)}`, account: null })
    const provider = String(at(one.json, 'provider'))
    const filters = [
      [`account_ids=${part(account)}`, `account_ids=${unknownId}-too`],
      [`providers=${part(provider)}`, `providers=${unknownId}`],
    ] as const
    for (const [fitting, other] of filters) {
      const found = await call({ path: `${accountsPath}?${fitting}`, account: null, hidden: [provider] })
      expectThat(accountIds(found).includes(account), found, 'The account is not among them.')
      const none = await call({ path: `${accountsPath}?${other}`, account: null })
      expectThat(accountIds(none).length === 0, none, 'Accounts that do not fit are among them.')
    }
  },
}
