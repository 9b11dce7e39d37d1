import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectAccepted, expectUsualAccepted } from '../receiver'
import { expectReported, isReported } from '../results'

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
    expectAccepted(receiver, await receiver.deliver(order))
    if ((await results.usual()).isReported) {
      const attempts = await results.waitFor(order, isReported)
      expectReported(order, attempts, 'No result is reported for this order, as it is for others')
    }
    return passed
  },
}
