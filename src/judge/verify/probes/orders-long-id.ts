import { contract } from '../../check'
import { expectStatus } from '../expect'
import { candidate } from '../shared/bodies'
import { post } from '../shared/orders'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const ordersLongId: Probe = {
  id: 'orders-long-id',
  title: 'An order with an id of over 1,024 characters is refused',
  why: 'No client needs one.',
  expected: '400',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run({ call }) {
    expectStatus(await call(post(ordersPath, { id: 'a'.repeat(1025), candidate })), 400)
  },
}
