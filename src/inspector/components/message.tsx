import type { JournalEntry } from '../../../schemas/control/requests'
import type { Mark } from '../json-lines'
import { counted } from '../words'
import { Code } from './code'
import { Json } from './json'

/** The body and headers of a request or response. */
export function Message({
  of,
  name,
  areHeadersShown = false,
  marks = [],
}: {
  of: JournalEntry['request']
  name: string
  areHeadersShown?: boolean
  /** What to say beside the values of its body. */
  marks?: readonly Mark[]
}) {
  const headers = Object.entries(of.headers)
  return (
    <>
      {of.body === null || of.body === '' ? (
        <p class="quiet">{of.isCut ? 'Body dropped to make room for newer ones.' : 'No body.'}</p>
      ) : (
        <>
          <Json text={of.body} name={`${name}: body`} marks={marks} />
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
