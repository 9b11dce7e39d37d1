import type { LiveOrder } from '../../schemas/control/live'
import type { ControlOrder } from '../../schemas/control/orders'
import { orderSummary } from '../pure/order-summary'

/** Reduces a full order to what a list shows. */
export function toListed({ id, account, state, orderedAt, resultAt, order }: ControlOrder): LiveOrder {
  return {
    id,
    account,
    state,
    orderedAt,
    resultAt,
    ...orderSummary(order),
  }
}
