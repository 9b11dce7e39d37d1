import type { DeliveryDetail } from '../../../schemas/control/deliveries'
import { Exchange } from '../components/exchange'
import { Moment } from '../components/moment'
import { span } from '../time'
import { attemptInWords } from '../words'
import { DueIn } from './timeline'

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
              <Exchange of={attempt} name={`Attempt ${String(index + 1)}`} />
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
