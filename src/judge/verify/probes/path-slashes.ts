import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const pathSlashes: Probe = {
  id: 'path-slashes',
  title: 'A path with a double slash, or one at its end, is not found',
  why: 'A client that joins its base address wrongly needs to know.',
  expected: '404 for both',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: `${packagesPath}/` }), 404)
    expectStatus(await call({ path: packagesPath.replace('/packages', '//packages') }), 404)
  },
}
