import { type Delivery, deliveryId, type StoredOrder } from '../store/records'
import { lineOf } from './entries'
import type { KeptState } from './kept-state'

/** What changed of an order and the deliveries about it. */
interface Change {
  order: boolean
  readonly deliveries: Set<string>
}

/** By the order's remote id, in the order in which they first changed. */
type Changes = ReadonlyMap<string, Change>

/** Something was reset between two lines of a step, which would be half there. Make the step again. */
export class ResetMeanwhile extends Error {
  override readonly name = 'ResetMeanwhile'
}

/** Remembers which orders and deliveries have changed, so that a file gets each once, as it is when it is written. */
export function changedUnits() {
  let changes = new Map<string, Change>()
  let resets = 0

  function changeOf(remoteId: string): Change {
    const change = changes.get(remoteId) ?? { order: false, deliveries: new Set() }
    changes.set(remoteId, change)
    return change
  }

  return {
    order({ remoteId }: StoredOrder) {
      changeOf(remoteId).order = true
    },
    delivery(delivery: Pick<Delivery, 'remoteId' | 'number'>) {
      changeOf(delivery.remoteId).deliveries.add(deliveryId(delivery))
    },
    /** An account, or everything, was reset. */
    reset() {
      resets++
    },
    /** Returns the changes up to now, and forgets them. */
    take() {
      const taken = changes
      const before = resets
      changes = new Map()
      return {
        size: taken.size,
        /**
         * A line for each, made when it is asked for. What no longer exists is left out. Throws `ResetMeanwhile`: what is
         * left may be of after the reset, which is written later.
         */
        *lines(state: KeptState): Generator<string> {
          for (const [remoteId, change] of taken) {
            if (resets !== before) throw new ResetMeanwhile()
            // What has changed meanwhile goes along: an order without a delivery about it would be half of a step.
            const later = changes.get(remoteId)
            if (later !== undefined) merge(change, later)
            changes.delete(remoteId)
            const line = unitLine(state, remoteId, change)
            if (line !== null) yield line
          }
        },
        /** Remembers them again, since they could not be written. */
        putBack() {
          const later: Changes = changes
          changes = taken
          for (const [remoteId, change] of later) merge(changeOf(remoteId), change)
        },
      }
    },
  }
}

function merge(change: Change, later: Change) {
  change.order ||= later.order
  for (const id of later.deliveries) change.deliveries.add(id)
}

/** Null if nothing of it exists any more. */
function unitLine({ store, deliveries }: KeptState, remoteId: string, changed: Change): string | null {
  const order = changed.order ? store.peek(remoteId) : null
  const kept = [...changed.deliveries].map((id) => deliveries.kept(id)).filter((each) => each !== null)
  if (order === null && kept.length === 0) return null
  return lineOf({ ...(order && { order }), ...(kept.length > 0 && { deliveries: kept }) })
}

/** A line for each order, with all deliveries about it, made when it is asked for. */
export function* allUnits({ store, deliveries }: KeptState): Generator<string> {
  for (const order of store.each()) {
    const kept = deliveries.keptAbout(order.remoteId)
    yield lineOf(kept.length > 0 ? { order, deliveries: kept } : { order })
  }
}
