import { kindInWords, orderKinds } from '../../../schemas/order-kinds'
import type { LiveOrder } from '../../../schemas/control/live'
import { Badge } from '../components/badge'
import { Empty, Loading } from '../components/empty'
import { FilterBar, NoneFound, Summary } from '../components/filter-bar'
import { memoised } from '../components/memoised'
import { Moment } from '../components/moment'
import { Problem } from '../components/problem'
import { Rows } from '../components/rows'
import { TwoPanes } from '../components/two-panes'
import { useList } from '../components/use-list'
import { firstOrderCurl } from '../curl'
import { isFiltered } from '../filter'
import { orderStates } from '../filter-query'
import { toListed } from '../listed-order'
import { counts, isLoaded, orderKey } from '../live'
import { account, linkTo, route } from '../route'
import { capitalised, stateInWords, toneOf } from '../words'
import { CreateOrder } from './create-order'
import { DemoData } from './demo-data'
import { OrderDetail } from './order-detail'

export function Orders() {
  const { open } = route.value
  const [of = '', id = ''] = open
  const isNew = open.length === 1 && of === newOrder
  return (
    <TwoPanes
      view="orders"
      title="Orders"
      actions={<NewOrderLink />}
      tools={<Filter />}
      openKey={open.length === 2 ? `${of}/${id}` : isNew ? newOrder : ''}
      advice="Select an order to see its timeline."
      list={isLoaded.value ? <OrderRows /> : <Loading />}
      detail={isNew ? <CreateOrder /> : <OrderDetail key={`${of}/${id}`} of={of} id={id} />}
    />
  )
}

/** Opens the form for an order in place of an order, which has two names. */
const newOrder = 'new'

const NewOrderLink = () => (
  <a class="button" href={linkTo('orders', newOrder)}>
    Order as a recruiter
  </a>
)

const Filter = () => (
  <FilterBar
    view="orders"
    placeholder="Name, e-mail, ID…"
    fields={[
      {
        name: 'state',
        label: 'State',
        any: 'Any state',
        value: route.value.query.get('state') ?? '',
        options: orderStates.map((each) => [each, capitalised(stateInWords(each))] as const),
      },
      {
        name: 'kind',
        label: 'Kind',
        any: 'Any kind',
        value: route.value.query.get('kind') ?? '',
        options: orderKinds.map((each) => [each, `${capitalised(kindInWords(each))}s`] as const),
      },
    ]}
  />
)

/** The matching orders. */
function OrderRows() {
  const { value, error, load } = useList('orders')
  if (error && value === null) return <Problem error={error} />
  if (value === null) return <p class="empty quiet">Loading…</p>
  const { entries, total } = value
  if (total === 0 && !isFiltered('orders')) return <NoneYet />
  const current = route.value.open.join('/')
  return (
    <>
      <Summary view="orders" total={total} all={counts.value.orders} one="order" />
      {total === 0 ? (
        <NoneFound title="No matching orders" covers="names, e-mail addresses, IDs, packages and states" />
      ) : (
        <Rows items={entries.map(toListed)} total={total} noun="orders" keyOf={orderKey} load={load}>
          {(order) => (
            <OrderRow
              order={order}
              isCurrent={orderKey(order) === current}
              href={linkTo('orders', order.account, order.id)}
            />
          )}
        </Rows>
      )}
    </>
  )
}

const NoneYet = () => (
  <>
    <Empty title="No orders yet" curl={firstOrderCurl(account.value)}>
      <p>Paste this into a terminal. The order appears here.</p>
    </Empty>
    <div class="empty">
      <p>
        Without a client, <a href={linkTo('orders', newOrder)}>order as a recruiter</a>. To look around, create sixty
        varied orders:
      </p>
      <DemoData />
    </div>
  </>
)

const OrderRow = memoised<{ order: LiveOrder; isCurrent: boolean; href: string }>(({ order, isCurrent, href }) => (
  <li>
    <a class="row" href={href} data-key={orderKey(order)} aria-current={isCurrent ? 'true' : undefined}>
      <strong class="clipped" dir="auto">
        {order.candidate ?? order.email ?? order.id}
      </strong>
      <span class="aside">
        <Moment at={order.orderedAt} />
      </span>
      <span class="clipped quiet" dir="auto">
        {[order.candidate === null ? null : order.email, order.package].filter(Boolean).join(' · ') || order.id}
      </span>
      <span class="aside">
        <span class="clipped quiet account">{order.account}</span>
        <Badge tone={toneOf(order.state)}>{stateInWords(order.state)}</Badge>
      </span>
    </a>
  </li>
))
