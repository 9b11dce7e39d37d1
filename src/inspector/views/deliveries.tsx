import { Empty, Loading } from '../components/empty'
import { FilterBar, NoneFound, Summary } from '../components/filter-bar'
import { Problem } from '../components/problem'
import { Rows } from '../components/rows'
import { TwoPanes } from '../components/two-panes'
import { useList, useTotals } from '../components/use-list'
import { controlCurl } from '../curl'
import { isFiltered } from '../filter'
import { deliveryEvents, deliveryStatuses } from '../filter-query'
import { idOf, isLoaded, webhooks } from '../live'
import { account, linkTo, route, webhooksKey } from '../route'
import { capitalised, counted, eventInWords } from '../words'
import { DeliveryDetail } from './delivery-detail'
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
      tools={<Filter />}
      openKey={id}
      advice="Select a delivery to see what was sent."
      list={isLoaded.value ? <DeliveryRows /> : <Loading />}
      detail={id === webhooksKey ? <Webhooks /> : <DeliveryDetail key={id} id={id} />}
    />
  )
}

const WebhooksLink = () => (
  <a class="button" href={linkTo('deliveries', webhooksKey)}>
    Webhooks ({webhooks.value.length})
  </a>
)

const Filter = () => (
  <FilterBar
    view="deliveries"
    placeholder="Candidate, URL, ID…"
    fields={[
      {
        name: 'status',
        label: 'Status',
        any: 'Any status',
        value: route.value.query.get('status') ?? '',
        options: deliveryStatuses.map((each) => [each, capitalised(each)] as const),
      },
      {
        name: 'event',
        label: 'Event',
        any: 'Any event',
        value: route.value.query.get('event') ?? '',
        options: deliveryEvents.map((each) => [each, eventInWords(each)] as const),
      },
    ]}
  />
)

/** The matching deliveries. */
function DeliveryRows() {
  const { value, error, load } = useList('deliveries')
  const all = useTotals('deliveries', isFiltered('deliveries') ? [{}] : [])?.[0] ?? null
  if (error && value === null) return <Problem error={error} />
  if (value === null) return <p class="empty quiet">Loading…</p>
  const { entries, total, dropped = 0 } = value
  if (total === 0 && !isFiltered('deliveries')) return <NoneYet />
  const current = route.value.open[0]
  return (
    <>
      <Summary view="deliveries" total={total} all={all} one="delivery">
        {total > 0 && <ReplayMatching total={total} />}
      </Summary>
      {total === 0 ? (
        <NoneFound title="No matching deliveries" covers="candidates, URLs, events, accounts and IDs" />
      ) : (
        <Rows items={entries} total={total} noun="deliveries" keyOf={idOf} load={load}>
          {(delivery) => (
            <DeliveryRow
              delivery={delivery}
              isCurrent={delivery.id === current}
              href={linkTo('deliveries', delivery.id)}
            />
          )}
        </Rows>
      )}
      {dropped > 0 && (
        <p class="more">{counted(dropped, 'finished delivery', 'finished deliveries')} dropped to make room.</p>
      )}
    </>
  )
}

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
