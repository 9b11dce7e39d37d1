import { type JournalEntry } from '../../../../schemas/control/requests'
import { type Check, contract, NotAsExpected, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectUsualAccepted } from '../receiver'
import { evidenceOfReports, expectReports, isReported } from '../results'

/** Milliseconds beyond the time that one delivery takes. */
const quiet = 500

const acceptedOf = (attempts: readonly JournalEntry[]) => attempts.filter(({ status }) => status === 200).length

export const receiverRepeat: Check<WebhookContext> = {
  id: 'receiver-repeat',
  title: 'A delivery that is repeated is not a second assessment',
  why: 'Deliveries arrive at least once: one whose answer was lost is sent again, byte for byte.',
  expected: 'as many reports after three deliveries as after one',
  source: contract('Webhooks', 'documented'),
  async run({ receiver, results }) {
    await expectUsualAccepted(receiver)
    const one = await expectReports(results)
    // As long again as one took, for what may follow.
    const more = () => results.waitFor(order, () => false, Math.min(one.ms, results.withinMs) + quiet)
    const expected = acceptedOf(await results.attemptsOf(one.order))
    const order = await receiver.orders.next()
    const exchange = await receiver.deliver(order)
    await receiver.deliver(order)
    await results.waitFor(order, isReported)
    await more()
    await receiver.deliver(order)
    const attempts = await more()
    if (acceptedOf(attempts) > expected)
      throw new NotAsExpected(
        `One delivery leads to ${String(expected)} reports, the same delivery three times to ${String(acceptedOf(attempts))}. Keep a hash of each body, and answer 2xx to one that you know`,
        evidenceOfReports(receiver, exchange, attempts),
      )
    return passed
  },
}
