import { contract } from '../../check'
import { OrderPlacedSchema } from '../../../../schemas/order'
import { expectProperties, expectShape } from '../expect'
import { mainOrder } from '../shared/orders'
import type { Probe } from '../probe'

export const ordersAnswer: Probe = {
  id: 'orders-answer',
  title: 'An order is answered with {id, remote_id, test_url}, without data around it',
  why: 'Clients send the candidate to test_url.',
  expected: '200 with id, remote_id and test_url',
  source: contract('Operations', 'documented'),
  isWriting: true,
  async run(context) {
    const { exchange } = await mainOrder(context)
    expectShape(exchange, OrderPlacedSchema)
    expectProperties(exchange, ['id', 'remote_id', 'test_url'])
  },
}
