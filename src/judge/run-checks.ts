import { CannotTell, type Check, type CheckResult, type Finding, NotAsExpected, type Report, skipped } from './check'
import { type Selection, selectChecks } from './select-checks'

/** Progress, for whoever waits. */
export interface Progress {
  /** A sentence about what happens now. */
  onStep?: ((sentence: string) => void) | undefined
  /** A check that has ended. */
  onResult?: ((result: CheckResult, done: number, of: number) => void) | undefined
}

/** Runs checks one after the other. */
export async function runChecks<C>(
  checks: readonly Check<C>[],
  context: C,
  { only, skip, onStep, onResult }: Selection & Progress,
): Promise<Report> {
  const chosen = selectChecks(checks, { only, skip })
  const results: CheckResult[] = []
  for (const { check, isLeftOut } of chosen) {
    onStep?.(check.title)
    const found = isLeftOut ? skipped('left out by --skip') : await findingOf(check, context)
    const result = asResult(check, found)
    results.push(result)
    onResult?.(result, results.length, chosen.length)
  }
  return { checks: results }
}

async function findingOf<C>(check: Check<C>, context: C): Promise<Finding> {
  try {
    return await check.run(context)
  } catch (error) {
    if (error instanceof CannotTell) return skipped(error.message)
    if (!(error instanceof NotAsExpected)) throw error
    return { verdict: 'fail', why: error.message, evidence: error.evidence }
  }
}

const asResult = (
  { id, title, why, source, expected }: Omit<CheckResult, 'verdict' | 'rationale' | 'evidence'>,
  found: Finding,
): CheckResult => ({
  id,
  title,
  verdict: found.verdict,
  why: found.why ?? why,
  rationale: why,
  source,
  expected,
  evidence: found.evidence ?? null,
})
