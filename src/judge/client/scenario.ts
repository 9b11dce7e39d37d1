import type { FaultToAdd } from '../../../schemas/control/faults'
import { type Check, type Finding, skipped } from '../check'
import { type ClientRun, orderCalls } from './client-run'
import type { JudgedClient, Prepare } from './judged-client'

/** A run in which something went wrong, and the one to compare it with. */
export interface Compared {
  run: ClientRun
  /** Nothing went wrong in it. */
  baseline: ClientRun
}

/** What goes wrong in a run, and what that run should come to. */
export interface Scenario extends Omit<Check<JudgedClient>, 'run'> {
  /** Sets up the account for a client that does as in `baseline`. */
  prepare: (baseline: ClientRun) => Prepare
  judge: (compared: Compared) => Finding
}

/** The check that runs the client for a scenario, unless it fails without one. */
export const checkOf = ({ prepare, judge, ...about }: Scenario): Check<JudgedClient> => ({
  ...about,
  async run(client) {
    const { run: baseline, problem } = await client.baseline()
    if (problem !== null) return skipped(`The command fails even when nothing goes wrong. ${problem}`)
    const run = await client.run(about.id, prepare(baseline))
    return judge({ run, baseline })
  },
})

/** Makes the calls that place orders fail. */
export const failOrders =
  (fault: FaultToAdd): Scenario['prepare'] =>
  (baseline) =>
  async (account) => {
    const placing = new Set(orderCalls(baseline).map(({ operation }) => operation ?? '*'))
    for (const on of placing) await account.faults.add({ ...fault, on })
  }
