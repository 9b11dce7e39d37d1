import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { linkTo, type View } from '../route'

interface TwoPanesProps {
  view: View
  title: string
  /** What can be done with the list as a whole, beside the heading. */
  actions?: ComponentChildren
  /** Controls beside the heading: a search, a filter. */
  tools?: ComponentChildren
  list: ComponentChildren
  /** The open item. */
  detail: ComponentChildren
  /** The key of the open item; empty if none is open. */
  openKey: string
  /** Shown in the detail pane while no item is open. */
  advice: ComponentChildren
  /** Where to go when the item is closed; by default to the list of the view. */
  closeTo?: { href: string; title: string }
}

/** A list beside the detail of its open item; one at a time on a phone. */
export function TwoPanes({ view, title, actions, tools, list, detail, openKey, advice, closeTo }: TwoPanesProps) {
  const pane = useRef<HTMLElement>(null)
  const isOpen = openKey !== ''
  const wasOpen = useRef('')
  const { href, title: back } = closeTo ?? { href: linkTo(view), title }

  // On a phone the detail replaces the list, so the focus has to follow, and to return afterwards.
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
      location.hash = href
      if (!isOnePane()) row?.focus()
    }
    addEventListener('keydown', close)
    return () => {
      removeEventListener('keydown', close)
    }
  }, [openKey, isOpen, href])

  return (
    <div class={isOpen ? 'panes open' : 'panes'}>
      <section class="list-pane" aria-labelledby="view-title">
        <div class="pane-head">
          <h1 id="view-title">{title}</h1>
          {actions}
          {tools}
        </div>
        {list}
      </section>
      <section class="detail-pane" aria-label="Details" ref={pane} tabIndex={-1}>
        {isOpen ? (
          <>
            <a class="back" href={href}>
              ← {back}
            </a>
            {detail}
          </>
        ) : typeof advice === 'string' ? (
          <p class="advice">{advice}</p>
        ) : (
          advice
        )}
      </section>
    </div>
  )
}

const isOnePane = () => !matchMedia('(min-width: 60rem)').matches
