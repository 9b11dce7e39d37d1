import type { StoredOrder } from './records'

/** Lets orders expire that nobody finishes in time. */
export interface Expiries {
  /** Starts the time limit of `order`, if the sandbox has one. */
  schedule(order: StoredOrder): void
  /** Calls off the time limits of an account, or with null all of them. */
  reset(accountId: string | null): void
}
