import { contract } from '../../check'
import { expectStatus } from '../expect'
import { mainOrder, placedIds, post } from '../shared/orders'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const ordersUnknownKept: Probe = {
  id: 'orders-unknown-kept',
  title: 'Unknown properties are a part of the order',
  why: 'A repeat that lacks them, or has others, is another order.',
  expected: '409 for the same order with one more unknown property',
  source: contract('Operations', 'assumed'),
  isWriting: true,
  async run(context) {
    const { exchange, body, hidden } = await mainOrder(context)
    placedIds(exchange)
    expectStatus(await context.call({ ...post(ordersPath, { ...body, verify_unknown: true }), hidden }), 409)
  },
}
