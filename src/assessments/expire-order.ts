import type { Deps } from '../deps'
import { SandboxError } from '../errors'
import type { StoredOrder } from '../store/store'
import { chooseOutcome } from './take-assessment'

type ExpiryDeps = Pick<Deps, 'clock' | 'store' | 'ids' | 'deliveries' | 'config'>

/** Lets an order expire that nobody finishes in the time that the set-up gives. */
export function scheduleExpiry(deps: ExpiryDeps, { token, orderedAt }: StoredOrder): void {
  const { expireAfter } = deps.config
  if (expireAfter === null) return
  deps.clock.at(orderedAt + expireAfter, async () => {
    try {
      await chooseOutcome(deps, token, 'expired', {})
    } catch (error) {
      // It was finished, or is gone.
      if (!(error instanceof SandboxError)) throw error
    }
  })
}
