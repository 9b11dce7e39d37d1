import { type StoredOrder } from './records'

/** Events of an order, of which its receivers are notified. */
export interface News {
  readonly events: readonly ('created' | 'resulted' | 'cancelled')[]
  /** The request that caused them; null: none. */
  readonly requestId: string | null
}

/**
 * Keeps orders by account, and with them the outbox: an order and the deliveries about it are stored in one step, and
 * an order that nobody finishes in time expires. Asynchronous, since a store may be remote; each call is atomic. Every
 * implementation passes the same test suite.
 */
export interface Store {
  /**
   * Stores `order` and starts to send `news`, unless its account has an order with the same `id`: then returns that
   * one. Null: the store is full. Throws `ordersTooLarge` when it would exceed its limit of bytes, and
   * `SettingsChanged` when the order was made under settings that another process has changed since.
   */
  addOrder(order: StoredOrder, news?: News): Promise<StoredOrder | null>
  findOrder(accountId: string, id: string): Promise<StoredOrder | null>
  /**
   * Replaces an order by `change(order)` and returns the result; null when there is no such order. No other change
   * happens in between. `change` must have no side effects: a store may have to call it again. `news` as for
   * `addOrder`. Throws `ordersTooLarge` when the store would exceed its limit of bytes.
   */
  updateOrder(
    accountId: string,
    id: string,
    change: (order: StoredOrder) => StoredOrder,
    news?: News,
  ): Promise<StoredOrder | null>
  findOrderByToken(token: string): Promise<StoredOrder | null>
  /** The order with this remote id, of whichever account: no two orders share one. */
  findOrderByRemoteId(remoteId: string): Promise<StoredOrder | null>
  /** The orders of an account, or with null all orders; newest first by default. */
  orders(accountId: string | null, direction?: 'newest' | 'oldest'): AsyncIterable<StoredOrder>
  /**
   * Prepares to store many orders that are known to fit, without blocking. The function it resolves with stores them,
   * in one step where possible. Only waiting calls are notified: nothing is sent.
   */
  prepare(orders: readonly StoredOrder[]): Promise<() => Promise<void>>
  /** The number of orders of an account, or with null of all orders. */
  count(accountId: string | null): Promise<number>
  /** The bytes of all orders, by `bytesOf`. */
  bytes(): Promise<number>
  /** The accounts with orders, sorted by their first order: the last `most` of them. */
  accounts(most: number): Promise<string[]>
}
