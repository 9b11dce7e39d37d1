import { type Accounts, type AccountSettings, mostSeen, requireRoomFor } from '../account-settings'
import type { Happening } from '../records'

export interface MemoryAccounts extends Accounts {
  /** Forgets an account, or with null all accounts. */
  reset(accountId: string | null): void
}

/** Settings of accounts in the memory of this process. */
export function memoryAccounts(send: (news: Happening) => void): MemoryAccounts {
  const all = new Map<string, AccountSettings>()
  const seen = new Set<string>()
  return {
    current: () => all,
    async change(id, change) {
      requireRoomFor(id, all)
      const { settings, news } = change(all.get(id))
      all.set(id, settings)
      if (news !== null) send(news)
      return settings
    },
    see(id) {
      if (seen.size < mostSeen) seen.add(id)
    },
    seen: async () => [...seen].sort(),
    export: async (accountId) => [...all.values()].filter(({ id }) => accountId === null || id === accountId),
    async import(accounts) {
      for (const account of accounts) all.set(account.id, account)
    },
    reset(accountId) {
      for (const each of [all, seen]) {
        if (accountId === null) each.clear()
        else each.delete(accountId)
      }
    },
  }
}
