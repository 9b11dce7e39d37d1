import { type Changes, localChanges } from '../changes'
import { type PackedText, textPacker, unpack } from './packed-text'
import type { Store, StoredOrder } from './store'

/** Flat, and written out below: a nested or a spread object takes twice the memory. */
type PackedOrder = Omit<StoredOrder, 'request' | Changing> & { -readonly [K in Changing]: StoredOrder[K] } & PackedText

/** What may change of an order once it was placed. */
type Changing = 'state' | 'result' | 'openedAt' | 'startedAt' | 'resultAt'

/** A store in the memory of this process, gone when it ends. Holds at most `maxOrders`; nothing is ever evicted. */
export function memoryStore(maxOrders: number, changes: Changes = localChanges()): Store {
  const accounts = new Map<string, Map<string, PackedOrder>>()
  const byToken = new Map<string, PackedOrder>()
  const byRemoteId = new Map<string, PackedOrder>()
  const pack = textPacker()

  return {
    async addOrder(order) {
      const orders = accounts.get(order.accountId) ?? new Map<string, PackedOrder>()
      const existing = orders.get(order.id)
      if (existing) return toStored(existing)
      if (byToken.size >= maxOrders) return null
      if (orders.size === 0) accounts.set(order.accountId, orders)
      const packed = toPacked(order, pack(order.request))
      orders.set(order.id, packed)
      byToken.set(order.token, packed)
      byRemoteId.set(order.remoteId, packed)
      changes.emit('order', order)
      return order
    },
    async findOrder(accountId, id) {
      const packed = accounts.get(accountId)?.get(id)
      return packed ? toStored(packed) : null
    },
    async updateOrder(accountId, id, change) {
      const packed = accounts.get(accountId)?.get(id)
      if (packed === undefined) return null
      const changed = change(toStored(packed))
      packed.state = changed.state
      packed.result = changed.result
      packed.openedAt = changed.openedAt
      packed.startedAt = changed.startedAt
      packed.resultAt = changed.resultAt
      const updated = toStored(packed)
      changes.emit('order', updated)
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
    async *orders(accountId) {
      const packed = [
        ...(accountId === null ? byToken : (accounts.get(accountId) ?? new Map<string, PackedOrder>())).values(),
      ]
      for (const each of packed.reverse()) yield toStored(each)
    },
    count: async (accountId) => (accountId === null ? byToken : accounts.get(accountId))?.size ?? 0,
    accounts: async () => [...accounts.keys()],
    async reset(accountId) {
      if (accountId === null) {
        accounts.clear()
        byToken.clear()
        byRemoteId.clear()
        return
      }
      for (const { token, remoteId } of accounts.get(accountId)?.values() ?? []) {
        byToken.delete(token)
        byRemoteId.delete(remoteId)
      }
      accounts.delete(accountId)
    },
  }
}

const toPacked = (order: StoredOrder, { block, start, end }: PackedText): PackedOrder => ({
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

function toStored(packed: PackedOrder): StoredOrder {
  const { accountId, id, remoteId, token, origin, orderedAt, openedAt, startedAt, resultAt, state, result } = packed
  const request = unpack(packed)
  return { accountId, id, remoteId, token, origin, orderedAt, openedAt, startedAt, resultAt, state, result, request }
}
