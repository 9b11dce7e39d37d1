import { type Check, contract, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { isAccepted } from '../post'
import { expectAccepted, whyNotAccepted } from '../receiver'

export const receiverSynthetic: Check<ProviderContext> = {
  id: 'receiver-synthetic',
  title: 'The webhook accepts a signed synthetic event',
  why: 'Where an ATS is polled, events have neither event_data nor raw_event. They are as genuine as the others.',
  expected: '2xx',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    if (receiver === null) return notGiven('--webhook-url')
    const usual = await receiver.usual()
    if (!isAccepted(usual.exchange)) return skipped(whyNotAccepted(usual.exchange))
    const exchange = await receiver.deliver(await receiver.order(), { style: 'synthetic' })
    expectAccepted(receiver, exchange)
    return passed
  },
}
