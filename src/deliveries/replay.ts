import { errors } from '../errors'
import type { Delivery } from '../store/records'
import { isForNobody } from './outgoing'

/** Throws `notReplayable` for a delivery that has no receiver, or that somebody waited for. */
export function requireReplayable({ event, receiver }: Pick<Delivery, 'event' | 'receiver'>): void {
  if (event === 'packages_request') throw errors.notReplayable('it was a question for packages')
  if (isForNobody(receiver)) throw errors.notReplayable(`no webhook subscribed to ${event}`)
}
