import type { Deps } from '../deps'
import { SandboxError } from '../errors'
import { chooseOutcome } from './take-assessment'

type ExpiryDeps = Pick<Deps, 'clock' | 'store' | 'ids'>

/** Ends the test behind `token` as expired, unless it has finished or no longer exists. */
export async function expireOrder(deps: ExpiryDeps, token: string): Promise<void> {
  try {
    await chooseOutcome(deps, token, 'expired', {}, null)
  } catch (error) {
    // Other errors may pass: with Redis the queue tries again.
    if (!(error instanceof SandboxError) || error.statusCode >= 500) throw error
  }
}
