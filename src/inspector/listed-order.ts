import type { LiveOrder } from '../../schemas/control/live'
import type { ControlOrder } from '../../schemas/control/orders'
import { orderSummary } from '../pure/order-summary'

/** An order that was read as a whole, as a list shows it. */
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
