import type { FaultToAdd } from '../../../schemas/control/faults'
import type { JournalEntry } from '../../../schemas/control/requests'
import { type Finding, NotAsExpected, passed } from '../check'
import type { WebhookContext } from './context'
import { evidenceOfReports, expectReports, isReported } from './results'

/** A clock that is a little ahead is no mistake. */
const tolerance = 50

/** Whether a report that fails once is repeated, `afterMs` after it failed or later. */
export async function retried(
  { account, receiver, results }: WebhookContext,
  { fault, afterMs }: { fault: Omit<FaultToAdd, 'on'>; afterMs: number },
): Promise<Finding> {
  await expectReports(results)
  await results.settle()
  await account.faults.add({ ...fault, on: 'results.update', times: 1 })
  const order = await receiver.orders.next()
  const delivering = receiver.deliver(order)
  await results.waitFor(order, (attempts) => attempts.length > 0)
  const attempts = await results.waitFor(order, isReported, afterMs + results.withinMs)
  await account.faults.clear()
  judge(attempts, afterMs, evidenceOfReports(receiver, await delivering, attempts))
  return passed
}

function judge(attempts: readonly JournalEntry[], afterMs: number, evidence: NotAsExpected['evidence']): void {
  const [failed, second] = attempts
  if (failed === undefined) throw new NotAsExpected('This time, no result was reported', evidence)
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
