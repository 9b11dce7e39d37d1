import type { ControlDelivery, DeliveryList } from '../../../schemas/control/deliveries'
import { read } from '../api'
import { Badge } from '../components/badge'
import { Empty, Loading } from '../components/empty'
import { memoised } from '../components/memoised'
import { Moment } from '../components/moment'
import { Rows } from '../components/rows'
import { TwoPanes } from '../components/two-panes'
import { controlCurl } from '../curl'
import { addOlderDeliveries, counts, deliveries, idOf, isLoaded } from '../live'
import { account, linkTo, route } from '../route'
import { counted, eventInWords, lastError, toneOf } from '../words'
import { DeliveryDetail } from './delivery-detail'
import { DueIn } from './timeline'

export function Deliveries() {
  const [id = ''] = route.value.open
  return (
    <TwoPanes
      view="deliveries"
      title="Deliveries"
      openKey={id}
      advice="Select a delivery to see its attempts."
      list={<DeliveryRows />}
      detail={<DeliveryDetail key={id} id={id} />}
    />
  )
}

function DeliveryRows() {
  if (!isLoaded.value) return <Loading />
  const all = deliveries.value
  const dropped = counts.value.droppedDeliveries
  if (all.length === 0) {
    const body = { url: 'http://127.0.0.1:3000/stackone', secret: 'sandbox' }
    return (
      <Empty title="No deliveries yet" curl={controlCurl('POST', 'webhooks', { account: account.value }, body)}>
        <p>
          Add a webhook with this command or <a href={linkTo('sandbox')}>on the Sandbox page</a>, or send an order with
          a <code>results_update_url</code>.
        </p>
      </Empty>
    )
  }
  const current = route.value.open[0]
  const load = async (limit: number) => {
    addOlderDeliveries((await read<DeliveryList>('deliveries', { account: account.peek(), limit })).deliveries)
  }
  const isAll = all.length % 200 !== 0
  return (
    <>
      <Rows items={all} total={isAll ? all.length : null} noun="deliveries" keyOf={idOf} load={load}>
        {(delivery) => (
          <DeliveryRow
            delivery={delivery}
            isCurrent={delivery.id === current}
            href={linkTo('deliveries', delivery.id)}
          />
        )}
      </Rows>
      {dropped > 0 && (
        <p class="more">{counted(dropped, 'finished delivery', 'finished deliveries')} dropped to make room.</p>
      )}
    </>
  )
}

const DeliveryRow = memoised<{ delivery: ControlDelivery; isCurrent: boolean; href: string }>(
  ({ delivery, isCurrent, href }) => {
    const { id, event, url, status, reason, attempts, nextAttemptAt, createdAt } = delivery
    const why = reason ?? lastError(delivery)
    const isBad = status === 'failed' || status === 'blocked'
    return (
      <li>
        <a
          class={isBad ? 'row refused' : 'row'}
          href={href}
          data-key={id}
          aria-current={isCurrent ? 'true' : undefined}
        >
          <strong class="clipped">{eventInWords(event)}</strong>
          <span class="aside">
            <Moment at={createdAt} />
          </span>
          <span class="clipped quiet path">{url === '' ? 'no webhook' : `${delivery.method} ${url}`}</span>
          <span class="aside">
            {attempts.length > 1 && <span class="quiet">{counted(attempts.length, 'attempt')}</span>}
            <Badge tone={toneOf(status)}>{isBad ? `✕ ${status}` : status}</Badge>
          </span>
          {status !== 'delivered' && (why || nextAttemptAt) && (
            <span class="hint">
              {why}
              {nextAttemptAt && (
                <span class="quiet">
                  {why && ' · '}next attempt <DueIn at={nextAttemptAt} />
                </span>
              )}
            </span>
          )}
        </a>
      </li>
    )
  },
)
