import type { FaultToAdd } from '../../../schemas/control/faults'
import type { Operation } from '../../../schemas/control/requests'
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

/** Makes calls that place the client's first kind of order fail: the first of them, unless `fault` says otherwise. */
export const failFirstOrder =
  (fault: FaultToAdd): Scenario['prepare'] =>
  (baseline) =>
    failing(fault, kindsOf(baseline).slice(0, 1))

/** Makes all calls that place orders fail. */
export const failEveryOrder =
  (fault: FaultToAdd): Scenario['prepare'] =>
  (baseline) =>
    failing({ ...fault, always: true }, kindsOf(baseline))

const kindsOf = (baseline: ClientRun) => [...new Set(orderCalls(baseline).map(({ operation }) => operation))]

const failing =
  (fault: FaultToAdd, operations: readonly Operation[]): Prepare =>
  async ({ faults }) => {
    for (const on of operations) await faults.add({ ...fault, on })
  }
