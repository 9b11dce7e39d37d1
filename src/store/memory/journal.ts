import { breatheInTime } from '../../breathe'
import type { Changes } from '../changes'
import { type Journal, longBodies, mostLossy } from '../journal'
import type { Headers, Recorded } from '../records'
import { textSlots } from './text-slots'

/** A kept request, overwritten by a later one. Bodies that are short enough are in the slot's bytes. */
interface Slot extends Mutable<Recorded> {
  requestEnd: number | null
  responseEnd: number | null
  /** Bytes of its bodies that are not in the slot. */
  longBytes: number
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export interface MemoryJournal extends Journal {
  /** Forgets the requests of an account, or with null all requests; numbers then start from 1 again. */
  reset(accountId: string | null): void
}

/** A journal of the last `size` requests in the memory of this process. */
export function memoryJournal(size: number, changes: Changes): MemoryJournal {
  /** A ring: once it is full, the oldest is overwritten. */
  let slots: Slot[] = []
  let oldest = 0
  let count = 0
  let dropped = 0
  let longBytes = 0
  /** How many of the oldest requests are known to have no long body. */
  let relieved = 0
  const lossy = lossyAccounts()
  const bytes = textSlots()
  const requestHeaders = sameAgain()
  const responseHeaders = sameAgain()

  /** Sets each field: spreading an object costs several times as much. */
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
    slot.warnings = request.warnings
    slot.requestHeaders = requestHeaders(request.requestHeaders)
    slot.responseHeaders = responseHeaders(request.responseHeaders)
    slot.requestEnd = writeShort(index, 0, request.requestBody)
    slot.requestBody = slot.requestEnd === null ? request.requestBody : ''
    slot.responseEnd = writeShort(index, slot.requestEnd ?? 0, request.responseBody)
    slot.responseBody = slot.responseEnd === null ? request.responseBody : ''
    longBytes -= slot.longBytes
    slot.longBytes = bytesOf(slot.requestBody) + bytesOf(slot.responseBody)
    longBytes += slot.longBytes
  }

  const writeShort = (index: number, start: number, body: string | null) =>
    body === null ? null : bytes.write(index, start, body)

  function put(request: Omit<Recorded, 'id'>, id: number) {
    const isFull = slots.length === size
    const index = isFull ? oldest : slots.length
    const slot = (slots[index] ??= emptySlot())
    if (isFull) lossy.add(slot.accountId)
    write(index, slot, request, id)
    if (isFull) {
      oldest = (oldest + 1) % size
      dropped++
      if (relieved > 0) relieved--
    }
    while (longBytes > longBodies) relieve()
  }

  /** Drops the long bodies of the oldest request that may still have some. */
  function relieve() {
    const slot = slots[(oldest + relieved++) % slots.length]
    if (slot !== undefined) {
      if (slot.requestEnd === null) slot.requestBody = null
      if (slot.responseEnd === null) slot.responseBody = null
      longBytes -= slot.longBytes
      slot.longBytes = 0
    }
  }

  function read(slot: Slot, index: number): Recorded {
    const { requestEnd, responseEnd, longBytes, ...recorded } = slot
    if (requestEnd !== null) recorded.requestBody = bytes.read(index, 0, requestEnd)
    if (responseEnd !== null) recorded.responseBody = bytes.read(index, requestEnd ?? 0, responseEnd)
    return recorded
  }

  const inOrder = () => {
    const all = slots.map(read)
    return [...all.slice(oldest), ...all.slice(0, oldest)]
  }

  /** The indexes of all requests, newest first, each with the request's number. */
  const places = () => {
    const all = slots.map(({ id }, index) => ({ id, index }))
    return [...all.slice(oldest), ...all.slice(0, oldest)].reverse()
  }

  return {
    add(tell) {
      const id = ++count
      const isHeard = changes.isHeard('request')
      if (size === 0) {
        dropped++
        lossy.addAll()
        if (!isHeard) return
      }
      const request = tell()
      if (size > 0) put(request, id)
      // Nobody else has the object, and a copy would cost more than all the rest.
      if (isHeard) changes.emit('request', Object.assign(request, { id }))
    },
    async list(accountId) {
      for (;;) {
        const listed = slots
        const all: Recorded[] = []
        for (const { id, index } of places()) {
          await breatheInTime()
          if (slots !== listed) break
          const slot = slots[index]
          // A later request may be in the slot by now.
          if (slot?.id === id && (accountId === null || slot.accountId === accountId)) all.push(read(slot, index))
        }
        // A reset, even of another account, moves them all.
        if (slots === listed) return all
      }
    },
    dropped: async () => dropped,
    isComplete: async (accountId) => (accountId === null ? dropped === 0 : !lossy.has(accountId)),
    reset(accountId) {
      const left = accountId === null ? [] : inOrder().filter((recorded) => recorded.accountId !== accountId)
      slots = []
      oldest = relieved = longBytes = 0
      for (const recorded of left) put(recorded, recorded.id)
      if (accountId === null) count = dropped = 0
      lossy.reset(accountId)
    },
  }
}

const bytesOf = (body: string | null) => (body === null || body === '' ? 0 : Buffer.byteLength(body))

/** The accounts that have lost requests. */
function lossyAccounts() {
  const some = new Set<string | null>()
  let isAny = false
  return {
    add(accountId: string | null) {
      some.add(accountId)
      if (some.size > mostLossy) this.addAll()
    },
    addAll() {
      isAny = true
      some.clear()
    },
    has: (accountId: string) => isAny || some.has(accountId),
    reset(accountId: string | null) {
      some.delete(accountId)
      if (accountId !== null) return
      some.clear()
      isAny = false
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
  longBytes: 0,
  message: null,
  hint: null,
  fault: null,
  warnings: [],
})

/** Clients repeat their headers: equal ones are kept once, not a thousand times. */
function sameAgain(): (headers: Headers) => Headers {
  let last: Headers = {}
  return (headers) => (isSame(headers, last) ? last : (last = headers))
}

/** Plain loops, since this runs for every request. */
function isSame(a: Headers, b: Headers): boolean {
  for (const name in a) if (a[name] !== b[name]) return false
  for (const name in b) if (a[name] === undefined) return false
  return true
}
