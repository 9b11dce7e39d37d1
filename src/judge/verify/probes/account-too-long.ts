import { contract } from '../../check'
import { maxAccountLength } from '../../../../schemas/headers'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const accountTooLong: Probe = {
  id: 'account-too-long',
  title: 'An account of over 255 characters is refused',
  why: 'No account has such an id, so it is a mistake of the client.',
  expected: '400',
  source: contract('Authentication and accounts', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: packagesPath, account: 'a'.repeat(maxAccountLength + 1) }), 400)
  },
}
