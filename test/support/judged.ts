import type { Test } from 'tap'
import { run, type Run } from './command-line'

export const ended = async (command: Run) => {
  const [code] = await command.exit
  return { code, stdout: command.stdout(), stderr: command.stderr() }
}

/** Runs a command of the judge to its end. */
export const judged = (t: Test, args: string[], env: Record<string, string> = {}, preload: string[] = []) =>
  ended(run(t, args, env, preload))
