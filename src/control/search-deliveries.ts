import { breatheInTime } from '../breathe'
import type { Deps } from '../deps'
import { type Delivery, deliveryId } from '../store/records'
import { candidateOf } from './known-elsewhere'
import { openUrl } from './left-out'
import { isWithin, type TimeRange } from './time-range'

type Searched = Pick<Delivery, 'accountId' | 'orderId' | 'remoteId' | 'number' | 'event' | 'receiver' | 'at'>

interface Search {
  search: string | undefined
  range: TimeRange
  /** Whether anyone may call: then it doesn't look at secrets. */
  isOpen: boolean
}

/** A filter of deliveries for those of a time in which all words of `search` occur; without it, for all of that time. */
export function deliverySearch(store: Deps['store'], { search, range, isOpen }: Search) {
  const words = (search ?? '').toLowerCase().split(/\s+/)

  async function isFound(delivery: Searched): Promise<boolean> {
    const left = without(words, ownText(delivery, isOpen))
    // The order is only read if its candidate may make the difference.
    return left.length === 0 || without(left, (await candidateOf(store, delivery.remoteId)) ?? '').length === 0
  }

  return async function* <T extends Searched>(deliveries: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const delivery of deliveries) {
      await breatheInTime()
      if (isWithin(delivery.at, range) && (await isFound(delivery))) yield delivery
    }
  }
}

const without = (words: readonly string[], text: string) => words.filter((word) => !text.toLowerCase().includes(word))

function ownText(delivery: Searched, isOpen: boolean): string {
  const { accountId, orderId, event, receiver } = delivery
  const { url, webhookId } = receiver
  const shownUrl = isOpen ? openUrl(url, webhookId) : url
  return [deliveryId(delivery), orderId, accountId, event, webhookId, shownUrl].join(' ')
}
