import type { CheckResult, Report } from '../check'
import { isWorthTelling, skippedOf, totals } from './text'

/** The report as Markdown: a table, then what there is to say about checks that did not pass. */
export function markdownOf(report: Report, heading: string): string {
  const rows = report.checks.map(({ verdict, id, title }) => `| ${verdict} | \`${id}\` | ${cell(title)} |`)
  const told = report.checks.filter(isWorthTelling).map(detailOf)
  const skips = skippedOf(report).map(
    ({ why, ids }) => `Skipped, as ${why}: ${ids.map((id) => `\`${id}\``).join(', ')}.`,
  )
  const table = ['| verdict | check | what should hold |', '| --- | --- | --- |', ...rows].join('\n')
  return `${[`# ${heading}`, `${totals(report)}.`, table, ...skips, ...told].join('\n\n')}\n`
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function detailOf({ id, title, verdict, why, expected, rationale, source, evidence }: CheckResult): string {
  const head = `## ${verdict}: \`${id}\`\n\n${title}.`
  const shown =
    evidence === null
      ? []
      : [
          fenced('Sent', evidence.sent),
          fenced('Received', evidence.received),
          ...(evidence.curl === null ? [] : [fenced('Repeat it', evidence.curl)]),
        ]
  return [head, why, `- Expected: ${expected}\n- Because: ${rationale}\n- Source: ${source}`, ...shown].join('\n\n')
}

/** A block of text as it is, whatever backticks it holds. */
function fenced(name: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return `${name}:\n\n${fence}text\n${text}\n${fence}`
}
