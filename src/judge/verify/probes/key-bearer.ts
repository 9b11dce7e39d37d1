import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const keyBearer: Probe = {
  id: 'key-bearer',
  title: 'Only HTTP Basic is accepted',
  why: 'A client that sends its key as a bearer token needs to know.',
  expected: '401 for a bearer token',
  source: contract('Authentication and accounts', 'documented'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: packagesPath, auth: 'bearer' }), 401)
  },
}
