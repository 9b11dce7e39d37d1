import type { Deps } from '../deps'
import { type Delivery, deliveryId } from '../store/records'
import { candidateOf } from './known-elsewhere'
import { openUrl } from './left-out'

type Searched = Pick<Delivery, 'accountId' | 'orderId' | 'remoteId' | 'number' | 'event' | 'receiver'>

/**
 * A filter of deliveries for those in which all words of `search` occur; without it, for all. If anyone may call, it
 * doesn't look at secrets.
 */
export function deliverySearch(store: Deps['store'], search: string | undefined, isOpen: boolean) {
  const words = (search ?? '').toLowerCase().split(/\s+/)

  async function isFound(delivery: Searched): Promise<boolean> {
    const left = without(words, ownText(delivery, isOpen))
    // The order is only read if its candidate may make the difference.
    return left.length === 0 || without(left, (await candidateOf(store, delivery.remoteId)) ?? '').length === 0
  }

  return async function* <T extends Searched>(deliveries: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const delivery of deliveries) if (await isFound(delivery)) yield delivery
  }
}

const without = (words: readonly string[], text: string) => words.filter((word) => !text.toLowerCase().includes(word))

function ownText(delivery: Searched, isOpen: boolean): string {
  const { accountId, orderId, event, receiver } = delivery
  const { url, webhookId } = receiver
  const shownUrl = isOpen ? openUrl(url, webhookId) : url
  return [deliveryId(delivery), orderId, accountId, event, webhookId, shownUrl].join(' ')
}
