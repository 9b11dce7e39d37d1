import type { DeliveryList } from '../../../../schemas/control/deliveries'
import type { ControlOrder } from '../../../../schemas/control/orders'
import { read } from '../../api'
import { Badge } from '../../components/badge'
import { useLiveChange } from '../../components/use-live-change'
import { useRead } from '../../components/use-read'
import { linkTo } from '../../route'
import { eventInWords, lastError, toneOf } from '../../words'

/** What the provider was told of an order, and whether it arrived. */
export function OrderNews({ order: { account, id } }: { order: ControlOrder }) {
  const { value, again } = useRead(id, () => read<DeliveryList>('deliveries', { account, orderId: id, limit: 20 }))
  useLiveChange(({ isWhole, deliveries }) => isWhole || deliveries.some(({ orderId }) => orderId === id), again)
  if (value === null || value.deliveries.length === 0) return null
  return (
    <ul class="news">
      {value.deliveries.map((delivery) => (
        <li key={delivery.id}>
          <a href={linkTo('deliveries', delivery.id)}>{eventInWords(delivery.event)}</a>{' '}
          <Badge tone={toneOf(delivery.status)}>{delivery.status}</Badge>{' '}
          {lastError(delivery) && <span class="quiet broken">{lastError(delivery)}</span>}
        </li>
      ))}
    </ul>
  )
}
