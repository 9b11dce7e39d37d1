import { contract } from '../../check'
import { expectStatus } from '../expect'
import { accountsPath, part } from '../shared/paths'
import type { Probe } from '../probe'

export const accountsKey: Probe = {
  id: 'accounts-key',
  title: 'The linked accounts need a key',
  why: 'Nobody else may learn which accounts are linked.',
  expected: '401 without a key',
  source: contract('Linked accounts', 'observed'),
  isWriting: false,
  async run({ call, account }) {
    for (const path of [accountsPath, `${accountsPath}/${part(account)}`])
      expectStatus(await call({ path, auth: 'none', account: null }), 401)
  },
}
