import { contract } from '../../check'
import { expectStatus } from '../expect'
import { malformed } from '../shared/bodies'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const bodyCompressed: Probe = {
  id: 'body-compressed',
  title: 'A compressed body is refused',
  why: 'A client that compresses what it sends needs to know.',
  expected: '400',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run({ call }) {
    const headers = { 'content-encoding': 'gzip' }
    expectStatus(await call({ method: 'POST', path: ordersPath, headers, body: malformed }), 400)
  },
}
