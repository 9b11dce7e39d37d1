import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const keyMissing: Probe = {
  id: 'key-missing',
  title: 'A call without a key is refused',
  why: 'A client whose key is missing needs to know.',
  expected: '401',
  source: contract('Authentication and accounts', 'documented'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: packagesPath, auth: 'none' }), 401)
  },
}
