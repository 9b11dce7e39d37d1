import type { FaultToAdd } from '../../../schemas/control/faults'
import type { JournalEntry } from '../../../schemas/control/requests'
import { CannotTell, type Evidence, type Finding, NotAsExpected, passed } from '../check'
import type { WebhookContext } from './context'
import { evidenceOfReports, expectReports, isReported } from './results'

/** A clock that is a little ahead is no mistake. */
const tolerance = 50

/** How often to try again when another report met the fault. */
const mostTries = 5

/** Whether a report that fails once is repeated, `afterMs` after it failed or later. */
export async function retried(
  context: WebhookContext,
  { fault, afterMs }: { fault: Omit<FaultToAdd, 'on'>; afterMs: number },
): Promise<Finding> {
  await expectReports(context.results)
  await context.results.settle()
  for (let tries = 0; tries < mostTries; tries++) {
    const { attempts, evidence } = await reportOnce(context, { ...fault, on: 'results.update', times: 1 }, afterMs)
    const failed = attempts.findIndex((attempt) => attempt.fault !== null)
    if (attempts.length === 0) throw new NotAsExpected('This time, no result was reported', evidence)
    // A fault applies to the next report, which may be a late one of an earlier order.
    if (failed < 0) continue
    judge(attempts.slice(failed), afterMs, evidence)
    return passed
  }
  throw new CannotTell('reports of other orders arrive all the time')
}

/** Orders, while a fault applies to the next report. */
async function reportOnce({ account, receiver, results }: WebhookContext, fault: FaultToAdd, afterMs: number) {
  await account.faults.add(fault)
  const order = await receiver.orders.next()
  const delivering = receiver.deliver(order)
  await results.waitFor(order, (attempts) => attempts.length > 0)
  const attempts = await results.waitFor(order, isReported, afterMs + results.withinMs)
  await account.faults.clear()
  return { attempts, evidence: evidenceOfReports(receiver, await delivering, attempts) }
}

function judge(attempts: readonly JournalEntry[], afterMs: number, evidence: Evidence): void {
  const [failed, ...later] = attempts as [JournalEntry, ...JournalEntry[]]
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
