import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectRefusal } from '../post'
import { expectUsualAccepted } from '../receiver'

export const receiverNoSignature: Check<WebhookContext> = {
  id: 'receiver-no-signature',
  title: 'The webhook refuses an event without a signature',
  why: 'StackOne signs every event. One without a signature is from somebody else.',
  expected: 'a 4xx status, such as 401',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    await expectUsualAccepted(receiver)
    const exchange = await receiver.deliver(await receiver.orders.next(), { secret: null })
    expectRefusal(exchange, receiver.evidenceOf(exchange))
    return passed
  },
}
