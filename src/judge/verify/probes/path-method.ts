import { contract } from '../../check'
import { expectStatus } from '../expect'
import { malformed } from '../shared/bodies'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const pathMethod: Probe = {
  id: 'path-method',
  title: 'A method that a path does not have is not found',
  why: 'A client with a wrong method needs to know.',
  expected: '404 for PUT of the packages',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ method: 'PUT', path: packagesPath, body: malformed }), 404)
  },
}
