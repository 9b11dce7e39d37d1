import { contract } from '../../check'
import { expectStatus } from '../expect'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const bodyEmpty: Probe = {
  id: 'body-empty',
  title: 'An empty body is refused',
  why: 'A client that forgets the body needs to know.',
  expected: '400',
  source: contract('Errors', 'assumed'),
  isWriting: true,
  async run({ call }) {
    expectStatus(await call({ method: 'POST', path: ordersPath, body: '' }), 400)
  },
}
