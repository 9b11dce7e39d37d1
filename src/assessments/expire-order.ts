import type { Deps } from '../deps'
import { SandboxError } from '../errors'
import { chooseOutcome } from './take-assessment'

/** What lets an order expire. */
type ExpiryDeps = Pick<Deps, 'clock' | 'store' | 'ids'>

/** Ends the test behind `token` as expired, unless it was finished, or is gone. */
export async function expireOrder(deps: ExpiryDeps, token: string): Promise<void> {
  try {
    await chooseOutcome(deps, token, 'expired', {}, null)
  } catch (error) {
    // Another error is one that may go away.
    if (!(error instanceof SandboxError) || error.statusCode >= 500) throw error
  }
}
