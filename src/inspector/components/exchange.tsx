import type { DeliveryDetail } from '../../../schemas/control/deliveries'
import { Message } from './message'

type Attempt = DeliveryDetail['attempts'][number]

/** A request as it was sent, and the answer as it was received. */
export function Exchange({
  of: { url, error, status, request, response },
  name,
  areHeadersShown = true,
}: {
  of: Pick<Attempt, 'url' | 'error' | 'status' | 'request' | 'response'>
  name: string
  areHeadersShown?: boolean
}) {
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
        <Message of={request} name={`${name}, request`} areHeadersShown={areHeadersShown} />
      )}
      <h4>Answer{status !== null && `: ${String(status)}`}</h4>
      {response === null ? (
        <p class="quiet">There was none, or it is no longer kept.</p>
      ) : isHidden ? (
        <p class="quiet">
          Left out, since anyone could read it here: set <code>SANDBOX_CONTROL_TOKEN</code>.
        </p>
      ) : (
        <Message of={response} name={`${name}, answer`} areHeadersShown={areHeadersShown} />
      )}
    </div>
  )
}
