import type { Recorded } from './records'

/** Keeps the latest requests. */
export interface Journal {
  /** Counts a request. Calls `tell` for its details only when they are kept or somebody listens. */
  add(tell: () => Omit<Recorded, 'id'>): void
  /** The requests of an account, or with null all requests; newest first. */
  list(accountId: string | null): Promise<Recorded[]>
  /** How many requests are no longer kept. */
  dropped(): Promise<number>
  /** Whether it still keeps every request of the account since its last reset; null: of all accounts. */
  isComplete(accountId: string | null): Promise<boolean>
}

/** Bytes of bodies that each request may keep, however much the others take. */
export const shortBodies = 2 * 1024

/** Bytes of all longer bodies together. Beyond it the oldest bodies are dropped, while their requests stay. */
export const longBodies = 64 * 1024 * 1024

/** Maximum number of accounts remembered individually as having lost requests. Beyond it, any account may have. */
export const mostLossy = 100_000
