import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const keyWrong: Probe = {
  id: 'key-wrong',
  title: 'A call with a wrong key is refused',
  why: 'A client whose key is wrong needs to know.',
  expected: '401',
  source: contract('Authentication and accounts', 'documented'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: packagesPath, auth: 'wrong' }), 401)
  },
}
