import type { ListedDelivery } from '../../../schemas/control/deliveries'
import { Badge } from '../components/badge'
import { memoised } from '../components/memoised'
import { Moment } from '../components/moment'
import { counted, eventInWords, lastError, toneOf } from '../words'
import { DueIn } from './timeline'

export const DeliveryRow = memoised<{ delivery: ListedDelivery; isCurrent: boolean; href: string }>(
  ({ delivery, isCurrent, href }) => {
    const { id, account, candidate, orderId, event, url, status, attempts, createdAt } = delivery
    const isBad = status === 'failed' || status === 'blocked'
    const subject = candidate ?? orderId
    return (
      <li>
        <a
          class={isBad ? 'row refused' : 'row'}
          href={href}
          data-key={id}
          aria-current={isCurrent ? 'true' : undefined}
        >
          <span class="clipped">
            <strong dir="auto">{subject ?? eventInWords(event)}</strong>
            {subject !== null && <span class="quiet"> {eventInWords(event).replace('Webhook: ', '')}</span>}
          </span>
          <span class="aside">
            <Moment at={createdAt} />
          </span>
          <span class="clipped quiet path">{url === '' ? 'no webhook' : `${delivery.method} ${url}`}</span>
          <span class="aside">
            {status !== 'not-subscribed' && <span>{counted(attempts.length, 'attempt')}</span>}
            <span class="clipped account">{account}</span>
            <Badge tone={toneOf(status)}>{isBad ? `✕ ${status}` : status}</Badge>
          </span>
          {status !== 'delivered' && <Why delivery={delivery} />}
        </a>
      </li>
    )
  },
)

/** Why a delivery has not arrived, and what happens next. */
function Why({ delivery }: { delivery: ListedDelivery }) {
  const { reason, nextAttemptAt, waitsFor } = delivery
  const why = reason ?? lastError(delivery)
  if (why === '' && nextAttemptAt === null && waitsFor === null) return null
  return (
    <span class="hint">
      {nextAttemptAt !== null && (
        <span class="quiet">
          next attempt <DueIn at={nextAttemptAt} />
          {why && ' · '}
        </span>
      )}
      {waitsFor !== null && (
        <span class="quiet">
          waiting behind an earlier delivery
          {why && ' · '}
        </span>
      )}
      {why}
    </span>
  )
}
