/** Narrows down options. Escape clears it, and closes nothing. */
export const OptionSearch = ({
  label,
  placeholder = label,
  value,
  set,
}: {
  label: string
  placeholder?: string
  value: string
  set: (search: string) => void
}) => (
  <input
    type="search"
    aria-label={label}
    placeholder={placeholder}
    value={value}
    onInput={({ currentTarget }) => {
      set(currentTarget.value)
    }}
    onKeyDown={(event) => {
      if (event.key !== 'Escape' || value === '') return
      event.preventDefault()
      set('')
    }}
  />
)
