import { type Check, contract, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { isAccepted } from '../post'
import { expectAccepted, whyNotAccepted } from '../receiver'

export const receiverUnknownEvent: Check<ProviderContext> = {
  id: 'receiver-unknown-event',
  title: 'The webhook accepts an event that it does not know',
  why: 'What is refused is sent again and again. An event that is of no use to you is accepted and ignored.',
  expected: '2xx',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    if (receiver === null) return notGiven('--webhook-url')
    const usual = await receiver.usual()
    if (!isAccepted(usual.exchange)) return skipped(whyNotAccepted(usual.exchange))
    expectAccepted(receiver, await receiver.deliver(await receiver.order(), { event: 'ats_assessments.archived' }))
    return passed
  },
}
