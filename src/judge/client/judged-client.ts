import type { AccountControl } from '../../control/account-control'
import { counted, type ClientRequest, type ClientRun, howItEnded, isContent } from './client-run'
import { type ClientCommand, runClient } from './run-client'

/** The run in which nothing goes wrong, with which the others are compared. */
export interface Baseline {
  run: ClientRun
  /** Why nothing can be compared with it; null if all went well. */
  problem: string | null
}

/** The client, as scenarios see it. */
export interface JudgedClient {
  /** Runs it without a fault, the first time that it is called. */
  baseline(): Promise<Baseline>
  /** Runs it for a scenario, once `prepare` has set up the scenario's account. */
  run(scenario: string, prepare: Prepare): Promise<ClientRun>
  /** The requests of all runs so far. */
  requests(): readonly ClientRequest[]
}

export type Prepare = (account: AccountControl) => Promise<unknown>

export function judgedClient(client: ClientCommand): JudgedClient {
  const requests: ClientRequest[] = []
  async function run(scenario: string, prepare: Prepare) {
    const account = `client-${scenario}`
    // A client may look it up before it orders.
    await client.sandbox.account(account).link()
    await prepare(client.sandbox.account(account))
    const run = await runClient(client, account)
    requests.push(...run.requests)
    return run
  }
  async function firstRun() {
    const first = await run('success', async () => undefined)
    return { run: first, problem: problemIn(first) }
  }
  let baseline: Promise<Baseline> | undefined
  return { baseline: () => (baseline ??= firstRun()), run, requests: () => requests }
}

function problemIn(run: ClientRun): string | null {
  const refused = run.requests.find(({ status }) => status !== null && status >= 400)
  const clue = refused
    ? ` ${refused.method} ${refused.path} was refused with ${String(refused.status)}: ${String(refused.message)}.`
    : ` It sent ${counted(run.requests.length, 'request')} to STACKONE_SERVER_URL.`
  if (run.ended === null) return `It did not end within ${String(run.withinMs / 1_000)} s, and was stopped.${clue}`
  if (!isContent(run)) return `It ended with ${howItEnded(run)}, although nothing went wrong.${clue}`
  return run.orders > 0 ? null : `It placed no order for the account in STACKONE_ACCOUNT_ID.${clue}`
}
