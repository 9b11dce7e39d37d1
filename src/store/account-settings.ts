import type { AccountStatus } from '../../schemas/kept'
import { errors } from '../errors'
import type { Happening } from './records'

/** Where StackOne asks a provider for its packages. */
export interface PackagesEndpoint {
  readonly url: string
  /** The key that signs the question. */
  readonly secret: string
  /** Sent as HTTP Basic, encoded as it is; null: nothing is sent. */
  readonly auth: string | null
}

/** What was set of an account while the sandbox runs. */
export interface AccountSettings {
  readonly id: string
  /** The ATS that it is linked to; null: as configured. */
  readonly provider: string | null
  readonly status: AccountStatus
  /** Null: as configured. */
  readonly packages: PackagesEndpoint | null
  /** Milliseconds since 1970. */
  readonly updatedAt: number
}

/** Maximum number of accounts with settings of their own: each process has a copy of them. */
export const mostAccounts = 1_000

/** Maximum number of accounts remembered as having made calls. */
export const mostSeen = 10_000

/** Keeps what was set of accounts, and which made calls. */
export interface Accounts {
  /** Those with settings of their own, by id. Needs no round trip, since every call asks. */
  current(): ReadonlyMap<string, AccountSettings>
  /**
   * Replaces the settings of an account by `change(before)`, and sends the news, in one step. `change` may be called
   * again. Throws `tooManyAccounts`.
   */
  change(
    id: string,
    change: (before: AccountSettings | undefined) => { settings: AccountSettings; news: Happening | null },
  ): Promise<AccountSettings>
  /** Remembers that an account made a call. */
  see(id: string): void
  /** The accounts that made calls since the start or the last reset, sorted. Beyond a maximum, some are missing. */
  seen(): Promise<string[]>
  /** The settings of an account, or with null of all. */
  export(accountId: string | null): Promise<readonly AccountSettings[]>
  /** Adds settings as they are. */
  import(all: readonly AccountSettings[]): Promise<void>
}

/** Throws `tooManyAccounts` when `all` has no room for the settings of `id`. */
export function requireRoomFor(id: string, all: ReadonlyMap<string, AccountSettings>): void {
  if (!all.has(id) && all.size >= mostAccounts) throw errors.tooManyAccounts(mostAccounts)
}
