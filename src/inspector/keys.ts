import { signal } from '@preact/signals'
import type { ControlDelivery } from '../../schemas/control/deliveries'
import { call, toApiError } from './api'
import { route, webhooksKey } from './route'

/** All keys, in the order in which the dialog shows them. */
export const keys = [
  ['/', 'Go to the search'],
  ['j  ↓', 'Next row'],
  ['k  ↑', 'Previous row'],
  ['Enter', 'Open the row'],
  ['Esc', 'Close what is open'],
  ['r', 'Replay the delivery'],
  ['?', 'Show these keys'],
] as const

export const areKeysShown = signal(false)

/** What the last key did; empty if there is nothing to say. */
export const said = signal('')

const isIn = (target: EventTarget | null, selector: string) =>
  target instanceof Element && target.closest(selector) !== null

const rows = () =>
  [...document.querySelectorAll<HTMLElement>('.list-pane .rows .row')].filter((row) => row.offsetParent !== null)

/** Handles the keys that work in every view. Fields, dialogs and combinations with other keys are left alone. */
export function onKey(event: KeyboardEvent): void {
  const { key, target } = event
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (isIn(target, 'input, textarea, select') || document.querySelector('dialog[open]')) return
  // Elsewhere the arrows scroll, or belong to a control.
  const isArrow = key.startsWith('Arrow')
  if (isArrow && target !== document.body && !isIn(target, '.row')) return
  const act = actions[key]
  if (act === undefined) return
  // A key that is held down sends one replay.
  if (event.repeat && key === 'r') return
  event.preventDefault()
  act()
}

const actions: Partial<Record<string, () => void>> = {
  '/': () => {
    document.querySelector<HTMLElement>('[data-filter]')?.focus()
  },
  j: () => {
    move(1)
  },
  k: () => {
    move(-1)
  },
  ArrowDown: () => {
    move(1)
  },
  ArrowUp: () => {
    move(-1)
  },
  r: () => {
    const id = chosenDelivery()
    if (id !== undefined) void replay(id)
  },
  '?': () => {
    areKeysShown.value = true
  },
}

/** Moves the focus within the list; from elsewhere, to the row of the open item or to the first. */
function move(by: 1 | -1): void {
  const all = rows()
  const focused = all.findIndex((row) => row === document.activeElement)
  const current = all.findIndex((row) => row.ariaCurrent === 'true')
  const next = focused >= 0 ? all[focused + by] : (all[current] ?? all[0])
  next?.focus()
}

/** The delivery whose row has the focus, or else the open one. */
function chosenDelivery(): string | undefined {
  if (route.value.view !== 'deliveries') return undefined
  const focused = document.activeElement
  if (focused instanceof HTMLElement && focused.matches('.row')) return focused.dataset['key']
  const [open] = route.value.open
  return open === webhooksKey ? undefined : open
}

async function replay(id: string): Promise<void> {
  said.value = ''
  try {
    await call<ControlDelivery>('POST', `deliveries/${encodeURIComponent(id)}/replay`)
    said.value = 'Replayed: the delivery is queued again.'
  } catch (error) {
    const { message, hint } = toApiError(error)
    said.value = `${message} ${hint}`.trim()
  }
  setTimeout(() => {
    said.value = ''
  }, 6_000)
}
