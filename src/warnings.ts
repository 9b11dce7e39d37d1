import type { Warning } from '../schemas/control/requests'

/** What was accepted although it looks like a mistake: the first warnings, and how many more there are. */
export interface Warnings {
  readonly list: readonly Warning[]
  readonly more: number
}

/** Maximum number of warnings listed; the rest is only counted. */
export const mostWarnings = 50

/** No warnings. */
export const noWarnings: Warnings = { list: [], more: 0 }

export const warningsOf = (...list: Warning[]): Warnings => ({ list, more: 0 })

export const addWarnings = (some: Warnings, others: Warnings): Warnings =>
  limited([...some.list, ...others.list], some.more + others.more)

const limited = (all: readonly Warning[], more: number): Warnings => ({
  list: all.slice(0, mostWarnings),
  more: more + Math.max(0, all.length - mostWarnings),
})

export const hasWarnings = ({ list }: Warnings): boolean => list.length > 0

/** All of them, as the journal lists them; the last one counts those left out. */
export const listWarnings = ({ list, more }: Warnings): readonly Warning[] =>
  more === 0 ? list : [...list, { path: '', message: andMore(more) }]

/** Their messages, for the log and for errors. */
export const sentencesOf = (warnings: Warnings): string[] => listWarnings(warnings).map(({ message }) => message)

const andMore = (count: number) => `and ${String(count)} more`

/** Maximum size of the header in bytes: some clients and proxies refuse larger ones. */
const mostOfHeader = 8 * 1024
/** Bytes reserved for the count of the rest. */
const mostOfRest = 40

/** Their messages as the header `x-sandbox-warning`: in ASCII, and short enough for any client. */
export function warningHeader({ list, more }: Warnings): string {
  const told: string[] = []
  let size = 0
  for (const { message } of list) {
    const text = ascii(message)
    size += text.length + separator.length
    if (size > mostOfHeader - mostOfRest) break
    told.push(text)
  }
  const rest = list.length - told.length + more
  return [...told, ...(rest > 0 ? [andMore(rest)] : [])].join(separator)
}

const separator = '; '

/** `text` with everything but printable ASCII escaped as in JSON, since parts of it are a client's. */
export const ascii = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
