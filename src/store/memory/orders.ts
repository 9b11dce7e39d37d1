import { breatheInTime } from '../../breathe'
import { errors } from '../../errors'
import type { Changes } from '../changes'
import type { News, Store } from '../orders'
import { bytesOf, type StoredOrder } from '../records'
import { localChanges } from './changes'
import type { Limited } from './expiries'
import { bytesIn, type PackedText, textPacker, unpack } from './packed-text'

/** Flat, and built field by field below: a nested or spread object takes twice the memory. */
type PackedOrder = Omit<StoredOrder, 'request' | Changing> & { -readonly [K in Changing]: StoredOrder[K] } & PackedText

/** The fields that may change after the order was placed. */
type Changing = 'state' | 'result' | 'openedAt' | 'startedAt' | 'resultAt'

/** An order with the bytes of its request, which must not be changed. */
export interface OrderInBytes extends Omit<StoredOrder, 'request'> {
  readonly request: Buffer
}

export interface MemoryStore extends Store {
  /** Forgets the orders of an account, or with null all orders. */
  reset(accountId: string | null): void
  /** The order with this remote id; null: there is none. */
  peek(remoteId: string): OrderInBytes | null
  /** All orders, oldest first, each as it is when its turn comes. They may change meanwhile. */
  each(): Iterable<OrderInBytes>
  /** Stores an order as it was before, in place of an earlier version of it. Notifies nobody, and knows no limit. */
  restore(order: OrderInBytes): void
}

/** What happens in the same step as storing an order. */
export interface Consequences {
  /** Starts the deliveries about `order`. */
  send: (order: StoredOrder, news: News) => void
  /** Starts the time limit of `order`, which is new to this store. */
  limit: (order: Limited) => void
}

const none: Consequences = { send: () => undefined, limit: () => undefined }

