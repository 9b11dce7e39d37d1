import { type Check, contract, NotAsExpected, passed } from '../../check'
import type { WebhookContext } from '../context'
import { capital, inShort, isAccepted } from '../post'

export const receiverNative: Check<WebhookContext> = {
  id: 'receiver-native',
  title: 'The webhook accepts a signed native event',
  why: 'This is how a provider learns about an order. An event that is not answered with 2xx is sent again a few times, and then lost.',
  expected: '2xx',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    const { exchange } = await receiver.usual()
    if (isAccepted(exchange)) return passed
    throw new NotAsExpected(
      `${capital(inShort(exchange))}. Are the address and the secret right?`,
      receiver.evidenceOf(exchange),
    )
  },
}
