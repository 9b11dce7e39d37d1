import type { Clock } from '../../clock'
import type { Expiries } from '../expiries'

/** Expiries in the memory of this process: `expire` gets the token of an order that nobody has finished in time. */
export function memoryExpiries(
  clock: Clock,
  expireAfter: number | null,
  expire: (token: string) => Promise<void>,
): Expiries {
  const toCome = new Map<string, Set<() => void>>()
  return {
    schedule({ token, accountId, orderedAt }) {
      if (expireAfter === null) return
      const ofAccount = toCome.get(accountId) ?? new Set()
      toCome.set(accountId, ofAccount)
      const callOff = clock.at(orderedAt + expireAfter, async () => {
        ofAccount.delete(callOff)
        await expire(token)
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
