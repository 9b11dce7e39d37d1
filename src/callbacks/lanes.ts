/** What stands in a lane: a delivery that may have others behind it. */
export interface InLane {
  readonly lane: string
  readonly place: string
  behind: this | null
}

/**
 * Keeps those of one lane and place (one receiver and one order) in their order: `start` is called for each when all
 * before it have left.
 */
export function lanes<T extends InLane>(start: (one: T) => void) {
  // Linked, and found by strings that exist anyway: with a receiver that is down there may be a million of them.
  const lasts = new Map<string, Map<string, T>>()

  return {
    enter(one: T) {
      const lane = lasts.get(one.lane) ?? new Map<string, T>()
      lasts.set(one.lane, lane)
      const last = lane.get(one.place)
      lane.set(one.place, one)
      if (last === undefined) start(one)
      else last.behind = one
    },
    leave(one: T) {
      const next = one.behind
      one.behind = null
      if (next !== null) {
        start(next)
        return
      }
      const lane = lasts.get(one.lane)
      lane?.delete(one.place)
      if (lane?.size === 0) lasts.delete(one.lane)
    },
  }
}
