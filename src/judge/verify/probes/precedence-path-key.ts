import { contract } from '../../check'
import { expectStatus } from '../expect'
import type { Probe } from '../probe'

export const precedencePathKey: Probe = {
  id: 'precedence-path-key',
  title: 'An unknown path is not found, even without a key',
  why: 'A client with a wrong address should learn that, and nothing about its key.',
  expected: '404',
  source: contract('Authentication and accounts', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: '/unified/ats/no_such_resource', auth: 'none', account: null }), 404)
  },
}
