import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectInTime } from '../post'

export const receiverTime: Check<WebhookContext> = {
  id: 'receiver-time',
  title: 'The webhook answers within five seconds',
  why: 'Who sends events does not wait long, and sends again what was not answered. Accept the event first, and work on it later.',
  expected: '2xx within five seconds',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver }) {
    const { exchange } = await receiver.usual()
    expectInTime(exchange, receiver.evidenceOf(exchange))
    return passed
  },
}
