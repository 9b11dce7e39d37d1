import { errors } from '../errors'
import type { Delivery } from '../store/records'
import { isForNobody } from './outgoing'

type Sent = Pick<Delivery, 'event' | 'receiver'>

/** Why a delivery can't be sent again; null if it can. */
function whyNotReplayable({ event, receiver }: Sent): string | null {
  if (event === 'packages_request') return 'it was a request for packages'
  return isForNobody(receiver) ? `no webhook subscribed to ${event}` : null
}

export const isReplayable = (delivery: Sent): boolean => whyNotReplayable(delivery) === null

/** Throws `notReplayable` for a delivery that has no receiver, or that somebody waited for. */
export function requireReplayable(delivery: Sent): void {
  const reason = whyNotReplayable(delivery)
  if (reason !== null) throw errors.notReplayable(reason)
}
