import { About } from './about'
import { aboutHash, isOnePane, useHash } from './address'
import { listOf, type Listed } from './groups'
import { OperationList } from './operation-list'
import { react } from './react'
import type { System, SystemProps } from './swagger'
import { TopBar } from './top-bar'

/** The frame of the page: a list of all calls, and the open one. */
export const layoutOf = (system: System) =>
  function Layout({ specSelectors, getComponent }: SystemProps) {
    const hash = useHash()
    const all = listOf(specSelectors.specJson())
    const open = all.find((each) => each.hash === hash)
    const isOpen = open !== undefined || hash === aboutHash
    const title = open?.operation.summary ?? ''
    react().useEffect(() => {
      document.title = `${title && `${title} · `}API reference: StackOne assessments sandbox`
      document.querySelector('.detail-pane')?.scrollTo(0, 0)
      if (isOnePane() && isOpen) scrollTo(0, 0)
      return undefined
    }, [hash, isOpen, title])
    const Errors = getComponent('errors', true)
    return (
      <>
        <TopBar />
        <main>
          <div className={isOpen ? 'panes open' : 'panes'}>
            <OperationList all={all} openHash={hash} />
            <section className="detail-pane" aria-label="Details">
              {isOpen && (
                <a className="back" href="#/">
                  ← All calls
                </a>
              )}
              <Errors />
              {open ? (
                <Open key={open.hash} listed={open} system={system} getComponent={getComponent} />
              ) : (
                <About document={specSelectors.specJson().toJS()} getComponent={getComponent} />
              )}
            </section>
          </div>
        </main>
      </>
    )
  }

interface OpenProps extends Pick<SystemProps, 'getComponent'> {
  listed: Listed
  system: System
}

/** Swagger UI resolves the operation and keeps what is entered; `operation.tsx` shows it. */
function Open({ listed, system, getComponent }: OpenProps) {
  const { path, method, tag, operation } = listed
  const Container = getComponent('OperationContainer', true)
  return (
    <Container
      specPath={system.Im.List(['paths', path, method])}
      op={system.Im.fromJS({ operation, id: operation.operationId })}
      path={path}
      method={method}
      tag={tag}
    />
  )
}
