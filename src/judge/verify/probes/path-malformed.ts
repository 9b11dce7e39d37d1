import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const pathMalformed: Probe = {
  id: 'path-malformed',
  title: 'A path with a wrong percent-encoding is refused',
  why: 'A client that encodes ids wrongly needs to know.',
  expected: '400',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: `${packagesPath}/%zz` }), 400)
  },
}
