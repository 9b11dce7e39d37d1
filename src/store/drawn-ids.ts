import type { StoredOrder, Webhook } from './records'

/** Texts that hold the ids drawn for these orders and webhooks: the same seed would draw some of them again. */
export function* idsDrawnFor(
  orders: Iterable<Pick<StoredOrder, 'token' | 'result'>>,
  webhooks: Iterable<Pick<Webhook, 'id'>>,
): Generator<string> {
  for (const { token, result } of orders) yield `${token} ${result ?? ''}`
  for (const { id } of webhooks) yield id
}
