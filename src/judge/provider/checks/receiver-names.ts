import { type Check, contract, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectAccepted, expectUsualAccepted } from '../receiver'
import { expectReported, isReported } from '../results'

/** Several scripts, directions, combining marks, an apostrophe, characters outside the basic plane. */
const names = [
  ['Zoë', "O'Brien-Łukasiewicz"],
  ['Ирина', 'Щербакова'],
  ['明美', '髙橋'],
  ['نور', 'الهاشمي'],
  ['אביגיל', 'כהן'],
  ['प्रिया', 'शर्मा'],
  ['Ngọc', 'Nguyễn Thị'],
  ['𠮷田', '😀 "Ace" <b>'],
] as const

export const receiverNames: Check<WebhookContext> = {
  id: 'receiver-names',
  title: 'Candidates may have names in any script',
  why: 'Candidates are from everywhere.',
  expected: '2xx, and the same as for others',
  source: contract('Webhooks', 'assumed'),
  async run({ receiver, results }) {
    await expectUsualAccepted(receiver)
    const orders = []
    for (const [first, last] of names) {
      const order = await receiver.order({
        candidate: { first_name: first, last_name: last, emails: [{ value: 'candidate@example.com' }] },
      })
      expectAccepted(receiver, await receiver.deliver(order))
      orders.push(order)
    }
    if ((await results.usual()).isReported) {
      for (const order of orders) {
        const attempts = await results.waitFor(order, isReported)
        const { first_name: first, last_name: last } = order.order.candidate ?? {}
        expectReported(
          order,
          attempts,
          `No result is reported for ${String(first)} ${String(last)}, as it is for others`,
        )
      }
    }
    return passed
  },
}
