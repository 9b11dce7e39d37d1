import { type ComponentChildren, Fragment } from 'preact'
import { useState } from 'preact/hooks'

/** Rows that are drawn at once; drawing more takes longer than anyone wants to wait. */
const step = 200

interface RowsProps<T> {
  items: readonly T[]
  /** How many there are, with those that the page does not hold. */
  total: number
  /** `orders`. */
  noun: string
  keyOf: (item: T) => string | number
  children: (item: T) => ComponentChildren
  /** Gets as many of the newest as it is told, when the page holds fewer; null where there is no way. */
  load: ((count: number) => Promise<void>) | null
}

export function Rows<T>({ items, total, noun, keyOf, children, load }: RowsProps<T>) {
  const [most, setMost] = useState(step)
  const shown = items.slice(0, most)
  const isMore = items.length > most || (load !== null && total > items.length && items.length < 1000)

  async function more() {
    if (items.length <= most) await load?.(Math.min(most + step, 1000)).catch(() => undefined)
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
          {shown.length < total
            ? `Showing ${count(shown.length)} of ${count(total)} ${noun}.`
            : `${count(total)} ${total === 1 ? noun.replace(/ies$/, 'y').replace(/s$/, '') : noun}.`}
        </span>{' '}
        {isMore && (
          <button type="button" class="small" onClick={() => void more()}>
            Show more
          </button>
        )}
      </p>
    </>
  )
}

const count = (n: number) => n.toLocaleString('en-GB')
