import type { ControlDelivery, DeliveryList } from '../../../schemas/control/deliveries'
import type { ControlOrder } from '../../../schemas/control/orders'
import type { JournalEntry, RequestList } from '../../../schemas/control/requests'
import { kindInWords } from '../../../schemas/order-kinds'
import { isWebAddress } from '../addresses'
import { read } from '../api'
import { Badge } from '../components/badge'
import { Copy } from '../components/copy'
import { Facts, Headed } from '../components/headed'
import { Json } from '../components/json'
import { Message } from '../components/message'
import { Moment } from '../components/moment'
import { Problem } from '../components/problem'
import { useLiveChange } from '../components/use-live-change'
import { useRead } from '../components/use-read'
import { requestCurl } from '../curl'
import { toListed } from '../listed-order'
import { isCreation, timelineOf } from '../timeline'
import { stateInWords, toneOf } from '../words'
import { freshLink } from './ats/links'
import { FinishOrder } from './finish-order'
import { Timeline } from './timeline'

interface OrderStory {
  order: ControlOrder
  requests: JournalEntry[]
  deliveries: ControlDelivery[]
}

async function readStory(account: string, id: string): Promise<OrderStory> {
  const [order, { requests }, { deliveries }] = await Promise.all([
    read<ControlOrder>(`orders/${encodeURIComponent(id)}`, { account }),
    read<RequestList>('requests', { account, orderId: id }),
    read<DeliveryList>('deliveries', { account, orderId: id }),
  ])
  // The API lists the newest first, the timeline the oldest.
  return { order, requests: requests.reverse(), deliveries: deliveries.reverse() }
}

export function OrderDetail({ of, id }: { of: string; id: string }) {
  const { value, error, again } = useRead(`${of}/${id}`, () => readStory(of, id))
  useLiveChange(
    ({ isWhole, orders, requests, deliveries }) =>
      isWhole ||
      orders.some((order) => order.account === of && order.id === id) ||
      [...requests, ...deliveries].some((about) => about.account === of && about.orderId === id),
    again,
  )
  if (error) return <Problem error={error} />
  if (value === null) return <p class="advice">Loading…</p>
  const { order, requests, deliveries } = value
  return (
    <article>
      <OrderHead order={order} />
      <Headed title="Timeline">
        <Timeline steps={timelineOf(order, requests, deliveries)} from={order.orderedAt} />
      </Headed>
      <FinishOrder order={order} />
      <OrderMessages order={order} created={requests.find(isCreation)} />
    </article>
  )
}

function OrderHead({ order }: { order: ControlOrder }) {
  const { candidate, email, package: ordered } = toListed(order)
  const { result } = order
  const score = result?.score
  return (
    <>
      <header class="detail-head">
        <h2 dir="auto">{candidate ?? email ?? order.id}</h2>
        <Badge tone={toneOf(order.state)}>{stateInWords(order.state)}</Badge>
      </header>
      <Facts
        of={[
          ['Kind', order.kind === 'assessment' ? null : kindInWords(order.kind)],
          ['Test URL', <TestUrl key="url" url={order.testUrl} />],
          ['E-mail', email],
          ['Package', ordered],
          ['Job', order.order.job?.title],
          [
            'Application',
            order.order.application?.id && (
              <a key="application" href={freshLink(order.account, 'applications', order.order.application.id)}>
                {order.order.application.id}
              </a>
            ),
          ],
          ['Account', order.account],
          ['ID', <code key="id">{order.id}</code>],
          ['Remote ID', <code key="remote">{order.remoteId}</code>],
          ['Ordered', <Moment key="at" at={order.orderedAt} isWhole />],
          ['Callback', order.order.results_update_url],
          ['Score', score?.value && [score.value, score.max && ` of ${score.max}`]],
          ['Summary', result?.summary],
        ]}
      />
    </>
  )
}

function TestUrl({ url }: { url: string }) {
  return (
    <span class="with-copy">
      {isWebAddress(url) ? (
        <a href={url} target="_blank" rel="noreferrer">
          {url}
          <span class="unseen"> (opens in a new tab)</span>
        </a>
      ) : (
        url
      )}
      <Copy text={url} of="test_url" />
    </span>
  )
}

function OrderMessages({ order, created }: { order: ControlOrder; created: JournalEntry | undefined }) {
  return (
    <>
      {created ? <OrderCall created={created} /> : <OrderAsRead order={order} />}
      {order.result && (
        <Headed title="Result">
          <Json text={JSON.stringify(order.result, null, 2)} name="Result" />
        </Headed>
      )}
    </>
  )
}

const OrderCall = ({ created }: { created: JournalEntry }) => (
  <>
    <Headed title="Request" aside={<Copy text={() => requestCurl(created)} label="Copy as curl" />}>
      <Message of={created.request} name="Request" />
    </Headed>
    <Headed title="Response">
      <Message of={created.response} name="Response" />
    </Headed>
  </>
)

const OrderAsRead = ({ order }: { order: ControlOrder }) => (
  <Headed title="Order">
    <p class="quiet">The journal has no request for this order: a recruiter created it, or the entry was dropped.</p>
    <Json text={JSON.stringify(order.order, null, 2)} name="Order" />
  </Headed>
)
