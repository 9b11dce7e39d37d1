import { contract } from '../../check'
import { expectStatus } from '../expect'
import { candidate } from '../shared/bodies'
import { post } from '../shared/orders'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const bodyContentType: Probe = {
  id: 'body-content-type',
  title: 'A body that is not sent as JSON is refused',
  why: 'A client that forgets the content type needs to know.',
  expected: '400 for text/plain',
  source: contract('Errors', 'assumed'),
  isWriting: true,
  async run({ call, unknownId }) {
    const headers = { 'content-type': 'text/plain' }
    expectStatus(await call({ ...post(ordersPath, { id: unknownId, candidate }), headers }), 400)
  },
}
