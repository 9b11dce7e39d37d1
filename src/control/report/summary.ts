import { html } from 'ghtml'
import { version } from '../../version'
import type { ReportFacts } from './facts'

/** What the report says before the requests, as HTML; `at` is when it was made. */
export function summaryView(facts: ReportFacts, at: string): string {
  const { account, requests, refused, byFault, warned, orders, deliveries, dropped, bodiesLost } = facts
  const rows = [
    ['Account', account ?? 'all'],
    ['Requests', String(requests)],
    ['Refused', byFault === 0 ? String(refused) : `${String(refused)}, of which ${String(byFault)} by a fault`],
    ['With warnings', String(warned)],
    ['Orders', shares(orders)],
    ['Deliveries', shares(deliveries)],
    ['No longer in the journal', lost(dropped, bodiesLost)],
  ] as const
  return html`<p class="quiet">
      The journal of the StackOne assessments sandbox ${version} at <time datetime="${at}">${at}</time>, by the
      sandbox's clock.
    </p>
    <h2>Summary</h2>
    <dl class="summary">!${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`
}

const shares = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([kind, count]) => `${String(count)} ${kind}`).join(', ') || 'none'

const lost = (dropped: number, bodiesLost: number) =>
  `${String(dropped)} requests of all accounts, and bodies of ${String(bodiesLost)} of those below`
