import type { ControlDelivery } from '../../schemas/control'
import type { Delivery } from '../callbacks/delivery'
import { isoTime } from '../clock'

const timeOrNull = (instant: number | null) => (instant === null ? null : isoTime(instant))

/** `delivery` as the control API shows it. */
export const showDelivery = ({
  accountId,
  receiver,
  at,
  nextAttemptAt,
  attempts,
  ...same
}: Delivery): ControlDelivery => ({
  id: same.id,
  account: accountId,
  orderId: same.orderId,
  event: same.event,
  webhookId: receiver.webhookId,
  method: receiver.method,
  url: receiver.url,
  status: same.status,
  createdAt: isoTime(at),
  nextAttemptAt: timeOrNull(nextAttemptAt),
  attempts: attempts.map((attempt) => ({
    ...attempt,
    at: isoTime(attempt.at),
    nextAttemptAt: timeOrNull(attempt.nextAttemptAt),
  })),
})
