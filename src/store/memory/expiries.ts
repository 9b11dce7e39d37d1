import type { Clock } from '../../clock'
import type { StoredOrder } from '../records'

/** What a time limit is about. */
export type Limited = Pick<StoredOrder, 'token' | 'accountId' | 'orderedAt'>

/** Expires orders that nobody finishes in time. */
export interface Expiries {
  /** Starts the time limit of `order`, if the sandbox has one. */
  schedule(order: Limited): void
  /** Cancels the time limits of an account, or with null all time limits. */
  reset(accountId: string | null): void
}

/**
 * Expiries in the memory of this process. `expire` gets the token of each order whose time limit is over, once nothing
 * is being loaded.
 */
export function memoryExpiries(
  clock: Clock,
  expireAfter: number | null,
  { loaded, expire }: { loaded: () => Promise<unknown>; expire: (token: string) => Promise<void> },
): Expiries {
  const toCome = new Map<string, Set<() => void>>()
  return {
    schedule({ token, accountId, orderedAt }) {
      if (expireAfter === null) return
      const ofAccount = toCome.get(accountId) ?? new Set()
      toCome.set(accountId, ofAccount)
      const callOff = clock.at(orderedAt + expireAfter, async () => {
        ofAccount.delete(callOff)
        await loaded()
        // A snapshot that was loaded meanwhile has brought the order back with a time limit of its own.
        if (toCome.get(accountId) === ofAccount) await expire(token)
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
