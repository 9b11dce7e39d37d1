import { createColors } from 'picocolors'
import type { CheckResult, Report, Verdict } from '../check'

const marks = { pass: '✓', fail: '✗', skip: '-', reported: '?' } as const
const nouns: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  fail: 'failed',
  skip: 'skipped',
  reported: 'reported, where nothing says what to do',
}

type Colors = ReturnType<typeof createColors>

const painted = ({ green, red, dim, yellow }: Colors) => ({ pass: green, fail: red, skip: dim, reported: yellow })

const indented = (text: string, by = 4) =>
  text
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n')

/** A check that has ended, in one line. */
export const line = ({ id, title, verdict }: CheckResult, width: number, isColored = false): string => {
  const colors = createColors(isColored)
  return `${painted(colors)[verdict](marks[verdict])} ${id.padEnd(width)}  ${title}`
}

/** How many checks had each verdict, in a line. */
export function totals({ checks }: Report): string {
  const counted = (['pass', 'fail', 'reported', 'skip'] as const).map((verdict) => ({
    verdict,
    count: checks.filter((check) => check.verdict === verdict).length,
  }))
  return counted
    .filter(({ verdict, count }) => count > 0 || verdict === 'pass')
    .map(({ verdict, count }) => `${String(count)} ${nouns[verdict]}`)
    .join(', ')
}

/** The report for a terminal: a line a check, then what there is to say about those that did not pass. */
export function textOf(report: Report, isColored = false): string {
  const colors = createColors(isColored)
  const width = Math.max(0, ...report.checks.map(({ id }) => id.length))
  const lines = report.checks.map((check) => line(check, width, isColored))
  const told = report.checks.filter(isWorthTelling).map((check) => detailOf(check, colors))
  const skips = skippedOf(report).map(({ why, ids }) => `Skipped, as ${why}:\n${indented(ids.join(', '))}\n`)
  return [...lines, '', ...told, ...skips, totals(report), ''].join('\n')
}

/** Whether there is more to say about a check than that it passed or was skipped. */
export const isWorthTelling = ({ verdict }: CheckResult): boolean => verdict === 'fail' || verdict === 'reported'

/** The checks that were skipped, by the reason. */
export function skippedOf({ checks }: Report): { why: string; ids: string[] }[] {
  const skipped = checks.filter(({ verdict }) => verdict === 'skip')
  const reasons = [...new Set(skipped.map(({ why }) => why))]
  return reasons.map((why) => ({ why, ids: skipped.filter((check) => check.why === why).map(({ id }) => id) }))
}

function detailOf(check: CheckResult, colors: Colors): string {
  const { id, title, verdict, why, expected, rationale, source, evidence } = check
  const head = `${painted(colors)[verdict](`${marks[verdict]} ${id}`)}  ${title}`
  const parts: [string, string | null][] = [
    ['Expected', expected],
    ['Because', rationale],
    ['Source', source],
    ['Sent', evidence?.sent ?? null],
    ['Received', evidence?.received ?? null],
    ['Repeat it', evidence?.curl ?? null],
  ]
  const told = parts.filter(([, text]) => text !== null).map(([name, text]) => named(name, String(text), colors))
  return `${head}\n${indented(why)}\n${told.join('\n')}\n`
}

const named = (name: string, text: string, { dim }: Colors) =>
  text.includes('\n') ? `${indented(dim(name))}\n${indented(text, 6)}` : indented(`${dim(name.padEnd(9))} ${text}`)

/** The checks themselves, for `--list`. */
export const listing = (checks: readonly Pick<CheckResult, 'id' | 'title' | 'why' | 'source'>[]): string =>
  checks.map(({ id, title, why, source }) => `${id}\n${indented(`${title}\n${why}\nSource: ${source}`)}\n`).join('\n')
