import type { JournalEntry } from '../../../schemas/control/requests'
import { counted } from '../words'
import { Code } from './code'
import { Json } from './json'

/** The body and headers of a request or response. */
export function Message({
  of,
  name,
  areHeadersShown = false,
}: {
  of: JournalEntry['request']
  name: string
  areHeadersShown?: boolean
}) {
  const headers = Object.entries(of.headers)
  return (
    <>
      {of.body === null || of.body === '' ? (
        <p class="quiet">{of.isCut ? 'Body dropped to make room for newer ones.' : 'No body.'}</p>
      ) : (
        <>
          <Json text={of.body} name={`${name}: body`} />
          {of.isCut && <p class="quiet">Body truncated.</p>}
        </>
      )}
      {headers.length > 0 && (
        <details class="folded" open={areHeadersShown}>
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
