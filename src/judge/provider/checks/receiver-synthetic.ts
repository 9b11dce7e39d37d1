import { type Check, contract, NotAsExpected, passed } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { capital, inShort, isAccepted } from '../post'

export const receiverSynthetic: Check<ProviderContext> = {
  id: 'receiver-synthetic',
  title: 'The webhook accepts a signed synthetic event',
  why: 'Where an ATS is polled, events have neither event_data nor raw_event. They are as genuine as the others.',
  expected: '2xx',
  source: contract('Webhooks', 'documented'),
  async run({ receiver }) {
    if (receiver === null) return notGiven('--webhook-url')
    const exchange = await receiver.deliver(await receiver.order(), { style: 'synthetic' })
    if (isAccepted(exchange)) return passed
    throw new NotAsExpected(capital(inShort(exchange)), receiver.evidenceOf(exchange))
  },
}
