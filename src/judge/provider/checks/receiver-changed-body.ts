import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectRefusal } from '../post'
import { expectUsualAccepted } from '../receiver'

export const receiverChangedBody: Check<WebhookContext> = {
  id: 'receiver-changed-body',
  title: 'The webhook refuses a body that was changed after it was signed',
  why: 'Otherwise somebody on the way can change what StackOne says.',
  expected: 'a 4xx status, such as 401',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    await expectUsualAccepted(receiver)
    const exchange = await receiver.deliver(await receiver.orders.next(), {
      tamper: (body) => body.replace('"event_date":"20', '"event_date":"19'),
    })
    expectRefusal(exchange, receiver.evidenceOf(exchange))
    return passed
  },
}
