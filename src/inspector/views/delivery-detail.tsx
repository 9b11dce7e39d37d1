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
import { eventInWords, toneOf } from '../words'
import { DueIn } from './timeline'

const readMany = () => read<DeliveryList>('deliveries', { account: account.peek(), limit: 1000 })

export function DeliveryDetail({ id }: { id: string }) {
  const known = deliveries.value.find((delivery) => delivery.id === id)
  return known ? <DeliveryFacts delivery={known} /> : <OlderDelivery id={id} />
}

/** One that the live list does not reach. */
function OlderDelivery({ id }: { id: string }) {
  const { value, error } = useRead(id, readMany)
  if (error) return <Problem error={error} />
  if (value === null) return <p class="advice">Reading the delivery…</p>
  const found = value.deliveries.find((delivery) => delivery.id === id)
  return found ? <DeliveryFacts delivery={found} /> : <p class="advice">This delivery is no longer kept.</p>
}

function DeliveryFacts({ delivery }: { delivery: ControlDelivery }) {
  const { id, event, status, method, url, account: of, orderId, webhookId, createdAt, nextAttemptAt } = delivery
  return (
    <article>
      <header class="detail-head">
        <h2>{eventInWords(event)}</h2>
        <Badge tone={toneOf(status)}>{status}</Badge>
      </header>
      <Facts
        of={[
          ['Goes to', `${method} ${url}`],
          [
            'Order',
            <a key="order" href={linkTo('orders', of, orderId)}>
              {orderId}
            </a>,
          ],
          ['Account', of],
          ['Event', <code key="event">{event}</code>],
          ['Webhook', webhookId && <code>{webhookId}</code>],
          ['Id', <code key="id">{id}</code>],
          ['Queued', <Moment key="at" at={createdAt} isWhole />],
          ['Next try', nextAttemptAt && <DueIn at={nextAttemptAt} />],
        ]}
      />
      <Headed title="Attempts">
        <Attempts of={delivery} />
      </Headed>
      <Headed title="Send it again">
        <Call
          method="POST"
          path={`deliveries/${encodeURIComponent(id)}/replay`}
          label="Replay"
          look="main"
          said="It is on its way."
        />
      </Headed>
    </article>
  )
}

function Attempts({ of: { attempts, nextAttemptAt } }: { of: ControlDelivery }) {
  if (attempts.length === 0) return <p class="quiet">None yet.</p>
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
              Attempt {index + 1}: {attempt.error === null ? `answered ${String(attempt.status)}` : 'not delivered'}
            </span>
            {attempt.error !== null && <p dir="auto">{attempt.error}</p>}
            <p class="quiet" dir="auto">
              {attempt.url}
            </p>
            {attempt.nextAttemptAt !== null && index === attempts.length - 1 && nextAttemptAt !== null && (
              <p class="quiet">
                Next try <DueIn at={nextAttemptAt} />, by the sandbox’s clock
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
