import { type Delivery, deliveryId } from './delivery'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A delivery as it is kept: flat, since with a receiver that is down there may be a million of them. */
export interface KeptDelivery extends Mutable<Delivery> {
  /** Counts all deliveries, so that they can be listed in their order. */
  turn: number
  /** The one about the same order before this one. */
  previous: KeptDelivery | null
  /** The one about the same order and to the same receiver that waits for this one to end. */
  behind: KeptDelivery | null
  /** Attempts of earlier rounds, before a replay. */
  earlier: number
  /** Calls off the next attempt, or breaks off the one that is under way. */
  stop: (() => void) | null
  /** Whether it was taken away: nothing is recorded of it any more. */
  isForgotten: boolean
}

/** Deliveries by the order that they are about. */
export function keptDeliveries() {
  const lastOfOrder = new Map<string, KeptDelivery>()
  let count = 0

  /** Those about one order, newest first. */
  function* ofOrder(remoteId: string) {
    for (let each = lastOfOrder.get(remoteId) ?? null; each !== null; each = each.previous) yield each
  }

  function* all() {
    for (const remoteId of lastOfOrder.keys()) yield* ofOrder(remoteId)
  }

  return {
    ofOrder,
    all,
    count: () => count,
    last: (remoteId: string) => lastOfOrder.get(remoteId) ?? null,
    /** Adds the newest about its order. */
    add(delivery: KeptDelivery) {
      count++
      lastOfOrder.set(delivery.remoteId, delivery)
    },
    find(id: string): KeptDelivery | undefined {
      return [...ofOrder(id.slice(0, id.lastIndexOf('.')))].find((each) => deliveryId(each) === id)
    },
    remove(delivery: KeptDelivery) {
      delivery.isForgotten = true
      count--
      const after = [...ofOrder(delivery.remoteId)].find(({ previous }) => previous === delivery)
      if (after !== undefined) after.previous = delivery.previous
      else if (delivery.previous !== null) lastOfOrder.set(delivery.remoteId, delivery.previous)
      else lastOfOrder.delete(delivery.remoteId)
    },
  }
}
