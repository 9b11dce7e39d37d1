import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectRefusal } from '../post'
import { expectUsualAccepted } from '../receiver'

export const receiverOtherSecret: Check<WebhookContext> = {
  id: 'receiver-other-secret',
  title: 'The webhook refuses a signature of another secret',
  why: 'Otherwise anybody can order, or cancel, in the name of StackOne.',
  expected: 'a 4xx status, such as 401',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    await expectUsualAccepted(receiver)
    const exchange = await receiver.deliver(await receiver.orders.next(), { secret: 'another-secret' })
    expectRefusal(exchange, receiver.evidenceOf(exchange))
    return passed
  },
}
