import { mostLive } from '../../schemas/control/live'

/** Things that changed, each once, and no more than a message holds: under load the rest costs nothing, and is told later. */
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
    /** Whether there were more than it holds since it was last asked. */
    overflew() {
      const was = isOver
      isOver = false
      return was
    },
    /** Newest first. */
    take() {
      const taken = [...items.values()].reverse()
      items = new Map()
      return taken
    },
  }
}
