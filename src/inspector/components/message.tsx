import type { JournalEntry } from '../../../schemas/control/requests'
import { indented } from '../indented'
import { Code } from './code'

/** The headers and the body of a request or of its answer. */
export function Message({ of, name }: { of: JournalEntry['request']; name: string }) {
  const headers = Object.entries(of.headers)
  return (
    <>
      {of.body === null ? (
        <p class="quiet">{of.isCut ? 'The body is no longer kept: newer ones took its place.' : 'No body.'}</p>
      ) : (
        <Code text={indented(of.body)} name={`${name}: body`} />
      )}
      {headers.length > 0 && (
        <details class="folded">
          <summary>
            {headers.length} headers<span class="unseen"> of {name}</span>
          </summary>
          <Code text={headers.map(([key, value]) => `${key}: ${value}`).join('\n')} name={`${name}: headers`} wraps />
        </details>
      )}
    </>
  )
}
