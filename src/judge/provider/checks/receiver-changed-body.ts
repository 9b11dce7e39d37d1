import { type Check, contract, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { expectRefusal, isAccepted } from '../post'
import { whyNotAccepted } from '../receiver'

export const receiverChangedBody: Check<ProviderContext> = {
  id: 'receiver-changed-body',
  title: 'The webhook refuses a body that was changed after it was signed',
  why: 'Otherwise somebody on the way can change what StackOne says.',
  expected: 'a 4xx status, such as 401',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    if (receiver === null) return notGiven('--webhook-url')
    const usual = await receiver.usual()
    if (!isAccepted(usual.exchange)) return skipped(whyNotAccepted(usual.exchange))
    const exchange = await receiver.deliver(await receiver.order(), {
      tamper: (body) => body.replace('"event_date":"20', '"event_date":"19'),
    })
    expectRefusal(exchange, receiver.evidenceOf(exchange))
    return passed
  },
}
