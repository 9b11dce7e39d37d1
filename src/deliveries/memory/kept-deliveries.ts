import { type Delivery, deliveryId, type Receiver } from '../../store/records'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A delivery as it is kept: flat, since there may be a million of them while a receiver is down. */
export interface KeptDelivery extends Mutable<Delivery> {
  /** Its number, so that a move of the clock waits only for earlier ones. */
  turn: number
  /** The deliveries that were started before and after it. */
  older: KeptDelivery | null
  newer: KeptDelivery | null
  /** The deliveries about the same order before and after it. */
  previous: KeptDelivery | null
  following: KeptDelivery | null
  /** The next delivery to the same receiver about the same order, which waits for this one to end. */
  behind: KeptDelivery | null
  /** The one that it waits for. */
  ahead: KeptDelivery | null
  /** How many of the attempts were made before the last replay. */
  earlier: number
  /** Cancels the next attempt, or aborts the one under way. */
  stop: (() => void) | null
  /** Whether it was removed: nothing more is recorded of it. */
  isForgotten: boolean
}

/** Deliveries, linked by age and indexed by order. */
export function keptDeliveries() {
  const lastOfOrder = new Map<string, KeptDelivery>()
  /** The last delivery in each lane, which a new one has to wait for. Only for orders with several deliveries. */
  const lastOfLane = new Map<string, KeptDelivery>()
  let oldest: KeptDelivery | null = null
  let newest: KeptDelivery | null = null
  let count = 0

  return {
    /** A delivery that is removed meanwhile still leads to the next. */
    *newestFirst(): Generator<KeptDelivery> {
      for (let each = newest; each !== null; each = each.older) if (!each.isForgotten) yield each
    },
    *oldestFirst(): Generator<KeptDelivery> {
      for (let each = oldest; each !== null; each = each.newer) if (!each.isForgotten) yield each
    },
    count: () => count,
    last: (remoteId: string) => lastOfOrder.get(remoteId) ?? null,
    /** Adds the newest. */
    add(delivery: KeptDelivery) {
      count++
      const { previous } = delivery
      delivery.older = newest
      if (newest === null) oldest = delivery
      else newest.newer = delivery
      newest = delivery
      lastOfOrder.set(delivery.remoteId, delivery)
      if (previous === null) return
      previous.following = delivery
      // Most orders have a single delivery: lanes are remembered only from the second on.
      if (previous.previous === null) lastOfLane.set(laneOf(previous), previous)
    },
    /** Puts `delivery` at the end of its lane. Returns whether it is first there, and need not wait for another. */
    enter(delivery: KeptDelivery): boolean {
      if (delivery.previous === null && delivery.following === null) return true
      const lane = laneOf(delivery)
      const last = lastOfLane.get(lane)
      lastOfLane.set(lane, delivery)
      if (last === undefined || last === delivery || last.status !== 'pending') return true
      last.behind = delivery
      delivery.ahead = last
      return false
    },
    find(id: string): KeptDelivery | undefined {
      let each = lastOfOrder.get(id.slice(0, id.lastIndexOf('.'))) ?? null
      while (each !== null && deliveryId(each) !== id) each = each.previous
      return each ?? undefined
    },
    remove(delivery: KeptDelivery) {
      const { older, newer, previous, following, remoteId } = delivery
      delivery.isForgotten = true
      count--
      if (older === null) oldest = newer
      else older.newer = newer
      if (newer === null) newest = older
      else newer.older = older
      if (previous !== null) previous.following = following
      if (following !== null) following.previous = previous
      else if (previous !== null) lastOfOrder.set(remoteId, previous)
      else lastOfOrder.delete(remoteId)
      if (previous === null && following === null && lastOfLane.size === 0) return
      const lane = laneOf(delivery)
      if (lastOfLane.get(lane) === delivery) lastOfLane.delete(lane)
    },
  }
}

const laneOf = ({ remoteId, receiver }: { remoteId: string; receiver: Receiver }) =>
  `${remoteId} ${receiver.webhookId ?? ''} ${receiver.url}`
