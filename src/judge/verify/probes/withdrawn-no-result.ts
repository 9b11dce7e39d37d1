import { contract } from '../../check'
import { expectStatus } from '../expect'
import { bareOrder, placedIds } from '../shared/orders'
import { ordersPath, part } from '../shared/paths'
import type { Probe } from '../probe'

export const withdrawnNoResult: Probe = {
  id: 'withdrawn-no-result',
  title: 'An order without a result answers 404 for its results',
  why: 'A client that asks early has to try again later.',
  expected: '404',
  source: contract('Results', 'assumed'),
  isWriting: true,
  async run(context) {
    const { id } = placedIds(await bareOrder(context))
    expectStatus(await context.call({ path: `${ordersPath}/${part(id)}/results`, hidden: [id] }), 404)
  },
}
