import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { linkTo, type View } from '../route'

interface TwoPanesProps {
  view: View
  title: string
  /** What belongs to the heading: a search, a filter. */
  tools?: ComponentChildren
  list: ComponentChildren
  /** What is open; null when nothing is. */
  detail: ComponentChildren
  /** Changes when another one is opened. */
  openKey: string
  /** What the place of the detail says when nothing is open. */
  advice: string
}

/** A list, and beside it what is open of it; on a phone one at a time. */
export function TwoPanes({ view, title, tools, list, detail, openKey, advice }: TwoPanesProps) {
  const pane = useRef<HTMLElement>(null)
  const isOpen = openKey !== ''
  const wasOpen = useRef('')

  // On a phone the list is gone once something is open, so that the focus has to go along, and back again.
  useEffect(() => {
    const before = wasOpen.current
    wasOpen.current = openKey
    pane.current?.scrollTo(0, 0)
    if (isOnePane() && isOpen) {
      scrollTo(0, 0)
      pane.current?.focus({ preventScroll: true })
    } else if (isOnePane() && before !== '') {
      document.querySelector<HTMLElement>(`[data-key="${CSS.escape(before)}"]`)?.focus()
    }
  }, [openKey])

  useEffect(() => {
    if (!isOpen) return
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return
      const row = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(openKey)}"]`)
      location.hash = linkTo(view)
      if (!isOnePane()) row?.focus()
    }
    addEventListener('keydown', close)
    return () => {
      removeEventListener('keydown', close)
    }
  }, [openKey, isOpen, view])

  return (
    <div class={isOpen ? 'panes open' : 'panes'}>
      <section class="list-pane" aria-labelledby="view-title">
        <div class="pane-head">
          <h1 id="view-title">{title}</h1>
          {tools}
        </div>
        {list}
      </section>
      <section class="detail-pane" aria-label="Details" ref={pane} tabIndex={-1}>
        {isOpen ? (
          <>
            <a class="back" href={linkTo(view)}>
              ← {title}
            </a>
            {detail}
          </>
        ) : (
          <p class="advice">{advice}</p>
        )}
      </section>
    </div>
  )
}

const isOnePane = () => !matchMedia('(min-width: 60rem)').matches
