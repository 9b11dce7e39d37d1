import type { Logger } from 'pino'
import { isoTime } from '../clock'
import type { AttemptResult } from './attempt'
import { type Attempt, type Delivery, deliveryId } from './delivery'

/** One line an attempt: what fails is a warning. It holds nothing that the receiver answered but the status. */
export function logAttempt(
  logger: Logger,
  delivery: Delivery,
  { error }: AttemptResult,
  { status, ms, nextAttemptAt }: Attempt,
) {
  logger[error === null ? 'info' : 'warn'](
    {
      delivery: deliveryId(delivery),
      event: delivery.event,
      request: delivery.requestId ?? undefined,
      to: delivery.receiver.origin,
      outcome: delivery.status,
      status: status ?? undefined,
      ms,
      account: delivery.accountId,
      order: delivery.orderId,
      error: error ?? undefined,
      next: nextAttemptAt === null ? undefined : isoTime(nextAttemptAt),
    },
    'delivery',
  )
}
