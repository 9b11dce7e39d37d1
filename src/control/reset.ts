import type { Deps } from '../deps'

/**
 * Puts an account, or with null everything, back to how it was at the start. What is queued is called off first, so that
 * nothing of it comes back to life.
 */
export async function reset(deps: Deps, account: string | null): Promise<void> {
  const { deliveries, faults, journal, webhooks, store, rateLimits, clock, ids } = deps
  for (const part of [deliveries, faults, journal, webhooks, store]) await part.reset(account)
  if (account !== null) return
  rateLimits.clear()
  clock.reset()
  ids.reset()
}
