import { contract } from '../../check'
import { expectStatus } from '../expect'
import { wrongOrder } from '../shared/wrong-order'
import type { Probe } from '../probe'

export const ordersWrongType: Probe = {
  id: 'orders-wrong-type',
  title: 'A value of another type is refused',
  why: 'Nothing is converted, so a client needs to know.',
  expected: '400 for emails that are not a list',
  source: contract('Operations', 'documented'),
  isWriting: true,
  async run(context) {
    expectStatus(await wrongOrder(context), 400)
  },
}
