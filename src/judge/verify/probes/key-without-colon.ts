import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const keyWithoutColon: Probe = {
  id: 'key-without-colon',
  title: 'A key is accepted with and without the colon',
  why: "StackOne's own pages and samples encode it in both ways.",
  expected: '200 for both',
  source: contract('Authentication and accounts', 'documented'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: packagesPath }), 200)
    expectStatus(await call({ path: packagesPath, auth: 'bare' }), 200)
  },
}
