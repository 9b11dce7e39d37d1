import type { JournalEntry } from '../../../../schemas/control/requests'
import { type Check, contract, NotAsExpected, passed } from '../../check'
import type { WebhookContext } from '../context'
import { evidenceOfReports, expectReports } from '../results'

/** Milliseconds that are watched after the first report, and those at the end in which none may follow. */
const watched = 6_000
const lately = 2_500
const most = 3

/** How often the report was sent that was sent most. */
function alike(attempts: readonly JournalEntry[]): number {
  const bodies = attempts.map(({ request }) => request.body)
  return Math.max(0, ...bodies.map((body) => bodies.filter((other) => other === body).length))
}

const tooMany = (attempts: readonly JournalEntry[]) => alike(attempts) > most

export const resultRefused: Check<WebhookContext> = {
  id: 'result-refused',
  title: 'A report that is refused with 400 is not repeated for ever',
  why: 'The same body is refused each time. Repeating it uses up the limit of calls, and hides the mistake.',
  expected: 'the same report at most three times within six seconds, and not in the last of these',
  source: contract('Errors', 'documented'),
  async run(context) {
    const { account, receiver, results } = context
    await expectReports(results)
    await results.settle()
    await account.faults.add({ on: 'results.update', status: 400, always: true })
    const order = await receiver.orders.next()
    const delivering = receiver.deliver(order)
    await results.waitFor(order, (attempts) => attempts.length > 0)
    const before = await results.waitFor(order, tooMany, watched - lately)
    const attempts = await results.waitFor(order, tooMany, lately)
    await account.faults.clear()
    const exchange = await delivering
    const evidence = evidenceOfReports(receiver, exchange, attempts)
    if (attempts.length === 0) throw new NotAsExpected('This time, no result was reported', evidence)
    if (tooMany(attempts) || alike(attempts) > Math.max(1, alike(before)))
      throw new NotAsExpected(
        `It was sent ${String(alike(attempts))} times within ${String(watched / 1_000)} s, and was still being sent`,
        evidence,
      )
    return passed
  },
}
