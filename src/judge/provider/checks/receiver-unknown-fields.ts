import { type Check, contract, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { isAccepted } from '../post'
import { expectAccepted, whyNotAccepted } from '../receiver'

export const receiverUnknownFields: Check<ProviderContext> = {
  id: 'receiver-unknown-fields',
  title: 'The webhook ignores fields that it does not know',
  why: 'StackOne may add properties at any time.',
  expected: '2xx',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver }) {
    if (receiver === null) return notGiven('--webhook-url')
    const usual = await receiver.usual()
    if (!isAccepted(usual.exchange)) return skipped(whyNotAccepted(usual.exchange))
    expectAccepted(
      receiver,
      await receiver.deliver(await receiver.order(), {
        more: { trace_id: 'trace-1', tags: ['a', 'b'] },
        moreData: { locale: 'en' },
      }),
    )
    return passed
  },
}
