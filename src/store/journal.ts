import type { Operation } from '../../schemas/control/requests'
import type { Changes } from '../changes'
import { textSlots } from './text-slots'

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
  /** Why it was refused. */
  readonly message: string | null
  /** What to do about it. */
  readonly hint: string | null
  /** The fault that struck it. */
  readonly fault: string | null
}

/** Keeps the last requests. */
export interface Journal {
  /** Counts a request, and asks what there is to tell of it when it is kept or somebody listens. */
  add(tell: () => Omit<Recorded, 'id'>): void
  /** Newest first; null: those of every account. */
  list(accountId: string | null): Promise<Recorded[]>
  /** How many are no longer kept. */
  dropped(): Promise<number>
  reset(accountId: string | null): Promise<void>
}

/** Characters that are kept of a body. */
const mostOfBody = 64 * 1024

/** A request as it is kept: written over by a later one. A body that was short enough is in the slot's bytes. */
interface Slot extends Mutable<Recorded> {
  requestEnd: number | null
  responseEnd: number | null
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A journal of the last `size` requests in the memory of this process. */
export function memoryJournal(size: number, changes: Changes): Journal {
  /** A ring: once it is full, the oldest is overwritten. */
  let slots: Slot[] = []
  let oldest = 0
  let count = 0
  let dropped = 0
  const bytes = textSlots()
  const requestHeaders = sameAgain()
  const responseHeaders = sameAgain()

  /** All fields by hand: a spread object costs several times as much. */
  function write(index: number, slot: Slot, request: Omit<Recorded, 'id'>, id: number) {
    slot.id = id
    slot.at = request.at
    slot.ms = request.ms
    slot.method = request.method
    slot.url = request.url
    slot.operation = request.operation
    slot.accountId = request.accountId
    slot.orderId = request.orderId
    slot.status = request.status
    slot.message = request.message
    slot.hint = request.hint
    slot.fault = request.fault
    slot.requestHeaders = requestHeaders(request.requestHeaders)
    slot.responseHeaders = responseHeaders(request.responseHeaders)
    slot.requestEnd = bytes.write(index, 0, request.requestBody)
    slot.requestBody = slot.requestEnd === null ? cut(request.requestBody) : ''
    slot.responseEnd = bytes.write(index, slot.requestEnd ?? 0, request.responseBody)
    slot.responseBody = slot.responseEnd === null ? cut(request.responseBody) : ''
  }

  function put(request: Omit<Recorded, 'id'>, id: number) {
    const isFull = slots.length === size
    const index = isFull ? oldest : slots.length
    write(index, (slots[index] ??= emptySlot()), request, id)
    if (!isFull) return
    oldest = (oldest + 1) % size
    dropped++
  }

  function read(slot: Slot, index: number): Recorded {
    const { requestEnd, responseEnd, ...recorded } = slot
    if (requestEnd !== null) recorded.requestBody = bytes.read(index, 0, requestEnd)
    if (responseEnd !== null) recorded.responseBody = bytes.read(index, requestEnd ?? 0, responseEnd)
    return recorded
  }

  const inOrder = () => {
    const all = slots.map(read)
    return [...all.slice(oldest), ...all.slice(0, oldest)]
  }

  return {
    add(tell) {
      const id = ++count
      const isHeard = changes.isHeard('request')
      if (size === 0) dropped++
      if (size === 0 && !isHeard) return
      const request = tell()
      if (size > 0) put(request, id)
      // It is nobody else's: a copy would cost more than all the rest.
      if (isHeard) changes.emit('request', Object.assign(request, { id, ...shortened(request) }))
    },
    async list(accountId) {
      const all = inOrder().reverse()
      return accountId === null ? all : all.filter((recorded) => recorded.accountId === accountId)
    },
    dropped: async () => dropped,
    async reset(accountId) {
      const left = accountId === null ? [] : inOrder().filter((recorded) => recorded.accountId !== accountId)
      slots = []
      oldest = 0
      for (const recorded of left) put(recorded, recorded.id)
      if (accountId === null) count = dropped = 0
    },
  }
}

const emptySlot = (): Slot => ({
  id: 0,
  at: 0,
  ms: 0,
  method: '',
  url: '',
  operation: null,
  accountId: null,
  orderId: null,
  status: null,
  requestHeaders: {},
  requestBody: '',
  requestEnd: null,
  responseHeaders: {},
  responseBody: '',
  responseEnd: null,
  message: null,
  hint: null,
  fault: null,
})

/** A client sends the same headers again and again: those of one request are kept, not those of a thousand. */
function sameAgain(): (headers: Headers) => Headers {
  let last: Headers = {}
  return (headers) => (isSame(headers, last) ? last : (last = headers))
}

/** Loops, since this runs for every request. */
function isSame(a: Headers, b: Headers): boolean {
  for (const name in a) if (a[name] !== b[name]) return false
  for (const name in b) if (a[name] === undefined) return false
  return true
}

/** The bodies of a request, cut to what is kept of them. */
export const shortened = ({ requestBody, responseBody }: Omit<Recorded, 'id'>) => ({
  requestBody: cut(requestBody),
  responseBody: cut(responseBody),
})

/** A part of a text keeps the whole in memory unless it is copied. */
const cut = (text: string) => (text.length > mostOfBody ? Buffer.from(text.slice(0, mostOfBody)).toString() : text)
