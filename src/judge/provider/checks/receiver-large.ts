import { type Check, contract, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { isAccepted } from '../post'
import { expectAccepted, whyNotAccepted } from '../receiver'

/** With the rest of the event, a little over a million bytes. */
const large = { headers: {}, body: { type: 'assessment.created', note: 'x'.repeat(1_000_000) } }

export const receiverLarge: Check<ProviderContext> = {
  id: 'receiver-large',
  title: 'The webhook accepts an event of 1 MB',
  why: 'A native event holds what the ATS sent, whatever its size.',
  expected: '2xx',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver }) {
    if (receiver === null) return notGiven('--webhook-url')
    const usual = await receiver.usual()
    if (!isAccepted(usual.exchange)) return skipped(whyNotAccepted(usual.exchange))
    expectAccepted(receiver, await receiver.deliver(await receiver.order(), { more: { raw_event: large } }))
    return passed
  },
}
