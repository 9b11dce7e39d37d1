import type { Deps } from '../deps'
import { isReplayable } from '../deliveries/replay'
import { type Delivery, deliveryId } from '../store/records'
import { check, checkQuery } from '../validation/check'
import { calls } from './calls'
import type { Account, Control } from './control'
import { showDelivery, showDeliveryDetail, sizeOfDelivery } from './deliveries'
import { knownElsewhere } from './known-elsewhere'
import { listPart } from './list-part'
import { deliveryFits } from './match'
import { deliverySearch } from './search-deliveries'
import { isWithin, timeRange } from './time-range'
import { waited } from './waited'

type DeliveryControl = Pick<
  Control,
  'listDeliveries' | 'waitForDeliveries' | 'getDelivery' | 'replayDelivery' | 'replayDeliveries'
>

interface DeliveryContext {
  /** Whether anyone may call: then secrets are left out. */
  isOpen: boolean
  /** Ends pending waits. */
  signal: AbortSignal | undefined
}

/** The calls about deliveries. `known` throws for an account that may not be used. */
export function localDeliveries(
  { deliveries, store, changes }: Pick<Deps, 'deliveries' | 'store' | 'changes'>,
  known: (account: Account) => Account,
  { isOpen, signal }: DeliveryContext,
): DeliveryControl {
  const showToCaller = (delivery: Delivery) => showDelivery(delivery, isOpen)
  const about = (some: readonly Delivery[]) => knownElsewhere({ deliveries, store }, some)

  return {
    async listDeliveries({ account, query }) {
      checkQuery(calls.listDeliveries.query, query)
      const { limit, next, search, ...filter } = query
      const found = deliverySearch(store, { search, range: timeRange(filter, 'query'), isOpen })
      const { items, ...facts } = await listPart(
        {
          all: found(deliveries.list(known(account))),
          fits: (delivery) => deliveryFits(delivery, filter),
          keyOf: deliveryId,
          sizeOf: sizeOfDelivery,
        },
        { limit, next },
      )
      const more = await about(items)
      return {
        deliveries: items.map((delivery) => ({ ...showToCaller(delivery), ...more(delivery) })),
        ...facts,
        dropped: await deliveries.dropped(),
      }
    },
    async waitForDeliveries({ account, body }) {
      check(calls.waitForDeliveries.body, body)
      const { filter = {}, ...options } = body
      const range = timeRange(filter, 'body/filter')
      return waited(
        {
          account: known(account),
          what: 'deliveries',
          changes,
          signal,
          existing: () => deliveries.list(account),
          subscribe: (listener) => changes.on('delivery', listener),
          fits: (delivery) =>
            (account === null || account === delivery.accountId) &&
            isWithin(delivery.at, range) &&
            deliveryFits(delivery, filter),
          key: deliveryId,
          show: showToCaller,
          sizeOf: sizeOfDelivery,
          filter,
        },
        options,
      )
    },
    async getDelivery({ params: { id } }) {
      const [delivery, exchanges] = [await deliveries.find(id), await deliveries.exchanges(id)]
      const more = await about([delivery])
      return { ...showDeliveryDetail(delivery, exchanges, isOpen), ...more(delivery) }
    },
    replayDelivery: async ({ params: { id } }) => showToCaller(await deliveries.replay(id)),
    async replayDeliveries({ account, body }) {
      check(calls.replayDeliveries.body, body)
      const { search, ...filter } = body.filter ?? {}
      const found = deliverySearch(store, { search, range: timeRange(filter, 'body/filter'), isOpen })
      let replayed = 0
      // Oldest first, as they were sent: those about one order to one receiver stay in order.
      for await (const delivery of found(deliveries.export(known(account)))) {
        const isSoonSent = delivery.status === 'pending' && delivery.nextAttemptAt === null
        if (isSoonSent || !deliveryFits(delivery, filter) || !isReplayable(delivery)) continue
        await deliveries.replay(deliveryId(delivery))
        replayed++
      }
      return { replayed }
    },
  }
}
