import type { ListOptions } from '../../schemas/control/builders'
import type { OrderFilter, OrderList } from '../../schemas/control/orders'
import type { Store } from '../store/orders'
import type { StoredOrder } from '../store/records'
import { listPart } from './list-part'
import { orderFits } from './match'
import { showOrder } from './orders'
import { isWithin, timeRange } from './time-range'

/** The orders of an account (null: of all) that match `filter`, newest first. Throws `invalidCursor` and `invalidQuery`. */
export async function listOrders(
  store: Store,
  account: string | null,
  filter: OrderFilter,
  options: ListOptions,
): Promise<OrderList> {
  const range = timeRange(filter, 'query')
  const isWhole = (Object.values(filter) as unknown[]).every((value) => value === undefined)
  const { items, ...facts } = await listPart<StoredOrder>(
    {
      all: store.orders(account),
      fits: (order) => isWhole || (isWithin(order.orderedAt, range) && orderFits(order, filter)),
      keyOf: ({ remoteId }) => remoteId,
      sizeOf: sizeOfOrder,
      // Without a filter, the store knows the count.
      count: isWhole ? () => store.count(account) : undefined,
    },
    options,
  )
  return { orders: items.map(showOrder), ...facts }
}

/** Approximate number of characters when shown. */
export const sizeOfOrder = ({ request, result }: StoredOrder): number => request.length + String(result).length
