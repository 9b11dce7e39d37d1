import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectAccepted, expectUsualAccepted } from '../receiver'

export const receiverSynthetic: Check<WebhookContext> = {
  id: 'receiver-synthetic',
  title: 'The webhook accepts a signed synthetic event',
  why: 'Where an ATS is polled, events have neither event_data nor raw_event. They are as genuine as the others.',
  expected: '2xx',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    await expectUsualAccepted(receiver)
    const exchange = await receiver.deliver(await receiver.orders.next(), { style: 'synthetic' })
    expectAccepted(receiver, exchange)
    return passed
  },
}
