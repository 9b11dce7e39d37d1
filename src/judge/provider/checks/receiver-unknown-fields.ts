import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectAccepted, expectUsualAccepted } from '../receiver'

export const receiverUnknownFields: Check<WebhookContext> = {
  id: 'receiver-unknown-fields',
  title: 'The webhook ignores fields that it does not know',
  why: 'StackOne may add properties at any time.',
  expected: '2xx',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver }) {
    await expectUsualAccepted(receiver)
    expectAccepted(
      receiver,
      await receiver.deliver(await receiver.orders.next(), {
        more: { trace_id: 'trace-1', tags: ['a', 'b'] },
        moreData: { locale: 'en' },
      }),
    )
    return passed
  },
}
