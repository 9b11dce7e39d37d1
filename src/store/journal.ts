import type { Operation, Warning } from '../../schemas/control/requests'

/** Headers as Node and Fastify give them. */
export type Headers = Readonly<Record<string, string | number | string[] | undefined>>

/** A request and its answer, as they are kept. */
export interface Recorded {
  /** Number of the request, from 1. */
  readonly id: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** Milliseconds until it was answered. */
  readonly ms: number
  /** Empty when it was no HTTP. */
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly operation: Operation | null
  readonly accountId: string | null
  readonly orderId: string | null
  /** Null when there was no answer. */
  readonly status: number | null
  readonly requestHeaders: Headers
  /** Empty when there was none; null when the journal no longer keeps it. */
  readonly requestBody: string | null
  readonly responseHeaders: Headers
  readonly responseBody: string | null
  /** Why it was refused. */
  readonly message: string | null
  /** What to do about it. */
  readonly hint: string | null
  /** The fault that struck it. */
  readonly fault: string | null
  /** What was accepted, but looks like a mistake. */
  readonly warnings: readonly Warning[]
}

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
  reset(accountId: string | null): Promise<void>
}

/** Bytes of short bodies: each request may keep as many, whatever the others take. */
export const shortBodies = 2 * 1024

/** Bytes of all longer bodies. Beyond it the oldest ones are given up, while their requests stay. */
export const longBodies = 64 * 1024 * 1024

/** Accounts that are remembered one by one to have lost requests. Beyond it, any account may have. */
export const mostLossy = 100_000
