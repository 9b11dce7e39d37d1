import { computed, signal } from '@preact/signals'
import { clock } from './live'

const tick = signal(0)
setInterval(() => {
  if (!document.hidden && !clock.peek().isFrozen) tick.value++
}, 1_000)

/** The sandbox's time in milliseconds since 1970, updated every second; NaN until it is known. */
export const sandboxNow = computed(() => {
  const { now, isFrozen, readAt } = clock.value
  // Reads the tick only to be recomputed every second.
  const passed = tick.value < 0 || isFrozen ? 0 : performance.now() - readAt
  return Date.parse(now) + passed
})

const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const withYear = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

const sameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString()

/** A short time for lists. The date appears only if it is not today by the sandbox's clock. */
export function shortMoment(at: number, now: number): string {
  if (Number.isNaN(at)) return ''
  if (sameDay(at, now)) return timeOfDay.format(at)
  return (Math.abs(at - now) < 300 * 86_400_000 ? dayAndTime : withYear).format(at)
}

const withZone = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })

/** With its time zone, and as the API has it. */
export const exactMoment = (at: number): string =>
  Number.isNaN(at) ? '' : `${withZone.format(at)}\n${new Date(at).toISOString()}`

export const wholeMoment = (at: number): string => (Number.isNaN(at) ? '' : withYear.format(at))

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** One decimal below ten: `0.4`, `7.9`, `78`. */
const rounded = (count: number) => String(count < 10 ? Math.round(count * 10) / 10 : Math.round(count))

/** A duration in its two largest units, `2 min 5 s`; in milliseconds below a second. */
export function span(ms: number): string {
  const whole = Math.abs(ms)
  if (whole < 1_000) return `${rounded(whole)} ms`
  if (whole < 10_000) return `${rounded(whole / 1_000)} s`
  const first = units.findIndex(([, size]) => whole >= size)
  let rest = whole
  return units
    .slice(first, first + 2)
    .map(([name, size]) => {
      const count = Math.floor(rest / size)
      rest -= count * size
      return count > 0 ? `${String(count)} ${name}` : ''
    })
    .filter(Boolean)
    .join(' ')
}

/** A signed duration: `+2 min`, `−3 s`. */
export const delta = (ms: number): string => `${ms < 0 ? '−' : '+'}${span(ms)}`

/** How long before `now` something was, in its largest unit: `3 min ago`. After a month, its date. */
export function ago(at: number, now: number): string {
  const ms = now - at
  if (Number.isNaN(ms)) return ''
  if (Math.abs(ms) < 1_000) return 'now'
  if (Math.abs(ms) > 30 * 86_400_000) return shortMoment(at, now)
  const [name, size] = units.find((unit) => Math.abs(ms) >= unit[1]) ?? units[3]
  const length = `${String(Math.floor(Math.abs(ms) / size))} ${name}`
  return ms < 0 ? `in ${length}` : `${length} ago`
}
