import { useId, useState } from 'preact/hooks'
import type { PackageList } from '../../../schemas/control/packages'
import { OptionSearch } from './option-search'

type Package = PackageList['packages'][number]

/** Fewer packages than these need no search. */
const few = 8

/** Packages to choose one from. */
export function PackageOptions({
  packages,
  value,
  set,
}: {
  packages: readonly Package[]
  value: string
  set: (id: string) => void
}) {
  const name = useId()
  const [search, setSearch] = useState('')
  const words = search.toLowerCase().split(/\s+/)
  const found = packages.filter((each) => {
    const text = `${each.id} ${each.name ?? ''} ${each.description ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return (
    <fieldset class="options">
      <legend>
        Package <small>({packages.length.toLocaleString('en-GB')} on offer)</small>
      </legend>
      {packages.length > few && <OptionSearch label="Search packages" value={search} set={setSearch} />}
      <div class="options-list">
        {found.map((each, i) => (
          <label key={i} class="option">
            <input
              type="radio"
              name={name}
              checked={each.id === value}
              onChange={() => {
                set(each.id)
              }}
            />
            <span class="option-text">
              <span>
                <strong dir="auto">{each.name ?? each.id}</strong> <code class="quiet">{each.id}</code>
              </span>
              {each.description && (
                <span class="quiet" dir="auto">
                  {each.description}
                </span>
              )}
              {each.tests && each.tests.length > 0 && (
                <span class="quiet">Tests: {each.tests.map((test) => test.name ?? test.id).join(', ')}</span>
              )}
            </span>
          </label>
        ))}
        {found.length === 0 && <p class="quiet">No matching packages.</p>}
      </div>
    </fieldset>
  )
}
