import { contract } from '../../check'
import { expectStatus } from '../expect'
import { mainOrder, placedIds, post } from '../shared/orders'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const ordersConflict: Probe = {
  id: 'orders-conflict',
  title: 'Another order with the same id is a conflict',
  why: 'A client that uses an id twice needs to know.',
  expected: '409',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run(context) {
    const { exchange, body, hidden } = await mainOrder(context)
    placedIds(exchange)
    expectStatus(await context.call({ ...post(ordersPath, { ...body, job: { title: 'Verification' } }), hidden }), 409)
  },
}
