import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectAccepted, expectUsualAccepted } from '../receiver'

/** With the rest of the event, a little over a million bytes. */
const large = { headers: {}, body: { type: 'assessment.created', note: 'x'.repeat(1_000_000) } }

export const receiverLarge: Check<WebhookContext> = {
  id: 'receiver-large',
  title: 'The webhook accepts an event of 1 MB',
  why: 'A native event holds what the ATS sent, whatever its size.',
  expected: '2xx',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver }) {
    await expectUsualAccepted(receiver)
    expectAccepted(receiver, await receiver.deliver(await receiver.orders.next(), { more: { raw_event: large } }))
    return passed
  },
}
