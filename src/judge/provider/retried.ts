import type { FaultToAdd } from '../../../schemas/control/faults'
import type { JournalEntry } from '../../../schemas/control/requests'
import { type Evidence, type Finding, NotAsExpected, passed } from '../check'
import type { WebhookContext } from './context'
import { evidenceOfReports, expectReports, isReported } from './results'

/** A clock that is a little ahead is no mistake. */
const tolerance = 50

/** Whether a report that fails is repeated, `afterMs` after it failed or later. */
export async function retried(
  { account, receiver, results }: WebhookContext,
  { fault, afterMs }: { fault: Omit<FaultToAdd, 'on'>; afterMs: number },
): Promise<Finding> {
  await expectReports(results)
  await results.settle()
  const order = await receiver.orders.next()
  // Until this order has met it: late reports of earlier orders may come first.
  await account.faults.add({ ...fault, on: 'results.update', always: true })
  const delivering = receiver.deliver(order)
  await results.waitFor(order, (attempts) => attempts.length > 0)
  await account.faults.clear()
  const attempts = await results.waitFor(order, isReported, afterMs + results.withinMs)
  judge(attempts, afterMs, evidenceOfReports(receiver, await delivering, attempts))
  return passed
}

function judge(attempts: readonly JournalEntry[], afterMs: number, evidence: Evidence): void {
  const [failed, ...later] = attempts
  if (failed === undefined) throw new NotAsExpected('This time, no result was reported', evidence)
  // What follows may also be another report, with more in it.
  const second = later.find(({ request }) => request.body === failed.request.body) ?? later[0]
  if (second === undefined) throw new NotAsExpected('The report was not repeated', evidence)
  // The journal has the time of the answer.
  const waited = Date.parse(second.at) - second.ms - Date.parse(failed.at)
  if (waited + tolerance < afterMs)
    throw new NotAsExpected(
      `It was repeated after ${String(Math.round(waited))} ms, although Retry-After asked for ${String(afterMs / 1_000)} s`,
      evidence,
    )
  if (!isReported(attempts)) throw new NotAsExpected('It was repeated, but never accepted', evidence)
}
