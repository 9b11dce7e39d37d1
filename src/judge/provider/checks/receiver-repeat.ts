import { type JournalEntry } from '../../../../schemas/control/requests'
import { type Check, contract, NotAsExpected, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectUsualAccepted } from '../receiver'
import { evidenceOfReports, expectReports, isReported } from '../results'

/** Milliseconds that are watched after the last delivery. */
const watched = 2_500

const acceptedOf = (attempts: readonly JournalEntry[]) => attempts.filter(({ status }) => status === 200).length

export const receiverRepeat: Check<WebhookContext> = {
  id: 'receiver-repeat',
  title: 'A repeated delivery does not start a second assessment',
  why: 'Deliveries arrive at least once: one whose answer was lost is sent again, byte for byte.',
  expected: 'as many reports after three deliveries as after one',
  source: contract('Webhooks', 'documented'),
  async run({ receiver, results }) {
    await expectUsualAccepted(receiver)
    const one = await expectReports(results)
    const expected = acceptedOf(await results.waitUntilQuiet(one.order))
    const order = await receiver.orders.next()
    const exchange = await receiver.deliver(order)
    await receiver.deliver(order)
    await results.waitFor(order, isReported)
    await results.waitUntilQuiet(order)
    await receiver.deliver(order)
    // As long as a new assessment might take until it is reported.
    await results.waitFor(order, () => false, watched)
    const attempts = await results.waitUntilQuiet(order)
    if (acceptedOf(attempts) > expected)
      throw new NotAsExpected(
        `Reports after one delivery: ${String(expected)}; after the same delivery three times: ${String(acceptedOf(attempts))}. Keep a hash of each body, and answer 2xx to one that you know`,
        evidenceOfReports(receiver, exchange, attempts),
      )
    return passed
  },
}
