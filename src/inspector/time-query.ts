import { computed } from '@preact/signals'
import { ApiError } from './api'
import { chosen } from './filter'
import { route } from './route'
import { sandboxNow } from './time'

export const recentTimes = ['5m', '1h', 'today'] as const

const spans = { '5m': 5 * 60_000, '1h': 60 * 60_000 } as const
/** Milliseconds after which a list of a relative time is read again: what is too old has to go. */
const steps = { '5m': 5_000, '1h': 15_000, today: 60_000 } as const

/** How far the page's idea of the sandbox's clock may be behind. */
const slack = 60_000

/** The time in the URL: a relative one, a range, or none. */
export function chosenTime() {
  const [from, to] = [momentIn('from'), momentIn('to')]
  const isRange = from !== '' || to !== '' || route.value.query.get('time') === 'range'
  return { recent: isRange ? undefined : chosen('time', recentTimes), isRange, from, to }
}

function momentIn(name: string): string {
  const ms = Date.parse(route.value.query.get(name) ?? '')
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString()
}

/** Changes when a relative time has moved on. */
export const timeTick = computed(() => {
  const { recent } = chosenTime()
  return recent === undefined ? 0 : Math.floor(sandboxNow.value / steps[recent])
})

/** The time in the URL, by the sandbox's clock, as a filter of the control API. */
export function timeQuery(): { after?: string; before?: string } {
  const { recent, from, to } = chosenTime()
  const now = sandboxNow.peek()
  if (recent === 'today') return between(midnight(now, 0), midnight(now, 1))
  if (recent !== undefined) return between(now - spans[recent], now + slack)
  if (from !== '' && to !== '' && from > to)
    throw new ApiError('The range ends before it begins.', 'Choose an earlier From or a later To.', null)
  return { ...(from !== '' && { after: from }), ...(to !== '' && { before: to }) }
}

const between = (from: number, to: number) => ({
  after: new Date(from).toISOString(),
  before: new Date(to).toISOString(),
})

function midnight(now: number, days: number): number {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime()
}
