import { apisOf, type Listed } from './groups'
import { react } from './react'

/** All operations, those of StackOne apart from those of the sandbox. */
export function OperationList({ all, openHash }: { all: readonly Listed[]; openHash: string }) {
  const { useEffect, useState } = react()
  const [query, setQuery] = useState('')
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping()) return
      event.preventDefault()
      document.querySelector<HTMLElement>('.list-pane input')?.focus()
    }
    addEventListener('keydown', focus)
    return () => {
      removeEventListener('keydown', focus)
    }
  }, [])
  useEffect(() => {
    document.querySelector('.row[aria-current]')?.scrollIntoView({ block: 'nearest' })
    return undefined
  }, [openHash])
  const apis = apisOf(all, query.trim())
  return (
    <section className="list-pane" aria-labelledby="view-title">
      <div className="pane-head">
        <h1 id="view-title">API reference</h1>
        <div role="search" className="search">
          <input
            type="search"
            aria-label="Filter the calls"
            aria-keyshortcuts="/"
            placeholder="Filter: order, PATCH, clock …"
            value={query}
            autoComplete="off"
            spellcheck={false}
            onChange={({ currentTarget }) => {
              setQuery(currentTarget.value)
            }}
          />
          <kbd aria-hidden="true">/</kbd>
        </div>
      </div>
      {apis.length === 0 && all.length > 0 && <p className="empty">No matching calls.</p>}
      {apis.map(({ title, about, groups }) => (
        <section className="api" key={title} aria-label={title}>
          <div className="api-head">
            <h2>{title}</h2>
            <p className="quiet">{about}</p>
          </div>
          {groups.map(({ name, operations }) => (
            <section key={name}>
              <h3 className="group">{name}</h3>
              <ul className="rows">
                {operations.map((each) => (
                  <Row key={each.hash} listed={each} isOpen={each.hash === openHash} />
                ))}
              </ul>
            </section>
          ))}
        </section>
      ))}
    </section>
  )
}

const Row = ({ listed: { hash, method, path, operation }, isOpen }: { listed: Listed; isOpen: boolean }) => (
  <li>
    <a className="row call-row" href={encodeURI(hash)} aria-current={isOpen ? 'page' : undefined} title={path}>
      <span className={`method ${method}`}>{method.toUpperCase()}</span>
      <span className={operation.deprecated ? 'is-deprecated' : undefined}>{operation.summary}</span>
    </a>
  </li>
)

const isTyping = () => document.activeElement?.matches('input, textarea, select') ?? false
