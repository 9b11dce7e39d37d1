import type { DeliverySearch } from '../../schemas/control/deliveries'
import type { OrderFilter } from '../../schemas/control/orders'
import type { RequestQuery } from '../../schemas/control/requests'
import { webhookEvents } from '../../schemas/events'
import { operations } from '../../schemas/operations'
import { orderKinds } from '../../schemas/order-kinds'
import { chosen, searched } from './filter'
import { route } from './route'

export const orderStates = [
  'ordered',
  'initiated',
  'in_progress',
  'completed',
  'passed',
  'failed',
  'expired',
  'cancelled',
  'unmapped_value',
] as const satisfies OrderFilter['state'][]

export const deliveryStatuses = [
  'pending',
  'delivered',
  'failed',
  'blocked',
  'not-subscribed',
] as const satisfies DeliverySearch['status'][]

export const deliveryEvents: readonly NonNullable<DeliverySearch['event']>[] = [
  ...webhookEvents,
  'results_callback',
  'packages_request',
]

/** Classes of requests, and what they are in a query. */
const requestClasses = { refused: { refused: true }, warned: { warned: true }, accepted: { refused: false } } as const

/** The exact status of an answer in the URL; empty if there is none. */
export const exactStatus = (): string => /^[1-5]\d\d$/.exec(route.value.query.get('status') ?? '')?.[0] ?? ''

/** The filters in the URL, apart from the account and the time. */
export const filterQueries = {
  orders(): Pick<OrderFilter, 'search' | 'state' | 'kind'> {
    const [state, kind] = [chosen('state', orderStates), chosen('kind', orderKinds)]
    return { ...searched(), ...(state && { state }), ...(kind && { kind }) }
  },
  requests(): RequestQuery {
    const operation = chosen('operation', operations)
    const kind = chosen('status', ['refused', 'warned', 'accepted'])
    const status = exactStatus()
    return {
      ...searched(),
      ...(kind && requestClasses[kind]),
      ...(status !== '' && { status: Number(status) }),
      ...(operation && { operation }),
      ...loadsLeftOut(),
    }
  },
  deliveries(): DeliverySearch {
    const [status, event] = [chosen('status', deliveryStatuses), chosen('event', deliveryEvents)]
    return { ...searched(), ...(status && { status }), ...(event && { event }) }
  },
}

/** Page loads are no calls of a client: they are left out unless asked for. */
export const loadsLeftOut = (): Pick<RequestQuery, 'pageLoad'> =>
  route.value.query.get('pages') === '1' ? {} : { pageLoad: false }
