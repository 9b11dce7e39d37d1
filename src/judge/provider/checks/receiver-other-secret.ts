import { type Check, contract, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { expectRefusal, isAccepted } from '../post'
import { whyNotAccepted } from '../receiver'

export const receiverOtherSecret: Check<ProviderContext> = {
  id: 'receiver-other-secret',
  title: 'The webhook refuses a signature of another secret',
  why: 'Otherwise anybody can order, or cancel, in the name of StackOne.',
  expected: 'a 4xx status, such as 401',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    if (receiver === null) return notGiven('--webhook-url')
    const usual = await receiver.usual()
    if (!isAccepted(usual.exchange)) return skipped(whyNotAccepted(usual.exchange))
    const exchange = await receiver.deliver(await receiver.order(), { secret: 'another-secret' })
    expectRefusal(exchange, receiver.evidenceOf(exchange))
    return passed
  },
}
