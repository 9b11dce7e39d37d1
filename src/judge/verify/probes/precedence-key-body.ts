import { contract } from '../../check'
import { expectStatus } from '../expect'
import { malformed } from '../shared/bodies'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const precedenceKeyBody: Probe = {
  id: 'precedence-key-body',
  title: 'The key is checked before the body',
  why: 'A client should correct its key first.',
  expected: '401 for a wrong key with malformed JSON',
  source: contract('Authentication and accounts', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ method: 'POST', path: ordersPath, auth: 'wrong', body: malformed }), 401)
  },
}
