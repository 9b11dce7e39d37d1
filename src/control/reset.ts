import { callOffExpiries } from '../assessments/expire-order'
import type { Deps } from '../deps'

/**
 * Puts an account, or with null everything, back to how it was at the start. What is queued is called off first, so that
 * nothing of it comes back to life.
 */
export async function reset(deps: Deps, account: string | null): Promise<void> {
  const { changes, deliveries, faults, journal, webhooks, store, rateLimits, clock, ids } = deps
  callOffExpiries(deps, account)
  if (account === null) {
    rateLimits.clear()
    clock.reset()
    // Before the webhooks, which draw theirs again.
    ids.reset()
  }
  // At once, so that no call comes in between.
  await Promise.all([deliveries, faults, journal, webhooks, store].map((part) => part.reset(account)))
  changes.emit('reset', account)
}
