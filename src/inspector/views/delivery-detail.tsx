import type { DeliveryDetail as Delivery } from '../../../schemas/control/deliveries'
import { read } from '../api'
import { Badge } from '../components/badge'
import { Call } from '../components/call'
import { Facts, Headed } from '../components/headed'
import { Moment } from '../components/moment'
import { Problem } from '../components/problem'
import { useLiveChange } from '../components/use-live-change'
import { useRead } from '../components/use-read'
import { linkTo } from '../route'
import { eventInWords, isReplayable, toneOf } from '../words'
import { Attempts } from './delivery-attempts'
import { DeliverySignature } from './delivery-signature'
import { DueIn } from './timeline'

export function DeliveryDetail({ id }: { id: string }) {
  const { value, error, again } = useRead(id, () => read<Delivery>(`deliveries/${encodeURIComponent(id)}`))
  // The end of an earlier delivery about the same order may be what this one waits for.
  useLiveChange(
    ({ isWhole, deliveries }) =>
      isWhole ||
      deliveries.some((each) => each.id === id || (each.orderId !== null && each.orderId === value?.orderId)),
    again,
  )
  if (error) return <Problem error={error} />
  if (value === null) return <p class="advice">Loading…</p>
  return (
    <article>
      <DeliveryFacts delivery={value} />
      {isReplayable(value) && <SendAgain delivery={value} />}
      {value.reason === null && (
        <Headed title="Attempts">
          <Attempts of={value} />
        </Headed>
      )}
      <DeliverySignature delivery={value} />
    </article>
  )
}

function DeliveryFacts({ delivery }: { delivery: Delivery }) {
  const { id, event, status, reason, method, url, account, orderId, webhookId, createdAt } = delivery
  const { candidate, waitsFor, nextAttemptAt } = delivery
  return (
    <>
      <header class="detail-head">
        <h2 dir="auto">{candidate === null ? eventInWords(event) : `${candidate} · ${eventInWords(event)}`}</h2>
        <Badge tone={toneOf(status)}>{status}</Badge>
      </header>
      <Facts
        of={[
          ['Endpoint', url && `${method} ${url}`],
          ['Not sent', reason],
          ['Next attempt', nextAttemptAt && <DueIn at={nextAttemptAt} />],
          [
            'Waiting',
            waitsFor !== null && (
              <span key="ahead">
                behind <a href={linkTo('deliveries', waitsFor)}>{waitsFor}</a>: an earlier one about this order, to the
                same receiver
              </span>
            ),
          ],
          [
            'Order',
            orderId !== null && (
              <a key="order" href={linkTo('orders', account, orderId)}>
                {orderId}
              </a>
            ),
          ],
          ['Account', account],
          ['Event', <code key="event">{event}</code>],
          ['Webhook', webhookId && <code>{webhookId}</code>],
          ['ID', <code key="id">{id}</code>],
          ['Queued', <Moment key="at" at={createdAt} isWhole />],
        ]}
      />
    </>
  )
}

/** Replays a delivery. One that has arrived arrives twice then. */
function SendAgain({ delivery: { id, status } }: { delivery: Delivery }) {
  const isCopy = status === 'delivered'
  return (
    <Headed title="Send again">
      {isCopy && (
        <p class="quiet">
          A replay: the receiver gets the same body under the same <code>x-sandbox-delivery</code> again, and should
          ignore it.
        </p>
      )}
      <Call
        method="POST"
        path={`deliveries/${encodeURIComponent(id)}/replay`}
        label={isCopy ? 'Send a second copy' : 'Replay'}
        look="main"
        said="Queued."
        isFolded
      />
    </Headed>
  )
}
