/** A queue whose operations cost the same however long it is. */
export interface Fifo<T> {
  readonly length: number
  push(one: T): void
  shift(): T | undefined
  /** Removes all but the first `count`, and returns what it removed. */
  cut(count: number): T[]
}

export function fifo<T>(): Fifo<T> {
  let items: T[] = []
  let next = 0
  return {
    get length() {
      return items.length - next
    },
    push(one) {
      items.push(one)
    },
    shift() {
      if (next === items.length) return undefined
      const one = items[next++]
      if (next * 2 > items.length) {
        items = items.slice(next)
        next = 0
      }
      return one
    },
    cut: (count) => items.splice(next + count),
  }
}
