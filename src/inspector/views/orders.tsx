import type { LiveOrder } from '../../../schemas/control/live'
import type { ControlOrder } from '../../../schemas/control/orders'
import { read } from '../api'
import { Badge } from '../components/badge'
import { Empty, Loading } from '../components/empty'
import { memoised } from '../components/memoised'
import { Moment } from '../components/moment'
import { Problem } from '../components/problem'
import { Rows } from '../components/rows'
import { Search } from '../components/search'
import { TwoPanes } from '../components/two-panes'
import { useLiveChange } from '../components/use-live-change'
import { useRead } from '../components/use-read'
import { firstOrderCurl } from '../curl'
import { toListed } from '../listed-order'
import { addOlderOrders, counts, isLoaded, orderKey, orders } from '../live'
import { account, linkTo, route } from '../route'
import { stateInWords, toneOf } from '../words'
import { CreateOrder } from './create-order'
import { DemoData } from './demo-data'
import { OrderDetail } from './order-detail'

interface OrderList {
  orders: ControlOrder[]
}

const listed = async (query: { search?: string; limit: number }) =>
  (await read<OrderList>('orders', { account: account.peek(), ...query })).orders.map(toListed)

export function Orders() {
  const { open, query } = route.value
  const search = query.get('q') ?? ''
  const [of = '', id = ''] = open
  const isNew = open.length === 1 && of === newOrder
  return (
    <TwoPanes
      view="orders"
      title="Orders"
      actions={<NewOrderLink />}
      tools={<Search label="Search orders" placeholder="Search by name, e-mail, ID…" />}
      openKey={open.length === 2 ? `${of}/${id}` : isNew ? newOrder : ''}
      advice="Select an order to see its timeline."
      list={search === '' ? <AllOrders /> : <FoundOrders search={search} />}
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

function AllOrders() {
  if (!isLoaded.value) return <Loading />
  if (orders.value.length === 0) {
    return (
      <>
        <Empty title="No orders yet" curl={firstOrderCurl(account.value)}>
          <p>Paste this into a terminal. The order appears here.</p>
        </Empty>
        <div class="empty">
          <p>
            Without a client, <a href={linkTo('orders', newOrder)}>order as a recruiter</a>. To look around, create
            sixty varied orders:
          </p>
          <DemoData />
        </div>
      </>
    )
  }
  const load = async (limit: number) => {
    addOlderOrders(await listed({ limit }))
  }
  return <OrderRows items={orders.value} total={Math.max(counts.value.orders, orders.value.length)} load={load} />
}

const most = 200

function FoundOrders({ search }: { search: string }) {
  const { value, error, again } = useRead(`${account.value} ${search}`, () => listed({ search, limit: most }))
  useLiveChange(({ isWhole, orders: fresh }) => isWhole || fresh.length > 0, again, 1_000)
  if (error && value === null) return <Problem error={error} />
  if (value === null) return <p class="empty quiet">Searching…</p>
  if (value.length === 0) {
    return (
      <Empty title="No matching orders">
        <p>Search covers names, e-mail addresses, IDs, packages and states.</p>
      </Empty>
    )
  }
  return (
    <>
      <OrderRows items={value} total={value.length} load={null} />
      {value.length === most && <p class="more">Only the newest {most} matches are shown.</p>}
    </>
  )
}

function OrderRows(props: {
  items: readonly LiveOrder[]
  total: number
  load: ((limit: number) => Promise<void>) | null
}) {
  const current = route.value.open.join('/')
  return (
    <Rows {...props} noun="orders" keyOf={orderKey}>
      {(order) => (
        <OrderRow
          order={order}
          isCurrent={orderKey(order) === current}
          href={linkTo('orders', order.account, order.id)}
        />
      )}
    </Rows>
  )
}

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
