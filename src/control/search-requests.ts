import { withoutSecrets } from '../http/secret-names'
import type { Recorded } from '../store/records'

/** Characters per request that a search covers: many calls may wait for its result. */
const mostOfText = 16 * 1024

let lastRequest: Recorded | undefined
let lastText = ''

/** The text that a search looks in, cached for the latest request: it may be compared with many filters in a row. */
function textOf(recorded: Recorded): string {
  if (recorded !== lastRequest) {
    const { method, url, operation, accountId, orderId, message, hint, warnings } = recorded
    const parts = [method, withoutSecrets(url), operation, accountId, orderId, message, hint]
    const text = [...parts, ...warnings.map((warning) => warning.message)].join(' ')
    lastText = text.slice(0, mostOfText).toLowerCase()
    lastRequest = recorded
  }
  return lastText
}

/** Whether all words of `search` occur in what a list shows of a request, whatever stands between them. */
export function isFoundBy(search: string, recorded: Recorded): boolean {
  const text = textOf(recorded)
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
