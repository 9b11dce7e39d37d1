import { contract } from '../../check'
import { expectThat } from '../expect'
import { mainOrder, placedIds } from '../shared/orders'
import type { Probe } from '../probe'

export const ordersOwnId: Probe = {
  id: 'orders-own-id',
  title: 'An order keeps the id of its body',
  why: 'Clients find their order by the id that they gave it.',
  expected: 'the id that was sent',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run(context) {
    const { exchange } = await mainOrder(context)
    expectThat(placedIds(exchange).id === context.orderId, exchange, 'It has another id.')
  },
}
