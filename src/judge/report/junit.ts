import { html as xml } from 'ghtml'
import type { CheckResult, Report } from '../check'

/** The report as JUnit's XML, which CI services show. What is only reported is no failure there. */
export function junitOf({ checks }: Report, suite: string): string {
  const count = (verdict: CheckResult['verdict']) => checks.filter((check) => check.verdict === verdict).length
  const attributes = xml`name="${suite}" tests="${checks.length}" failures="${count('fail')}" errors="0" skipped="${count('skip')}"`
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${attributes}>
<testsuite ${attributes}>
${checks.map((check) => caseOf(check, suite)).join('\n')}
</testsuite>
</testsuites>
`
}

function caseOf(check: CheckResult, suite: string): string {
  const head = xml`<testcase classname="${suite}" name="${`${check.id}: ${check.title}`}"`
  const { verdict, why } = check
  if (verdict === 'pass') return `${head}/>`
  const inner =
    verdict === 'fail'
      ? xml`<failure message="${plain(why)}">${plain(detailOf(check))}</failure>`
      : verdict === 'skip'
        ? xml`<skipped message="${plain(why)}"/>`
        : xml`<system-out>${plain(detailOf(check))}</system-out>`
  return `${head}>${inner}</testcase>`
}

const detailOf = ({ why, expected, rationale, source, evidence }: CheckResult) =>
  [
    why,
    `Expected: ${expected}`,
    `Because: ${rationale}`,
    `Source: ${source}`,
    ...(evidence === null ? [] : [`Sent:\n${evidence.sent}`, `Received:\n${evidence.received}`]),
    ...(evidence?.curl ? [`Repeat it:\n${evidence.curl}`] : []),
  ].join('\n\n')

/** Without what XML cannot hold, even escaped. */
const plain = (text: string) =>
  text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
