import { type Delivery, deliveryId, type StoredOrder } from '../store/records'
import { type Line, unitLine } from './entries'
import type { KeptState } from './kept-state'

/** What changed of an order and the deliveries about it. */
interface Change {
  order: boolean
  /** The ids of deliveries; null: none, as for most orders. */
  deliveries: Set<string> | null
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
    const change = changes.get(remoteId)
    if (change !== undefined) return change
    const fresh: Change = { order: false, deliveries: null }
    changes.set(remoteId, fresh)
    return fresh
  }

  return {
    order({ remoteId }: StoredOrder) {
      changeOf(remoteId).order = true
    },
    delivery(delivery: Pick<Delivery, 'remoteId' | 'number'>) {
      const change = changeOf(delivery.remoteId)
      change.deliveries ??= new Set()
      change.deliveries.add(deliveryId(delivery))
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
         * A line for each, made when it is asked for. What no longer exists is left out. Throws `ResetMeanwhile`: what
         * is left may come from after the reset, which is written later.
         */
        *lines(state: KeptState): Generator<Line, void> {
          for (const [remoteId, change] of taken) {
            if (resets !== before) throw new ResetMeanwhile()
            // What has changed meanwhile goes along: an order without a delivery about it would be half of a step.
            const later = changes.size === 0 ? undefined : changes.get(remoteId)
            if (later !== undefined) {
              merge(change, later)
              changes.delete(remoteId)
            }
            const line = lineOfChange(state, remoteId, change)
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
  if (later.deliveries !== null) change.deliveries = new Set([...(change.deliveries ?? []), ...later.deliveries])
}

/** Null if nothing of it exists any more. */
function lineOfChange({ store, deliveries }: KeptState, remoteId: string, changed: Change): Line | null {
  const order = changed.order ? store.peek(remoteId) : null
  const kept = [...(changed.deliveries ?? [])].map((id) => deliveries.kept(id)).filter((each) => each !== null)
  return order === null && kept.length === 0 ? null : unitLine(order, kept)
}

/** A line for each order with all deliveries about it, and for each other delivery, made when it is asked for. */
export function* allUnits({ store, deliveries }: KeptState): Generator<Line, void> {
  for (const order of store.each()) yield unitLine(order, deliveries.keptAbout(order.remoteId))
  for (const delivery of deliveries.keptAlone()) yield unitLine(null, [delivery])
}
