import { setQuery } from '../route'

export type Option = readonly [value: string, label: string]

export interface SelectProps {
  /** Its name in the URL. */
  name: string
  label: string
  /** What it says when nothing is chosen. */
  any: string
  value: string | undefined
  options: readonly Option[]
  /** Further options below a heading. */
  more?: { label: string; options: readonly Option[] }
  set?: (value: string) => void
}

/** A field of a filter, kept in the URL. */
export const Select = ({ name, label, any, value = '', options, more, set }: SelectProps) => (
  <select
    aria-label={label}
    class={value === '' ? undefined : 'set'}
    value={value}
    onChange={({ currentTarget }) => {
      if (set) set(currentTarget.value)
      else setQuery(name, currentTarget.value)
    }}
  >
    <OptionOf value="" label={any} isChosen={value === ''} />
    {options.map(([each, text]) => (
      <OptionOf key={each} value={each} label={text} isChosen={each === value} />
    ))}
    {more && (
      <optgroup label={more.label}>
        {more.options.map(([each, text]) => (
          <OptionOf key={each} value={each} label={text} isChosen={each === value} />
        ))}
      </optgroup>
    )}
  </select>
)

const OptionOf = ({ value, label, isChosen }: { value: string; label: string; isChosen: boolean }) => (
  <option value={value} selected={isChosen}>
    {label}
  </option>
)
