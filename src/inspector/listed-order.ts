import type { ControlOrder } from '../../schemas/control/orders'
import type { LiveOrder } from '../../schemas/control/live'

/** An order that was read as a whole, as a list shows it. */
export function toListed({ id, account, state, orderedAt, resultAt, order }: ControlOrder): LiveOrder {
  const { candidate } = order
  const name = [candidate?.first_name, candidate?.last_name].filter(Boolean).join(' ')
  return {
    id,
    account,
    state,
    orderedAt,
    resultAt,
    candidate: name || null,
    email: candidate?.emails?.[0]?.value ?? null,
    package: order.package?.name ?? order.package?.id ?? null,
  }
}
