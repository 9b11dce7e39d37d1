import { contract } from '../../check'
import { Envelope } from '../../../../schemas/envelope'
import { OrderSchema } from '../../../../schemas/order'
import { at, expectShape, expectThat } from '../expect'
import { orderId } from '../shared/orders'
import { ordersPath, part } from '../shared/paths'
import type { Probe } from '../probe'

export const withdrawnOrder: Probe = {
  id: 'withdrawn-order',
  title: 'The withdrawn read of an order is still answered',
  why: 'Older clients still call it.',
  expected: '200 {data} with the order',
  source: contract('Operations', 'assumed'),
  isWriting: true,
  async run(context) {
    const id = await orderId(context)
    const exchange = await context.call({ path: `${ordersPath}/${part(id)}` })
    expectShape(exchange, Envelope(OrderSchema, ''))
    expectThat(at(exchange.json, 'data', 'id') === id, exchange, 'data has another id.')
  },
}
