import type { OrderFilter, OrderList } from '../../schemas/control/orders'
import { type ListOptions, usualLimit } from '../../schemas/control/shared'
import { breathe } from '../clock'
import { errors } from '../errors'
import type { Store } from '../store/store'
import { orderFits } from './match'
import { showOrder } from './orders'

/** Orders that are looked through before others get their turn. */
const atATime = 500

/**
 * The orders of an account, or with null of all, that fit `filter`, newest first. Throws `invalidCursor`. Not made of a
 * list of all: there may be a million, and without a filter the store knows how many there are.
 */
export async function listOrders(
  store: Store,
  account: string | null,
  filter: OrderFilter,
  { limit = usualLimit, next }: ListOptions,
): Promise<OrderList> {
  const isWhole = (Object.values(filter) as unknown[]).every((value) => value === undefined)
  const orders = []
  let looked = 0
  let fitting = 0
  let last: string | null = null
  let isBehind = next === undefined
  let isMore = false
  for await (const order of store.orders(account)) {
    if (++looked % atATime === 0) await breathe()
    const fits = isWhole || orderFits(order, filter)
    if (fits) fitting++
    if (fits && isBehind) {
      isMore = orders.length === limit
      if (!isMore) {
        orders.push(showOrder(order))
        last = order.remoteId
      } else if (isWhole) break
    }
    if (order.remoteId === next) isBehind = true
  }
  if (!isBehind) throw errors.invalidCursor()
  return { orders, total: isWhole ? await store.count(account) : fitting, next: isMore ? last : null }
}
