import { Search } from '../components/search'
import { deliveryEvents, deliveryQuery, deliveryStatuses } from '../delivery-query'
import { setQuery } from '../route'
import { eventInWords } from '../words'

/** The filter of deliveries, kept in the URL. */
export function DeliveryFilter() {
  const { status, event } = deliveryQuery()
  return (
    <div class="filter">
      <Search label="Search deliveries" placeholder="Candidate, URL, ID…" />
      <Select name="status" label="Status" all="Any status" value={status} options={deliveryStatuses} />
      <Select
        name="event"
        label="Event"
        all="Any event"
        value={event}
        options={deliveryEvents}
        inWords={eventInWords}
      />
    </div>
  )
}

interface SelectProps<V extends string> {
  name: string
  label: string
  all: string
  value: V | undefined
  options: readonly V[]
  inWords?: (value: V) => string
}

const Select = <V extends string>({ name, label, all, value, options, inWords = String }: SelectProps<V>) => (
  <select
    aria-label={label}
    value={value ?? ''}
    onChange={({ currentTarget }) => {
      setQuery(name, currentTarget.value)
    }}
  >
    <option value="" selected={value === undefined}>
      {all}
    </option>
    {options.map((each) => (
      <option key={each} value={each} selected={each === value}>
        {inWords(each)}
      </option>
    ))}
  </select>
)
