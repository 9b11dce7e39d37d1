import { type Check, contract, passed } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { expectInTime } from '../post'

export const receiverTime: Check<ProviderContext> = {
  id: 'receiver-time',
  title: 'The webhook answers within five seconds',
  why: 'Who sends events does not wait long, and sends again what was not answered. Accept the event first, and work on it later.',
  expected: '2xx within five seconds',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver }) {
    if (receiver === null) return notGiven('--webhook-url')
    const { exchange } = await receiver.usual()
    expectInTime(exchange, receiver.evidenceOf(exchange))
    return passed
  },
}
