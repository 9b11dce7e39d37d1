import { webhookEvents } from '../../schemas/events'
import type { ControlDelivery, DeliverySearch } from '../../schemas/control/deliveries'
import { route } from './route'

export const deliveryStatuses = [
  'pending',
  'delivered',
  'failed',
  'blocked',
  'not-subscribed',
] as const satisfies ControlDelivery['status'][]

export const deliveryEvents: readonly ControlDelivery['event'][] = [
  ...webhookEvents,
  'results_callback',
  'packages_request',
]

/** The filter in the URL. What it doesn't know is left out. */
export function deliveryQuery(): DeliverySearch {
  const { query } = route.value
  const status = deliveryStatuses.find((each) => each === query.get('status'))
  const event = deliveryEvents.find((each) => each === query.get('event'))
  const search = query.get('q') ?? ''
  return { ...(status && { status }), ...(event && { event }), ...(search !== '' && { search }) }
}
