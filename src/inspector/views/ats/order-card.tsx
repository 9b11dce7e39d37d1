import type { ControlOrder } from '../../../../schemas/control/orders'
import { isWebAddress } from '../../addresses'
import { Badge } from '../../components/badge'
import { Call } from '../../components/call'
import { Moment } from '../../components/moment'
import { linkTo, listLink } from '../../route'
import { isOver, stateInWords, toneOf } from '../../words'
import { OrderNews } from './order-news'

/** An order on its application: how far it is, and its result. */
export function OrderCard({ order }: { order: ControlOrder }) {
  const { account, id, kind, state, testUrl } = order
  const { package: ordered } = order.order
  return (
    <li class="test">
      <div class="item-head">
        <span>
          <strong dir="auto">{ordered?.name ?? ordered?.id ?? 'No package'}</strong>{' '}
          {kind === 'background_check' && <span class="quiet">background check</span>}
        </span>
        <Badge tone={toneOf(state)}>{stateInWords(state)}</Badge>
      </div>
      <Progress order={order} />
      <Outcome order={order} />
      <OrderNews order={order} />
      <div class="test-actions">
        {!isOver(order) && isWebAddress(testUrl) && (
          <a href={testUrl} target="_blank" rel="noreferrer">
            Take the test as the candidate
            <span class="unseen"> (opens in a new tab)</span>
          </a>
        )}
        <a href={linkTo('orders', account, id)}>Order</a>
        <a href={listLink('deliveries', { account, q: id })}>Deliveries</a>
        {!isOver(order) && (
          <Call
            method="POST"
            path={`orders/${encodeURIComponent(id)}/cancel`}
            query={{ account }}
            label="Cancel"
            of={`order ${id}`}
            said="Cancelled."
            isFolded
          />
        )}
      </div>
    </li>
  )
}

/** The steps of a test, with the time of those that are done. */
function Progress({ order }: { order: ControlOrder }) {
  const { orderedAt, openedAt, startedAt, resultAt } = order
  const steps = [
    ['Ordered', orderedAt],
    ['Opened', openedAt],
    ['Started', startedAt],
    // A provider may report what is not a result yet, and a cancelled order has none.
    ['Result', isOver(order) ? resultAt : null],
  ] as const
  return (
    <ol class="pipeline short">
      {steps.map(([name, at]) => (
        <li key={name} class={at === null ? undefined : 'done'}>
          {name}
          {at !== null && (
            <small>
              {' '}
              <Moment at={at} />
            </small>
          )}
        </li>
      ))}
    </ol>
  )
}

/** What the provider reported. */
function Outcome({ order: { result } }: { order: ControlOrder }) {
  const { score, summary, result_url: url } = result ?? {}
  if (!score?.value && !summary && !url) return null
  return (
    <p class="outcome">
      {score?.value && (
        <strong>
          {score.value}
          {score.max && ` of ${score.max}`}
        </strong>
      )}{' '}
      <span dir="auto">{summary}</span>{' '}
      {url && isWebAddress(url) && (
        <a href={url} target="_blank" rel="noreferrer">
          Result page
          <span class="unseen"> (opens in a new tab)</span>
        </a>
      )}
    </p>
  )
}
