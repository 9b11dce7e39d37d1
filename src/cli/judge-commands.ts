import type { Command } from 'commander'
import { addCheckClient } from './check-client'
import { addCheckProvider } from './check-provider'
import { wrongUse } from './judging'

/** Gives the commands of the judge their options. */
export function addJudgeCommands({ check }: { check: Command }): void {
  check.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : wrongUse))
  addCheckProvider(check)
  addCheckClient(check)
}
