import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectAccepted, expectUsualAccepted } from '../receiver'
import { expectAsUsual } from '../results'

export const receiverNames: Check<WebhookContext> = {
  id: 'receiver-names',
  title: 'Candidates may have names in any script',
  why: 'Candidates are from everywhere.',
  expected: '2xx, and the same as for others',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver, results }) {
    await expectUsualAccepted(receiver)
    const told = []
    for (const order of await receiver.orders.inAnyScript()) {
      const exchange = await receiver.deliver(order)
      expectAccepted(receiver, exchange)
      told.push({ order, exchange })
    }
    for (const each of told) {
      const { first_name: first, last_name: last } = { ...each.order.order.candidate }
      const name = `${String(first)} ${String(last)}`
      await expectAsUsual({ receiver, results }, each, `No result is reported for ${name}, as it is for others`)
    }
    return passed
  },
}
