import type { Clock } from '../clock'
import type { Deps } from '../deps'
import { SandboxError } from '../errors'
import type { StoredOrder } from '../store/store'
import { chooseOutcome } from './take-assessment'

type ExpiryDeps = Pick<Deps, 'clock' | 'store' | 'ids' | 'deliveries' | 'config'>

/** What calls off the expiries that are to come by a clock, by account. */
const toCome = new WeakMap<Clock, Map<string, Set<() => void>>>()

/** Lets an order expire that nobody finishes in the time that the set-up gives. */
export function scheduleExpiry(deps: ExpiryDeps, { token, accountId, orderedAt }: StoredOrder): void {
  const { clock, config } = deps
  if (config.expireAfter === null) return
  const byAccount = toCome.get(clock) ?? new Map<string, Set<() => void>>()
  toCome.set(clock, byAccount)
  const ofAccount = byAccount.get(accountId) ?? new Set()
  byAccount.set(accountId, ofAccount)

  const callOff = clock.at(orderedAt + config.expireAfter, async () => {
    ofAccount.delete(callOff)
    try {
      await chooseOutcome(deps, token, 'expired', {})
    } catch (error) {
      // It was finished, or is gone.
      if (!(error instanceof SandboxError)) throw error
    }
  })
  ofAccount.add(callOff)
}

/** Lets no order of an account, or with null none at all, expire any more. */
export function callOffExpiries({ clock }: Pick<Deps, 'clock'>, accountId: string | null): void {
  const byAccount = toCome.get(clock)
  for (const account of accountId === null ? [...(byAccount?.keys() ?? [])] : [accountId]) {
    for (const callOff of byAccount?.get(account) ?? []) callOff()
    byAccount?.delete(account)
  }
}
