import type { DeliveryDetail } from '../../../schemas/control/deliveries'
import { Message } from '../components/message'
import { Moment } from '../components/moment'
import { span } from '../time'
import { attemptInWords } from '../words'
import { DueIn } from './timeline'

type Attempt = DeliveryDetail['attempts'][number]

/** What each attempt sent and received. The last one is unfolded. */
export function Attempts({ of: { attempts, status, nextAttemptAt } }: { of: DeliveryDetail }) {
  if (attempts.length === 0) return <p class="quiet">No attempts yet.</p>
  return (
    <ol class="attempts">
      {attempts.map((attempt, index) => {
        const isLast = index === attempts.length - 1
        return (
          <li key={index}>
            <details class={attempt.error === null ? 'attempt good' : 'attempt bad'} open={isLast}>
              <summary>
                <strong>
                  Attempt {index + 1}: {attemptInWords(attempt, status)}
                  {attempt.status !== null && ` (${String(attempt.status)})`}
                </strong>{' '}
                <span class="quiet">
                  <Moment at={attempt.at} />, took {span(attempt.ms)}
                </span>
              </summary>
              <Exchange attempt={attempt} name={`Attempt ${String(index + 1)}`} />
            </details>
            {isLast && nextAttemptAt !== null && (
              <p class="quiet">
                Next attempt <DueIn at={nextAttemptAt} /> (sandbox time)
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Exchange({ attempt: { url, error, status, request, response }, name }: { attempt: Attempt; name: string }) {
  // An answer that is kept and hidden has neither headers nor a body.
  const isHidden = response !== null && response.isCut && response.body === ''
  return (
    <div class="exchange">
      {error !== null && <p dir="auto">{error}</p>}
      <h4>Request</h4>
      <p class="quiet broken">{url}</p>
      {request === null ? (
        <p class="quiet">Nothing was sent, or it is no longer kept.</p>
      ) : (
        <Message of={request} name={`${name}, request`} areHeadersShown />
      )}
      <h4>Answer{status !== null && `: ${String(status)}`}</h4>
      {response === null ? (
        <p class="quiet">There was none, or it is no longer kept.</p>
      ) : isHidden ? (
        <p class="quiet">
          Left out, since anyone could read it here: set <code>SANDBOX_CONTROL_TOKEN</code>.
        </p>
      ) : (
        <Message of={response} name={`${name}, answer`} areHeadersShown />
      )}
    </div>
  )
}
