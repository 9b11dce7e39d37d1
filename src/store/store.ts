/** Where an order stands. */
export type OrderState = 'ordered'

/** An order as it is kept. */
export interface StoredOrder {
  readonly accountId: string
  readonly id: string
  readonly remoteId: string
  /** The last part of its `test_url`. */
  readonly token: string
  /** The first part of its `test_url`: `http://127.0.0.1:4600`. */
  readonly origin: string
  /** Milliseconds since 1970. */
  readonly orderedAt: number
  readonly state: OrderState
  /** The JSON text that ordered it, as received: half the memory of the parsed value, and nothing of it is lost. */
  readonly request: string
}

/**
 * Keeps orders, by account. Asynchronous, since a store may be elsewhere; each call is atomic.
 * Every implementation passes the same suite of tests.
 */
export interface Store {
  /** Keeps `order`, unless its account has one with the same `id`: then that one is returned. Null: the store is full. */
  addOrder(order: StoredOrder): Promise<StoredOrder | null>
  findOrderByToken(token: string): Promise<StoredOrder | null>
}
