import { contract } from '../../check'
import { at, expectThat } from '../expect'
import { mainOrder, placedIds } from '../shared/orders'
import type { Probe } from '../probe'

export const ordersTestUrl: Probe = {
  id: 'orders-test-url',
  title: 'test_url is an address that a browser opens',
  why: 'The candidate is sent there.',
  expected: 'an absolute address with http or https',
  source: contract('Orders', 'assumed'),
  isWriting: true,
  async run(context) {
    const { exchange } = await mainOrder(context)
    placedIds(exchange)
    const isSo = /^https?:\/\/[^/\s]+/.test(String(at(exchange.json, 'test_url')))
    expectThat(isSo, exchange, 'test_url is not such an address.')
  },
}
