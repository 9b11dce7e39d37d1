import type { ControlDelivery } from '../../schemas/control/deliveries'
import { isoTime } from '../date-time'
import { type Delivery, deliveryId } from '../store/records'
import { openError, openUrl } from './left-out'

const timeOrNull = (instant: number | null) => (instant === null ? null : isoTime(instant))

/** `delivery` as the control API shows it; if open to anyone, without secrets and without the receiver's response. */
export const showDelivery = (delivery: Delivery, isOpen: boolean): ControlDelivery =>
  isOpen ? withoutSecrets(show(delivery)) : show(delivery)

const withoutSecrets = ({ url, webhookId, attempts, ...rest }: ControlDelivery): ControlDelivery => ({
  ...rest,
  webhookId,
  url: openUrl(url, webhookId),
  attempts: attempts.map((attempt) => ({
    ...attempt,
    url: openUrl(attempt.url, webhookId),
    error: openError(attempt.status, attempt.error),
  })),
})

const show = (delivery: Delivery): ControlDelivery => ({
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

/** Approximate number of characters when shown. */
export const sizeOfDelivery = ({ receiver, attempts }: Delivery): number =>
  attempts.reduce(
    (sum, { error }) => sum + sizeOfAttempt + receiver.url.length + String(error).length,
    receiver.url.length,
  )

const sizeOfAttempt = 200
