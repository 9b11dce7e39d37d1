import type { ControlDelivery, DeliveryList } from '../../../schemas/control/deliveries'
import { read } from '../api'
import { Badge } from '../components/badge'
import { Call } from '../components/call'
import { Facts, Headed } from '../components/headed'
import { Moment } from '../components/moment'
import { Problem } from '../components/problem'
import { useRead } from '../components/use-read'
import { deliveries } from '../live'
import { account, linkTo } from '../route'
import { span } from '../time'
import { attemptInWords, eventInWords, isReplayable, toneOf } from '../words'
import { DueIn } from './timeline'

const readMany = () => read<DeliveryList>('deliveries', { account: account.peek(), limit: 1000 })

export function DeliveryDetail({ id }: { id: string }) {
  const known = deliveries.value.find((delivery) => delivery.id === id)
  return known ? <DeliveryFacts delivery={known} /> : <OlderDelivery id={id} />
}

/** A delivery beyond the live list. */
function OlderDelivery({ id }: { id: string }) {
  const { value, error } = useRead(id, readMany)
  if (error) return <Problem error={error} />
  if (value === null) return <p class="advice">Loading…</p>
  const found = value.deliveries.find((delivery) => delivery.id === id)
  return found ? (
    <DeliveryFacts delivery={found} />
  ) : (
    <p class="advice">Delivery not found. It may have been dropped.</p>
  )
}

function DeliveryFacts({ delivery }: { delivery: ControlDelivery }) {
  const { id, event, status, reason, method, url, account: of, orderId, webhookId, createdAt, nextAttemptAt } = delivery
  return (
    <article>
      <header class="detail-head">
        <h2>{eventInWords(event)}</h2>
        <Badge tone={toneOf(status)}>{status}</Badge>
      </header>
      <Facts
        of={[
          ['Endpoint', url && `${method} ${url}`],
          ['Not sent', reason],
          [
            'Order',
            orderId !== null && (
              <a key="order" href={linkTo('orders', of, orderId)}>
                {orderId}
              </a>
            ),
          ],
          ['Account', of],
          ['Event', <code key="event">{event}</code>],
          ['Webhook', webhookId && <code>{webhookId}</code>],
          ['ID', <code key="id">{id}</code>],
          ['Queued', <Moment key="at" at={createdAt} isWhole />],
          ['Next attempt', nextAttemptAt && <DueIn at={nextAttemptAt} />],
        ]}
      />
      {reason === null && (
        <Headed title="Attempts">
          <Attempts of={delivery} />
        </Headed>
      )}
      {isReplayable(delivery) && (
        <Headed title="Send again">
          <Call
            method="POST"
            path={`deliveries/${encodeURIComponent(id)}/replay`}
            label="Replay"
            look="main"
            said="Queued."
          />
        </Headed>
      )}
    </article>
  )
}

function Attempts({ of: { attempts, status, nextAttemptAt } }: { of: ControlDelivery }) {
  if (attempts.length === 0) return <p class="quiet">No attempts yet.</p>
  return (
    <ol class="timeline">
      {attempts.map((attempt, index) => (
        <li key={index} class={attempt.error === null ? 'good' : 'bad'}>
          <div class="when">
            <Moment at={attempt.at} />
            <span class="quiet">{span(attempt.ms)}</span>
          </div>
          <div class="what">
            <span>
              Attempt {index + 1}: {attemptInWords(attempt, status)}
              {attempt.error === null && ` (${String(attempt.status)})`}
            </span>
            {attempt.error !== null && <p dir="auto">{attempt.error}</p>}
            <p class="quiet" dir="auto">
              {attempt.url}
            </p>
            {attempt.nextAttemptAt !== null && index === attempts.length - 1 && nextAttemptAt !== null && (
              <p class="quiet">
                Next attempt <DueIn at={nextAttemptAt} /> (sandbox time)
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
