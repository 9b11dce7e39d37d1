import type { Delivery, Recorded, StoredOrder } from './records'

/** What can be waited for, and what is told of it when there is a new one or it changed. */
export interface ChangesByKind {
  order: StoredOrder
  request: Recorded
  delivery: Delivery
  /** Faults, webhooks or the clock were changed from outside. */
  setting: null
  /** All that there was of an account, or with null of all, is different now. */
  reset: string | null
  /** Some changes may not have been heard: look again. */
  gap: null
}

/** Tells of changes to whoever waits for them or watches. */
export interface Changes {
  emit<K extends keyof ChangesByKind>(kind: K, item: ChangesByKind[K]): void
  /** Whether anybody listens for changes of that kind. */
  isHeard(kind: keyof ChangesByKind): boolean
  /** Calls `listener` for each change of that kind; returns a function that stops it. */
  on<K extends keyof ChangesByKind>(kind: K, listener: (item: ChangesByKind[K]) => void): () => void
  /** Resolves once every subscription is active. */
  ready(): Promise<void>
}
