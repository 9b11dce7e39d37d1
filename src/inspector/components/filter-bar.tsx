import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { clearFilter, type Filtered, fieldsSet, isFiltered } from '../filter'
import { account } from '../route'
import { counted } from '../words'
import { Empty } from './empty'
import { Search } from './search'
import { Select, type SelectProps } from './select'
import { TimeFilter } from './time-filter'

interface FilterBarProps {
  view: Filtered
  placeholder: string
  fields: readonly SelectProps[]
}

/** The filter of a list, kept in the URL. On a phone, a button unfolds all of it but the search. */
export function FilterBar({ view, placeholder, fields }: FilterBarProps) {
  const [isUnfolded, setUnfolded] = useState(false)
  const count = fieldsSet(view)
  return (
    <div class="filter-bar">
      <Search label={`Search ${view}`} placeholder={placeholder} />
      <button
        type="button"
        class={count > 0 ? 'unfold set' : 'unfold'}
        aria-expanded={isUnfolded}
        aria-controls="filter-fields"
        onClick={() => {
          setUnfolded(!isUnfolded)
        }}
      >
        Filter{count > 0 && ` (${String(count)})`}
      </button>
      <div id="filter-fields" class={isUnfolded ? 'fields-row unfolded' : 'fields-row'}>
        {fields.map((field) => (
          <Select key={field.name} {...field} />
        ))}
        <TimeFilter />
      </div>
    </div>
  )
}

/** What an empty list says of a filter that nothing matches. */
export const NoneFound = ({ title, covers }: { title: string; covers: string }) => (
  <Empty title={title}>
    <p>Search covers {covers}.</p>
    {account.value && (
      <p>
        Only the account <strong dir="auto">{account.value}</strong> is shown.
      </p>
    )}
  </Empty>
)

interface SummaryProps {
  view: Filtered
  /** How many match. */
  total: number
  /** How many there are without a filter; null if that is not known. */
  all: number | null
  one: string
  children?: ComponentChildren
}

/** How many entries the sandbox has, and how many of them match. */
export function Summary({ view, total, all, one, children }: SummaryProps) {
  const isPart = isFiltered(view) && all !== null && all >= total
  return (
    <div class="summary">
      <span role="status">
        {isPart ? `${total.toLocaleString('en-GB')} of ${counted(all, one, view)}` : counted(total, one, view)}
      </span>
      {isFiltered(view) && (
        <button
          type="button"
          class="small"
          onClick={() => {
            clearFilter(view)
          }}
        >
          Clear filter
        </button>
      )}
      {children}
    </div>
  )
}
