import { contract } from '../../check'
import { isSameJson } from '../../../assessments/same-json'
import { expectStatus, expectThat } from '../expect'
import { mainOrder, placedIds, post } from '../shared/orders'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const ordersRepeat: Probe = {
  id: 'orders-repeat',
  title: 'The same order again is the same order',
  why: 'A client that repeats a call after a broken connection must not order twice.',
  expected: 'the same answer',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run(context) {
    const { exchange, body, hidden } = await mainOrder(context)
    placedIds(exchange)
    const again = await context.call({ ...post(ordersPath, body), hidden })
    expectStatus(again, 200)
    expectThat(isSameJson(again.json, exchange.json), again, 'It is another order.')
  },
}
