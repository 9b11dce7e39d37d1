import { type Check, NotAsExpected, passed, skipped } from '../check'
import type { Secret } from '../evidence'
import type { Context, Probe } from './probe'
import { probes } from './probes'
import { rowsOf } from './rows-of'
import { masked } from './secrets'

/** How the probes are to run. */
interface Running {
  /** Whether those run that the server may accept. */
  isWriting: boolean
  secrets: readonly Secret[]
}

/** The probes as checks, which name the rows of the ledger that an answer contradicts. */
export const checksFor = (running: Running): readonly Check<Context>[] => probes.map((probe) => asCheck(probe, running))

function asCheck({ isWriting, run, ...facts }: Probe, running: Running): Check<Context> {
  return {
    ...facts,
    async run(context) {
      if (isWriting && !running.isWriting) return skipped('the server may accept what it sends: add --write')
      try {
        await run(context)
        return passed
      } catch (error) {
        if (!(error instanceof NotAsExpected)) throw error
        throw new NotAsExpected(`${masked(error.message, running.secrets)}\n${rowsOf(facts.id)}`, error.evidence)
      }
    },
  }
}
