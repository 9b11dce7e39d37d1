import { mostLive } from '../../schemas/control/live'

/** Changed items, each once, at most one message full: under load the rest costs nothing and is sent later. */
export function gathered<T>() {
  let items = new Map<string, T>()
  let isOver = false
  return {
    add(key: string, item: T) {
      if (items.size === mostLive && !items.has(key)) {
        isOver = true
        return
      }
      items.delete(key)
      items.set(key, item)
    },
    size: () => items.size,
    /** Whether items were dropped since the last call. */
    overflew() {
      const was = isOver
      isOver = false
      return was
    },
    /** Removes and returns all items, newest first. */
    take() {
      const taken = [...items.values()].reverse()
      items = new Map()
      return taken
    },
  }
}
