import type { Delivery, Recorded, StoredOrder } from './records'

/** The kinds of changes, each with what its listeners get: the item that is new or has changed. */
export interface ChangesByKind {
  order: StoredOrder
  request: Recorded
  delivery: Delivery
  /** The control API changed faults, webhooks or the clock. */
  setting: null
  /** Everything of an account, or with null of all, was reset or replaced. */
  reset: string | null
  /** Changes may have been missed: read the state again. */
  gap: null
}

/** Notifies whoever waits for changes or watches them. */
export interface Changes {
  emit<K extends keyof ChangesByKind>(kind: K, item: ChangesByKind[K]): void
  /** Whether anybody listens for that kind of change. */
  isHeard(kind: keyof ChangesByKind): boolean
  /** Calls `listener` for each change of that kind. Returns a function that unsubscribes it. */
  on<K extends keyof ChangesByKind>(kind: K, listener: (item: ChangesByKind[K]) => void): () => void
  /** Resolves once every subscription is active. */
  ready(): Promise<void>
}
