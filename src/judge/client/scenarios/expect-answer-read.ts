import { isContent } from '../client-run'
import { notAsExpected, retryOf, struckCall } from '../expectations'
import type { Compared } from '../scenario'

/** That it doesn't claim success after half an answer, unless it has asked again. */
export function expectAnswerRead(compared: Compared): void {
  const { run } = compared
  if (isContent(run) && retryOf(struckCall(run), compared) === undefined)
    throw notAsExpected(
      run,
      'It ended with exit code 0 after half an answer, which it cannot have read: it has no test_url. Read the whole answer as JSON, and end with an error or send the same order again when that fails.',
    )
}
