import { expectEnd, notAsExpected, retryOf, struckCall } from '../expectations'
import type { Compared } from '../scenario'

/** That it waits for a slow answer, and doesn't ask again meanwhile. */
export function expectPatience(compared: Compared): void {
  const { run } = compared
  expectEnd(run)
  const struck = struckCall(run)
  if (struck.status === null)
    throw notAsExpected(
      run,
      `It gave up after ${String(Math.round(struck.ms))} ms. Wait longer than 60 s, after which StackOne itself answers 408.`,
    )
  if (retryOf(struck, compared) !== undefined)
    throw notAsExpected(run, 'It sent the order again, although the first answer was on its way. Wait for that one.')
}
