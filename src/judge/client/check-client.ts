import type { Report } from '../check'
import { ownSandbox } from '../own-sandbox'
import { type Progress, runChecks } from '../run-checks'
import type { Selection } from '../select-checks'
import { judgedClient } from './judged-client'
import { scenarios } from './scenarios'

/** A client that orders, and how to judge it. */
export interface ClientToCheck extends Selection, Progress {
  /**
   * The command and its arguments, run without a shell once for each scenario. `STACKONE_SERVER_URL`,
   * `STACKONE_API_KEY` and `STACKONE_ACCOUNT_ID` in its environment say where to order.
   */
  command: readonly string[]
  /** How long one run may take, in milliseconds. Default: 60,000. */
  withinMs?: number | undefined
  /** Makes ids and invented data repeatable. Default: random. */
  seed?: string | undefined
  /** Ends the command, and the judgement. */
  signal?: AbortSignal | undefined
}

const usualTime = 60_000
/** A client that retries without a pause makes many. */
const journalSize = 100_000

/**
 * Judges a client that orders by what its command does in each scenario. Rejects with a TypeError about a command that
 * can't be started or a check that does not exist, and with an Error when the signal aborts.
 */
export async function checkClient(options: ClientToCheck): Promise<Report> {
  const { command, withinMs = usualTime, seed, signal = new AbortController().signal } = options
  if (command.length === 0) throw new TypeError('There is no command to run.')
  const sandbox = await ownSandbox(seed, { journalSize })
  try {
    return await runChecks(scenarios, judgedClient({ sandbox, command, withinMs, signal }), options)
  } finally {
    await sandbox.close()
  }
}
