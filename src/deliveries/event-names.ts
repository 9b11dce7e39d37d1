import type { WebhookEvent } from '../../schemas/events'
import type { OrderKind } from '../../schemas/order-kinds'
import type { News } from '../store/orders'

type Happening = News['events'][number]

/**
 * The event that tells webhooks what happened to an order. StackOne names those of assessments; of background checks a
 * guide names one, and its catalogue none (docs/contract.md: Webhooks).
 */
const names: Readonly<Record<OrderKind, Readonly<Record<Happening, WebhookEvent>>>> = {
  assessment: {
    created: 'ats_assessments.created',
    resulted: 'ats_assessments.updated',
    cancelled: 'ats_assessments.deleted',
  },
  background_check: {
    created: 'background_check_order.created',
    resulted: 'background_check_order.updated',
    cancelled: 'background_check_order.deleted',
  },
}

export const eventOf = (kind: OrderKind, happening: Happening): WebhookEvent => names[kind][happening]
