import { type Check, contract, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { expectRefusal, isAccepted } from '../post'
import { whyNotAccepted } from '../receiver'

export const receiverNoSignature: Check<ProviderContext> = {
  id: 'receiver-no-signature',
  title: 'The webhook refuses an event without a signature',
  why: 'StackOne signs every event. One without a signature is from somebody else.',
  expected: 'a 4xx status, such as 401',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    if (receiver === null) return notGiven('--webhook-url')
    const usual = await receiver.usual()
    if (!isAccepted(usual.exchange)) return skipped(whyNotAccepted(usual.exchange))
    const exchange = await receiver.deliver(await receiver.order(), { secret: null })
    expectRefusal(exchange, receiver.evidenceOf(exchange))
    return passed
  },
}
