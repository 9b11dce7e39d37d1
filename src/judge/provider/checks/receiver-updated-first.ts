import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectAccepted, expectUsualAccepted } from '../receiver'
import { expectAsUsual } from '../results'

export const receiverUpdatedFirst: Check<WebhookContext> = {
  id: 'receiver-updated-first',
  title: 'The webhook copes with an update that arrives before the order',
  why: 'Events are sent at least once, and may overtake each other.',
  expected: '2xx for both events, and the same as with the order alone',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver, results }) {
    await expectUsualAccepted(receiver)
    const order = await receiver.orders.next()
    expectAccepted(receiver, await receiver.deliver(order, { event: 'ats_assessments.updated' }))
    const exchange = await receiver.deliver(order)
    expectAccepted(receiver, exchange)
    const otherwise = 'No result is reported for this order, as it is for others'
    await expectAsUsual({ receiver, results }, { order, exchange }, otherwise)
    return passed
  },
}
