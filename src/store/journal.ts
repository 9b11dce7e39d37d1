import type { Recorded } from './records'

/** Keeps the last requests. */
export interface Journal {
  /** Counts a request, and asks what there is to tell of it when it is kept or somebody listens. */
  add(tell: () => Omit<Recorded, 'id'>): void
  /** Newest first; null: those of every account. */
  list(accountId: string | null): Promise<Recorded[]>
  /** How many are no longer kept. */
  dropped(): Promise<number>
  /** Whether it keeps every request of the account since its last reset; null: of all accounts. */
  isComplete(accountId: string | null): Promise<boolean>
}

/** Bytes of short bodies: each request may keep as many, whatever the others take. */
export const shortBodies = 2 * 1024

/** Bytes of all longer bodies. Beyond it the oldest ones are given up, while their requests stay. */
export const longBodies = 64 * 1024 * 1024

/** Accounts that are remembered one by one to have lost requests. Beyond it, any account may have. */
export const mostLossy = 100_000
