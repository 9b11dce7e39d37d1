import { contract } from '../../check'
import { expectStatus } from '../expect'
import type { Probe } from '../probe'

export const pathUnknown: Probe = {
  id: 'path-unknown',
  title: 'An unknown path is not found',
  why: 'A client with a wrong address needs to know.',
  expected: '404',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: '/unified/ats/no_such_resource' }), 404)
  },
}
