import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const precedenceKeyAccount: Probe = {
  id: 'precedence-key-account',
  title: 'The key is checked before the account',
  why: 'Without a key, nobody should learn which accounts exist.',
  expected: '401 for a wrong key without x-account-id',
  source: contract('Authentication and accounts', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: packagesPath, auth: 'wrong', account: null }), 401)
  },
}
