import type { JournalEntry } from '../../../schemas/control/requests'
import { indented } from '../indented'
import { counted } from '../words'
import { Code } from './code'

/** The body and headers of a request or response. */
export function Message({ of, name }: { of: JournalEntry['request']; name: string }) {
  const headers = Object.entries(of.headers)
  return (
    <>
      {of.body === null ? (
        <p class="quiet">{of.isCut ? 'Body dropped to make room for newer ones.' : 'No body.'}</p>
      ) : (
        <>
          <Code text={indented(of.body)} name={`${name}: body`} />
          {of.isCut && <p class="quiet">Body truncated.</p>}
        </>
      )}
      {headers.length > 0 && (
        <details class="folded">
          <summary>
            {counted(headers.length, 'header')}
            <span class="unseen"> of {name}</span>
          </summary>
          <Code text={headers.map(([key, value]) => `${key}: ${value}`).join('\n')} name={`${name}: headers`} wraps />
        </details>
      )}
    </>
  )
}
