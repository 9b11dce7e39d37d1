import { useEffect, useState } from 'preact/hooks'
import { route, setQuery } from '../route'

/** A search field whose text is in the URL as `q`. The key `/` focuses it. */
export function Search({ label, placeholder }: { label: string; placeholder: string }) {
  const given = route.value.query.get('q') ?? ''
  const [text, setText] = useState(given)

  useEffect(() => {
    if (text.trim() === given) return
    const timer = setTimeout(setQuery, 200, 'q', text.trim())
    return () => {
      clearTimeout(timer)
    }
  }, [text])
  useEffect(() => {
    if (given !== text.trim()) setText(given)
  }, [given])

  return (
    <div role="search" class="search">
      <input
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        data-filter
        placeholder={placeholder}
        value={text}
        maxLength={100}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return
          event.preventDefault()
          setText('')
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  )
}
