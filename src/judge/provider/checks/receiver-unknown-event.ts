import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectAccepted, expectUsualAccepted } from '../receiver'

export const receiverUnknownEvent: Check<WebhookContext> = {
  id: 'receiver-unknown-event',
  title: 'The webhook accepts an event that it does not know',
  why: 'A refused event is sent again and again. Accept events that you do not need, and ignore them.',
  expected: '2xx',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    await expectUsualAccepted(receiver)
    expectAccepted(
      receiver,
      await receiver.deliver(await receiver.orders.next(), { event: 'ats_assessments.archived' }),
    )
    return passed
  },
}
