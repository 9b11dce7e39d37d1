import type { ControlDelivery } from '../../schemas/control/deliveries'
import { type Delivery, deliveryId } from '../callbacks/delivery'
import { isoTime } from '../clock'

const timeOrNull = (instant: number | null) => (instant === null ? null : isoTime(instant))

/** `delivery` as the control API shows it. */
export const showDelivery = (delivery: Delivery): ControlDelivery => ({
  id: deliveryId(delivery),
  account: delivery.accountId,
  orderId: delivery.orderId,
  event: delivery.event,
  webhookId: delivery.receiver.webhookId,
  method: delivery.receiver.method,
  url: delivery.receiver.url,
  status: delivery.status,
  createdAt: isoTime(delivery.at),
  nextAttemptAt: timeOrNull(delivery.nextAttemptAt),
  attempts: delivery.attempts.map((attempt) => ({
    ...attempt,
    at: isoTime(attempt.at),
    nextAttemptAt: timeOrNull(attempt.nextAttemptAt),
  })),
})

/** About how many characters it takes to show a delivery. */
export const sizeOfDelivery = ({ receiver, attempts }: Delivery): number =>
  attempts.reduce(
    (sum, { error }) => sum + sizeOfAttempt + receiver.url.length + String(error).length,
    receiver.url.length,
  )

const sizeOfAttempt = 200
