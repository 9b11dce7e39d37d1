import { contract } from '../../check'
import { expectStatus } from '../expect'
import { candidate } from '../shared/bodies'
import { post } from '../shared/orders'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const ordersHalfCharacter: Probe = {
  id: 'orders-half-character',
  title: 'An id with half of a surrogate pair is refused',
  why: 'It is not valid text, and could not be stored unchanged.',
  expected: '400',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run({ call }) {
    expectStatus(await call(post(ordersPath, { id: 'verify-\ud800', candidate })), 400)
  },
}
