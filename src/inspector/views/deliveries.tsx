import { useRef } from 'preact/hooks'
import type { DeliveryList } from '../../../schemas/control/deliveries'
import { read } from '../api'
import { Empty, Loading } from '../components/empty'
import { Problem } from '../components/problem'
import { Rows } from '../components/rows'
import { TwoPanes } from '../components/two-panes'
import { useLiveChange } from '../components/use-live-change'
import { useRead } from '../components/use-read'
import { controlCurl } from '../curl'
import { deliveryQuery } from '../delivery-query'
import { idOf, isLoaded, webhooks } from '../live'
import { account, linkTo, route } from '../route'
import { counted } from '../words'
import { DeliveryDetail } from './delivery-detail'
import { DeliveryFilter } from './delivery-filter'
import { DeliveryRow } from './delivery-row'
import { ReplayMatching } from './replay-matching'
import { Webhooks } from './webhooks'

export function Deliveries() {
  const [id = ''] = route.value.open
  return (
    <TwoPanes
      view="deliveries"
      title="Deliveries"
      actions={<WebhooksLink />}
      tools={<DeliveryFilter />}
      openKey={id}
      advice="Select a delivery to see what was sent."
      list={isLoaded.value ? <DeliveryRows /> : <Loading />}
      detail={id === webhooksKey ? <Webhooks /> : <DeliveryDetail key={id} id={id} />}
    />
  )
}

/** Opens the webhooks in place of a delivery, whose id has a number at its end. */
const webhooksKey = 'webhooks'

const WebhooksLink = () => (
  <a class="button" href={linkTo('deliveries', webhooksKey)}>
    Webhooks ({webhooks.value.length})
  </a>
)

/** How many are read at first. */
const firstPart = 200

/** The matching deliveries, read again when any changes: only the sandbox knows the candidates and the total. */
function DeliveryRows() {
  const filter = deliveryQuery()
  const limit = useRef(firstPart)
  const { value, error, again } = useRead(JSON.stringify([account.value, filter]), () =>
    read<DeliveryList>('deliveries', { account: account.peek(), ...filter, limit: limit.current }),
  )
  useLiveChange(({ isWhole, deliveries }) => isWhole || deliveries.length > 0, again)
  if (error && value === null) return <Problem error={error} />
  if (value === null) return <p class="empty quiet">Loading…</p>
  const { deliveries, total, dropped } = value
  if (total === 0) return Object.keys(filter).length > 0 ? <NoneFound /> : <NoneYet />
  const current = route.value.open[0]
  return (
    <>
      <p class="summary">
        <span role="status">{counted(total, 'delivery', 'deliveries')}</span> <ReplayMatching total={total} />
      </p>
      <Rows
        items={deliveries}
        total={total}
        noun="deliveries"
        keyOf={idOf}
        load={async (count) => {
          limit.current = count
          again()
        }}
      >
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

const NoneFound = () => (
  <Empty title="No matching deliveries">
    <p>Search covers candidates, URLs, events, accounts and IDs.</p>
  </Empty>
)

function NoneYet() {
  const body = { url: 'http://127.0.0.1:3000/stackone', secret: 'sandbox' }
  return (
    <Empty title="No deliveries yet" curl={controlCurl('POST', 'webhooks', { account: account.value }, body)}>
      <p>
        Add a webhook with this command or <a href={linkTo('deliveries', webhooksKey)}>here</a>, or send an order with a{' '}
        <code>results_update_url</code>.
      </p>
    </Empty>
  )
}
