import type { Warning } from '../schemas/control/requests'

/** What was accepted, but looks like a mistake: the first ones, and how many more there are. */
export interface Warnings {
  readonly list: readonly Warning[]
  readonly more: number
}

/** More than these help nobody; the rest is counted. */
export const mostWarnings = 50

/** Nothing to warn of. */
export const noWarnings: Warnings = { list: [], more: 0 }

export const warningsOf = (...list: Warning[]): Warnings => ({ list, more: 0 })

export const addWarnings = (some: Warnings, others: Warnings): Warnings =>
  limited([...some.list, ...others.list], some.more + others.more)

const limited = (all: readonly Warning[], more: number): Warnings => ({
  list: all.slice(0, mostWarnings),
  more: more + Math.max(0, all.length - mostWarnings),
})

export const hasWarnings = ({ list }: Warnings): boolean => list.length > 0

/** All of them in a list, as the journal shows it; the last one counts those that are left out. */
export const listWarnings = ({ list, more }: Warnings): readonly Warning[] =>
  more === 0 ? list : [...list, { path: '', message: andMore(more) }]

/** Their sentences, as the log and an error tell them. */
export const sentencesOf = (warnings: Warnings): string[] => listWarnings(warnings).map(({ message }) => message)

const andMore = (count: number) => `and ${String(count)} more`

/** Bytes of the header, which some clients and proxies refuse when it is larger. */
const mostOfHeader = 8 * 1024
/** Room that is left for counting the rest. */
const mostOfRest = 40

/** Their sentences as the header `x-sandbox-warning`: in ASCII, and cut to what any client takes. */
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

/** `text` with everything but printable ASCII written as in JSON, since parts of it come from a client. */
export const ascii = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
