import { type ComponentChildren, Fragment } from 'preact'
import { useState } from 'preact/hooks'
import { mostKept } from '../merge'
import { counted } from '../words'

/** How many rows each step renders: more would be noticeably slow. */
const step = 200

interface RowsProps<T> {
  items: readonly T[]
  /** How many items there are, including those not loaded. */
  total: number
  /** The plural: `orders`. */
  noun: string
  keyOf: (item: T) => string | number
  children: (item: T) => ComponentChildren
  /** Loads the newest `count` items; null if the list cannot load more. */
  load: ((count: number) => void) | null
}

export function Rows<T>({ items, total, noun, keyOf, children, load }: RowsProps<T>) {
  const [most, setMost] = useState(step)
  const shown = items.slice(0, most)
  const one = noun.replace(/ies$/, 'y').replace(/s$/, '')
  const isMore = items.length > most || (load !== null && total > shown.length && shown.length < mostKept)

  function more() {
    if (items.length < most + step) load?.(Math.min(most + step, mostKept))
    setMost(most + step)
  }

  return (
    <>
      <ul class="rows">
        {shown.map((item) => (
          <Fragment key={keyOf(item)}>{children(item)}</Fragment>
        ))}
      </ul>
      <p class="more">
        <span role="status">
          {shown.length >= total
            ? `${counted(total, one, noun)}.`
            : `Showing ${shown.length.toLocaleString('en-GB')} of ${counted(total, one, noun)}.`}
        </span>{' '}
        {isMore && (
          <button type="button" class="small" onClick={more}>
            Show more
          </button>
        )}
      </p>
    </>
  )
}
