import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectInTime } from '../post'

export const receiverTime: Check<WebhookContext> = {
  id: 'receiver-time',
  title: 'The webhook answers within five seconds',
  why: 'A sender of events does not wait long, and sends an unanswered event again. Accept the event first, and process it later.',
  expected: '2xx within five seconds',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver }) {
    const { exchange } = await receiver.usual()
    expectInTime(exchange, receiver.evidenceOf(exchange))
    return passed
  },
}
