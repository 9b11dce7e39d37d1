import { contract } from '../../check'
import { expectStatus } from '../expect'
import { bareOrder } from '../shared/orders'
import type { Probe } from '../probe'

export const ordersAllNull: Probe = {
  id: 'orders-all-null',
  title: 'Every property of an order may be missing or null',
  why: 'Clients send what they know.',
  expected: '200 for an order in which all is null but the candidate',
  source: contract('Operations', 'documented'),
  isWriting: true,
  async run(context) {
    expectStatus(await bareOrder(context), 200)
  },
}
