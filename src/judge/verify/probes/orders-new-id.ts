import { contract } from '../../check'
import { expectThat } from '../expect'
import { bareOrder, placedIds } from '../shared/orders'
import type { Probe } from '../probe'

export const ordersNewId: Probe = {
  id: 'orders-new-id',
  title: 'An order without an id gets a UUID',
  why: 'Clients may leave the id to StackOne.',
  expected: 'a UUID as id',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run(context) {
    const exchange = await bareOrder(context)
    const isSo = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(placedIds(exchange).id)
    expectThat(isSo, exchange, 'The id is not a UUID.')
  },
}
