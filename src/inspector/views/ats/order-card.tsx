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
      <div class="buttons">
        {!isOver(order) && isWebAddress(testUrl) && (
          <a href={testUrl} target="_blank" rel="noreferrer">
            Take the test as the candidate
            <span class="unseen"> (opens in a new tab)</span>
          </a>
        )}
        <a href={linkTo('orders', account, id)}>Order</a>
        <a href={listLink('deliveries', { account, q: id })}>Deliveries</a>
      </div>
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
    </li>
  )
}

/** The steps of a test, with the time of those that are done. */
function Progress({ order }: { order: ControlOrder }) {
  const { orderedAt, openedAt, startedAt, resultAt, state } = order
  const isEnded = isOver(order)
  const steps = [
    { name: 'Ordered', isDone: true, at: orderedAt },
    { name: 'Opened', isDone: openedAt !== null, at: openedAt },
    { name: 'Started', isDone: startedAt !== null, at: startedAt },
    // A cancelled order has no result, and no time of it.
    { name: isEnded ? stateInWords(state) : 'Result', isDone: isEnded, at: isEnded ? resultAt : null },
  ]
  return (
    <ol class="pipeline">
      {steps.map(({ name, isDone, at }) => (
        <li key={name} class={isDone ? 'done' : undefined}>
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
