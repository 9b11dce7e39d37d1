import { Curl } from './curl'
import { Folded } from './folded'
import { HighlightCode } from './highlight'
import { Notes } from './notes'
import type { Immutable } from './swagger'

interface LiveResponseProps {
  response: Immutable
  curl: string
}

interface Received {
  status?: number
  /** Swagger UI splits values at commas. */
  headers?: Record<string, string | readonly string[]>
  text?: string
  duration?: number
  /** Why there was no answer. */
  message?: string
}

/** The answer to a call that was sent from this page. */
export function LiveResponse({ response, curl }: LiveResponseProps) {
  const { status, headers: given = {}, text, duration, message } = response.toJS() as Received
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value].flat().join(', ')]))
  const isGood = status !== undefined && status < 400
  return (
    <section className="live-answer" aria-label="Answer received">
      <div className="answer-head">
        <span className={`badge ${isGood ? 'good' : 'bad'}`}>{status ?? 'No answer'}</span>
        <strong>{status === undefined ? message : 'Received'}</strong>
        {duration !== undefined && <span className="quiet">{duration} ms</span>}
      </div>
      <Notes headers={headers} />
      {text && <HighlightCode>{indented(text)}</HighlightCode>}
      <Folded title={`Headers (${String(Object.keys(headers).length)})`}>
        <pre className="plain" tabIndex={0}>
          {Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        </pre>
      </Folded>
      <Folded title="The same call with curl">
        <Curl command={curl} />
      </Folded>
    </section>
  )
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
