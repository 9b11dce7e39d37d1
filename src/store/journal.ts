import type { Operation } from '../../schemas/control/requests'
import type { Changes } from '../changes'

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
  /** Empty when there was none. */
  readonly requestBody: string
  readonly responseHeaders: Headers
  readonly responseBody: string
  readonly hint: string | null
  /** The fault that struck it. */
  readonly fault: string | null
}

/** Keeps the last requests. */
export interface Journal {
  add(request: Omit<Recorded, 'id'>): void
  /** Newest first; null: those of every account. */
  list(accountId: string | null): Promise<Recorded[]>
  /** How many are no longer kept. */
  dropped(): Promise<number>
  reset(accountId: string | null): Promise<void>
}

/** Characters that are kept of a body. */
const mostOfBody = 64 * 1024

/** A journal of the last `size` requests in the memory of this process. */
export function memoryJournal(size: number, changes: Changes): Journal {
  /** A ring: once it is full, the oldest is overwritten. */
  let slots: Recorded[] = []
  let oldest = 0
  let count = 0
  let dropped = 0

  const inOrder = () => [...slots.slice(oldest), ...slots.slice(0, oldest)]

  return {
    add(request) {
      const recorded: Recorded = {
        ...request,
        id: ++count,
        requestBody: cut(request.requestBody),
        responseBody: cut(request.responseBody),
      }
      if (slots.length < size) slots.push(recorded)
      else {
        if (size > 0) slots[oldest] = recorded
        oldest = (oldest + 1) % Math.max(size, 1)
        dropped++
      }
      changes.emit('request', recorded)
    },
    async list(accountId) {
      const all = inOrder().reverse()
      return accountId === null ? all : all.filter((recorded) => recorded.accountId === accountId)
    },
    dropped: async () => dropped,
    async reset(accountId) {
      slots = accountId === null ? [] : inOrder().filter((recorded) => recorded.accountId !== accountId)
      oldest = 0
      if (accountId === null) count = dropped = 0
    },
  }
}

/** A part of a text keeps the whole in memory unless it is copied. */
const cut = (text: string) => (text.length > mostOfBody ? Buffer.from(text.slice(0, mostOfBody)).toString() : text)
