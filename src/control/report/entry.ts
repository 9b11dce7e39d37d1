import { html } from 'ghtml'
import { type JournalEntry, mostOfBody } from '../../../schemas/control/requests'
import { isRefused } from './facts'
import { pretty } from './pretty'

/** A request in the report, as HTML. */
export function entryView(entry: JournalEntry): string {
  const { id, method, path, status, message, hint, warnings, request, response } = entry
  const classes = [isRefused(entry) && 'refused', warnings.length > 0 && 'warned'].filter(Boolean).join(' ')
  return html`<li id="request-${String(id)}" class="${classes}" data-account="${entry.account ?? ''}">
      <h3><span class="status">${status === null ? 'no answer' : String(status)}</span> ${method} ${path}</h3>
      <dl class="facts">!${factsOf(entry)}</dl>
      !${message === null ? '' : html`<p class="message">${message}</p>`}
      !${hint === null ? '' : html`<p>${hint}</p>`}
      !${warnings.map((warning) => html`<p class="warning">${warning.message}</p>`).join('')}
      !${messageView('Request', request)} !${messageView('Answer', response)}
    </li>
`
}

function factsOf({ id, at, ms, account, operation, orderId, fault }: JournalEntry): string {
  const facts: [string, string | null][] = [
    ['Number', String(id)],
    ['Account', account ?? 'none'],
    ['Operation', operation],
    ['Order', orderId],
    ['Fault', fault],
    ['Duration', `${String(ms)} ms`],
  ]
  const known = facts.filter(([, value]) => value !== null)
  return html`!${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${String(value)}</dd></div>`).join('')}
    <div><dt>Received</dt><dd><time datetime="${at}">${at}</time></dd></div>`
}

function messageView(name: string, { headers, body, isCut }: JournalEntry['request']): string {
  const note = bodyNote(body, isCut)
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}\n`)
  return html`<details>
    <summary>${name}</summary>
    !${lines.length === 0 ? '' : html`<pre>${lines.join('')}</pre>`}
    !${body === null ? '' : html`<pre>${pretty(body)}</pre>`}
    !${note === null ? '' : html`<p class="quiet">${note}</p>`}
  </details>`
}

function bodyNote(body: string | null, isCut: boolean): string | null {
  if (body === null) return isCut ? 'The journal no longer has the body.' : 'No body.'
  return isCut ? `Truncated: the first ${mostOfBody.toLocaleString('en')} characters.` : null
}
