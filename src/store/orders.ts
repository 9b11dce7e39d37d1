import { type StoredOrder } from './records'

/** What happened to an order, and is sent to its receivers. */
export interface News {
  readonly events: readonly ('created' | 'resulted')[]
  /** The request that did it; null when none did. */
  readonly requestId: string | null
}

/**
 * Keeps orders, by account, and with them the outbox: what is to be sent about an order is kept in the same step as the
 * order, and an order that nobody finishes in time expires. Asynchronous, since a store may be elsewhere; each call is
 * atomic. Every implementation passes the same suite of tests.
 */
export interface Store {
  /**
   * Keeps `order` and begins to send `news`, unless its account has one with the same `id`: then that one is returned.
   * Null: the store is full. Throws `ordersTooLarge` when it holds as many bytes as it may, and `SettingsChanged` when the order was made under settings
   * that another process has changed since.
   */
  addOrder(order: StoredOrder, news?: News): Promise<StoredOrder | null>
  findOrder(accountId: string, id: string): Promise<StoredOrder | null>
  /**
   * Replaces an order by what `change` makes of it, and returns that; null when there is no such order. No other change
   * comes in between. `change` has no effects of its own: a store may have to call it again. `news` as for `addOrder`.
   * Throws `ordersTooLarge` when the order grows beyond what the store may hold.
   */
  updateOrder(
    accountId: string,
    id: string,
    change: (order: StoredOrder) => StoredOrder,
    news?: News,
  ): Promise<StoredOrder | null>
  findOrderByToken(token: string): Promise<StoredOrder | null>
  /** The order of whichever account that has this remote id: no two orders ever share one. */
  findOrderByRemoteId(remoteId: string): Promise<StoredOrder | null>
  /** The orders of an account, or with null all: newest first, unless it is told otherwise. */
  orders(accountId: string | null, direction?: 'newest' | 'oldest'): AsyncIterable<StoredOrder>
  /**
   * Makes ready to keep many orders that are known to fit, while others have their turn; what it resolves with puts them
   * in, in one step where that is possible. Only waiting calls hear about them.
   */
  prepare(orders: readonly StoredOrder[]): Promise<() => Promise<void>>
  /** How many orders an account has, or with null all have. */
  count(accountId: string | null): Promise<number>
  /** How many bytes all orders have, by `bytesOf`. */
  bytes(): Promise<number>
  /** The accounts that have orders, in the order of their first ones: the last so many. */
  accounts(most: number): Promise<string[]>
}
