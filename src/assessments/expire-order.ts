import type { Deps } from '../deps'
import { SandboxError } from '../errors'
import type { StoredOrder } from '../store/orders'
import { chooseOutcome } from './take-assessment'

/** Lets orders expire that nobody finishes in time. */
export interface Expiries {
  /** Begins the time that the set-up gives for `order`, if it gives one. */
  schedule(order: StoredOrder): void
  /** Lets no order of an account, or with null none at all, expire any more. */
  reset(accountId: string | null): void
}

/** What lets an order expire. */
export type ExpiryDeps = Pick<Deps, 'clock' | 'store' | 'ids' | 'deliveries'>

/** Ends the test behind `token` as expired, unless it was finished, or is gone. */
export async function expireOrder(deps: ExpiryDeps, token: string): Promise<void> {
  try {
    await chooseOutcome(deps, token, 'expired', {}, null)
  } catch (error) {
    // Another error is one that may go away.
    if (!(error instanceof SandboxError) || error.statusCode >= 500) throw error
  }
}

/** Expiries in the memory of this process, `expireAfter` milliseconds after an order was placed; null: never. */
export function memoryExpiries(deps: ExpiryDeps, expireAfter: number | null): Expiries {
  const toCome = new Map<string, Set<() => void>>()
  return {
    schedule({ token, accountId, orderedAt }) {
      if (expireAfter === null) return
      const ofAccount = toCome.get(accountId) ?? new Set()
      toCome.set(accountId, ofAccount)
      const callOff = deps.clock.at(orderedAt + expireAfter, async () => {
        ofAccount.delete(callOff)
        await expireOrder(deps, token)
      })
      ofAccount.add(callOff)
    },
    reset(accountId) {
      for (const account of accountId === null ? [...toCome.keys()] : [accountId]) {
        for (const callOff of toCome.get(account) ?? []) callOff()
        toCome.delete(account)
      }
    },
  }
}
