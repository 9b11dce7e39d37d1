import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectAccepted, expectUsualAccepted } from '../receiver'
import { expectReported, isReported } from '../results'

export const receiverNames: Check<WebhookContext> = {
  id: 'receiver-names',
  title: 'Candidates may have names in any script',
  why: 'Candidates are from everywhere.',
  expected: '2xx, and the same as for others',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver, results }) {
    await expectUsualAccepted(receiver)
    const orders = await receiver.orders.inAnyScript()
    for (const order of orders) expectAccepted(receiver, await receiver.deliver(order))
    if ((await results.usual()).isReported) {
      for (const order of orders) {
        const name = `${String(order.order.candidate?.first_name)} ${String(order.order.candidate?.last_name)}`
        const attempts = await results.waitFor(order, isReported)
        expectReported(order, attempts, `No result is reported for ${name}, as it is for others`)
      }
    }
    return passed
  },
}