/** A store in the memory of this process, which ends with it. Orders are never evicted. */
export function memoryStore(
  maxOrders: number,
  changes: Changes = localChanges(),
  maxOrderBytes = Number.MAX_SAFE_INTEGER,
  { send, limit }: Consequences = none,
): MemoryStore {
  const accounts = new Map<string, Map<string, PackedOrder>>()
  const byToken = new Map<string, PackedOrder>()
  const byRemoteId = new Map<string, PackedOrder>()
  const packer = textPacker()
  let bytes = 0

  function put(packed: PackedOrder) {
    const orders = accounts.get(packed.accountId) ?? new Map<string, PackedOrder>()
    if (orders.size === 0) accounts.set(packed.accountId, orders)
    orders.set(packed.id, packed)
    byToken.set(packed.token, packed)
    byRemoteId.set(packed.remoteId, packed)
    bytes += sizeOf(packed)
  }

  function remove(packed: PackedOrder) {
    accounts.get(packed.accountId)?.delete(packed.id)
    byToken.delete(packed.token)
    byRemoteId.delete(packed.remoteId)
    bytes -= sizeOf(packed)
  }

  /** Takes over what may change. */
  function amend(packed: PackedOrder, changed: Pick<StoredOrder, Changing>) {
    packed.state = changed.state
    packed.result = changed.result
    packed.openedAt = changed.openedAt
    packed.startedAt = changed.startedAt
    packed.resultAt = changed.resultAt
  }

  return {
    async addOrder(order, news) {
      const existing = accounts.get(order.accountId)?.get(order.id)
      if (existing) return toStored(existing)
      if (byToken.size >= maxOrders) return null
      if (bytes + bytesOf(order) > maxOrderBytes) throw errors.ordersTooLarge(maxOrderBytes)
      put(toPacked(order, packer.pack(order.request)))
      changes.emit('order', order)
      if (news !== undefined) send(order, news)
      limit(order)
      return order
    },
    async findOrder(accountId, id) {
      const packed = accounts.get(accountId)?.get(id)
      return packed ? toStored(packed) : null
    },
    async updateOrder(accountId, id, change, news) {
      const packed = accounts.get(accountId)?.get(id)
      if (packed === undefined) return null
      const before = toStored(packed)
      const changed = change(before)
      const growth = bytesOf(changed) - bytesOf(before)
      if (growth > 0 && bytes + growth > maxOrderBytes) throw errors.ordersTooLarge(maxOrderBytes)
      bytes += growth
      amend(packed, changed)
      const updated = toStored(packed)
      changes.emit('order', updated)
      if (news !== undefined) send(updated, news)
      return updated
    },
    async findOrderByToken(token) {
      const packed = byToken.get(token)
      return packed ? toStored(packed) : null
    },
    async findOrderByRemoteId(remoteId) {
      const packed = byRemoteId.get(remoteId)
      return packed ? toStored(packed) : null
    },
    async *orders(accountId, direction = 'newest') {
      const packed = [
        ...(accountId === null ? byToken : (accounts.get(accountId) ?? new Map<string, PackedOrder>())).values(),
      ]
      for (const each of direction === 'newest' ? packed.reverse() : packed) yield toStored(each)
    },
    async prepare(orders) {
      const ready: PackedOrder[] = []
      for (const order of orders) {
        await breatheInTime()
        ready.push(toPacked(order, packer.pack(order.request)))
      }
      return async () => {
        ready.forEach(put)
        for (const packed of ready) {
          await breatheInTime()
          limit(packed)
          if (changes.isHeard('order')) changes.emit('order', toStored(packed))
        }
      }
    },
    peek(remoteId) {
      const packed = byRemoteId.get(remoteId)
      return packed ? inBytes(packed) : null
    },
    *each() {
      for (const packed of byToken.values()) yield inBytes(packed)
    },
    restore(order) {
      const earlier = byRemoteId.get(order.remoteId)
      const { accountId, id } = order
      const other = accounts.get(accountId)?.get(id)
      // A copy may know of an order from before a reset, and of its successor.
      if (other !== undefined && other !== earlier) remove(other)
      if (earlier === undefined) put(toPacked(order, packer.packBytes(order.request)))
      else {
        bytes -= sizeOf(earlier)
        amend(earlier, order)
        bytes += sizeOf(earlier)
      }
    },
    count: async (accountId) => (accountId === null ? byToken : accounts.get(accountId))?.size ?? 0,
    bytes: async () => bytes,
    accounts: async (most) => [...accounts.keys()].slice(-most),
    reset(accountId) {
      if (accountId === null) {
        bytes = 0
        accounts.clear()
        byToken.clear()
        byRemoteId.clear()
        return
      }
      for (const packed of accounts.get(accountId)?.values() ?? []) {
        byToken.delete(packed.token)
        byRemoteId.delete(packed.remoteId)
        bytes -= sizeOf(packed)
      }
      accounts.delete(accountId)
    },
  }
}

/** Like `bytesOf`, without unpacking. */
const sizeOf = ({ start, end, result }: PackedOrder) => end - start + bytesOf({ request: '', result })

const toPacked = (order: Omit<StoredOrder, 'request'>, { block, start, end }: PackedText): PackedOrder => ({
  kind: order.kind,
  accountId: order.accountId,
  id: order.id,
  remoteId: order.remoteId,
  token: order.token,
  origin: order.origin,
  orderedAt: order.orderedAt,
  openedAt: order.openedAt,
  startedAt: order.startedAt,
  resultAt: order.resultAt,
  state: order.state,
  result: order.result,
  block,
  start,
  end,
})

const toStored = (packed: PackedOrder): StoredOrder => withRequest(packed, unpack(packed))

const inBytes = (packed: PackedOrder): OrderInBytes => withRequest(packed, bytesIn(packed))

/** An order with `request` instead of its place in a block. Spelled out, since spreading it with every call is slower. */
function withRequest<R>(packed: PackedOrder, request: R) {
  const { kind, accountId, id, remoteId, token, origin, orderedAt, openedAt, startedAt, resultAt, state, result } =
    packed
  return {
    kind,
    accountId,
    id,
    remoteId,
    token,
    origin,
    orderedAt,
    openedAt,
    startedAt,
    resultAt,
    state,
    result,
    request,
  }
}
