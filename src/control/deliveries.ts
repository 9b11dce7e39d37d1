import type { ControlDelivery, DeliveryDetail } from '../../schemas/control/deliveries'
import { isoTime } from '../date-time'
import { type Delivery, deliveryId, type Exchange, type HttpMessage } from '../store/records'
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

const notSubscribed = ({ accountId, event }: Delivery) =>
  `no webhook of ${accountId} subscribes to ${event}: add it to the events of one`

const show = (delivery: Delivery): ControlDelivery => ({
  id: deliveryId(delivery),
  account: delivery.accountId,
  orderId: delivery.orderId,
  event: delivery.event,
  webhookId: delivery.receiver.webhookId,
  method: delivery.receiver.method,
  url: delivery.receiver.url,
  status: delivery.status,
  reason: delivery.status === 'not-subscribed' ? notSubscribed(delivery) : null,
  createdAt: isoTime(delivery.at),
  nextAttemptAt: timeOrNull(delivery.nextAttemptAt),
  attempts: delivery.attempts.map((attempt) => ({
    ...attempt,
    at: isoTime(attempt.at),
    nextAttemptAt: timeOrNull(attempt.nextAttemptAt),
  })),
})

/** `delivery` with what its attempts sent and received, of which only the latest are kept. */
export function showDeliveryDetail(
  delivery: Delivery,
  exchanges: readonly Exchange[],
  isOpen: boolean,
): Omit<DeliveryDetail, 'candidate' | 'waitsFor'> {
  const { attempts, ...rest } = showDelivery(delivery, isOpen)
  const first = attempts.length - exchanges.length
  return {
    ...rest,
    attempts: attempts.map((attempt, i) => {
      const { request = null, response = null } = exchanges[i - first] ?? {}
      return { ...attempt, request, response: isOpen ? withoutBody(response) : response }
    }),
  }
}

/** An answer may repeat what was sent to it, or reveal more. */
export const withoutBody = (response: HttpMessage | null) => response && { headers: {}, body: '', isCut: true }

/** Approximate number of characters when shown. */
export const sizeOfDelivery = ({ receiver, attempts }: Delivery): number =>
  attempts.reduce(
    (sum, { error }) => sum + sizeOfAttempt + receiver.url.length + String(error).length,
    receiver.url.length,
  )

const sizeOfAttempt = 200
