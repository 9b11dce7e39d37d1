import { type Delivery, deliveryId, type Receiver } from '../../store/records'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A delivery as it is kept: flat, since with a receiver that is down there may be a million of them. */
export interface KeptDelivery extends Mutable<Delivery> {
  /** Counts all that began, so that a move of the clock waits for those before it alone. */
  turn: number
  /** The one that began before this one, and the one after it. */
  older: KeptDelivery | null
  newer: KeptDelivery | null
  /** The one about the same order before this one, and the one after it. */
  previous: KeptDelivery | null
  following: KeptDelivery | null
  /** The one about the same order and to the same receiver that waits for this one to end. */
  behind: KeptDelivery | null
  /** Attempts of earlier rounds, before a replay. */
  earlier: number
  /** Calls off the next attempt, or breaks off the one that is under way. */
  stop: (() => void) | null
  /** Whether it was taken away: nothing is recorded of it any more. */
  isForgotten: boolean
}

/** Deliveries in the order in which they began, and by the order that they are about. */
export function keptDeliveries() {
  const lastOfOrder = new Map<string, KeptDelivery>()
  /** Those that others would have to wait for, where an order has several: the last of each lane. */
  const lastOfLane = new Map<string, KeptDelivery>()
  let oldest: KeptDelivery | null = null
  let newest: KeptDelivery | null = null
  let count = 0

  return {
    /** One that is taken away meanwhile still leads on to the next. */
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
      // Most orders have a single one: only from the second on is it worth while to remember lanes.
      if (previous.previous === null) lastOfLane.set(laneOf(previous), previous)
    },
    /** Puts `delivery` at the end of its lane; returns whether it is the first there, and need not wait for another. */
    enter(delivery: KeptDelivery): boolean {
      if (delivery.previous === null && delivery.following === null) return true
      const lane = laneOf(delivery)
      const last = lastOfLane.get(lane)
      lastOfLane.set(lane, delivery)
      if (last === undefined || last === delivery || last.status !== 'pending') return true
      last.behind = delivery
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
