import type { Command } from 'commander'
import { addCheckClient } from './check-client'
import { addCheckProvider } from './check-provider'
import { wrongUse } from './judging'
import { addVerify } from './verify'

/** Gives the commands of the judge their options. */
export function addJudgeCommands({ check, verify }: { check: Command; verify: Command }): void {
  check.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : wrongUse))
  addCheckProvider(check)
  addCheckClient(check)
  addVerify(verify)
}
