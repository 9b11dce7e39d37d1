import { breatheInTime } from '../../breathe'
import type { LocalClock } from '../../clock'
import { errors } from '../../errors'
import { mostFinished } from '../../store/exchanges'
import type { MemoryWebhooks } from '../../store/memory/webhooks'
import { type Attempt, type Delivery, deliveryId, type DeliveryStatus } from '../../store/records'
import { attemptDelivery, type AttemptResult, logAttempt, outcomeOf } from '../attempt'
import { type Deliveries, type DeliveriesDeps, type ExportedDelivery, mostAttempts, noDeliveries } from '../deliveries'
import { isForNobody, type Outgoing } from '../outgoing'
import { receiverQueues } from '../receiver-queues'
import { requireReplayable } from '../replay'
import { memoryExchanges } from './exchanges'
import { keptDeliveries, type KeptDelivery } from './kept-deliveries'

const noAttempts: readonly Attempt[] = []

interface MemoryDeliveriesDeps extends DeliveriesDeps {
  clock: LocalClock
  webhooks: MemoryWebhooks
}

/** A delivery as a file keeps it. */
export interface RestoredDelivery extends ExportedDelivery {
  /** Its number among all deliveries, in the order in which they were started. */
  turn: number
}

export interface MemoryDeliveries extends Deliveries {
  /** Starts deliveries. */
  begin(all: readonly Outgoing[]): void
  /** Forgets the deliveries of an account, or with null all deliveries, and aborts those under way. */
  reset(accountId: string | null): void
  /** How many are kept. */
  count(): number
  /** The delivery as a file keeps it; null when it is no longer kept. */
  kept(id: string): RestoredDelivery | null
  /** Those about an order, oldest first. */
  keptAbout(remoteId: string): RestoredDelivery[]
  /** Those about no order, oldest first. */
  keptAlone(): Iterable<RestoredDelivery>
  /** Continues deliveries as they were before, in the order of their turns. */
  restore(deliveries: Iterable<RestoredDelivery>): Promise<void>
}

/** Deliveries in the memory of this process, which end with it. */
export function memoryDeliveries(deps: MemoryDeliveriesDeps): MemoryDeliveries {
  const { clock, logger, changes } = deps
  const kept = keptDeliveries()
  const exchanges = memoryExchanges()
  const finished = new Set<KeptDelivery>()
  let dropped = 0
  let turns = 0

  const queues = receiverQueues<KeptDelivery>({
    async work(delivery) {
      if (delivery.isForgotten) return true
      const at = clock.now()
      const result = await attemptOnce(delivery)
      record(delivery, at, result)
      return result.status !== null || result.verdict === 'blocked'
    },
    receiverOf: ({ receiver }) => receiver,
    turnOf: ({ turn }) => turn,
  })
  // Only those up to now: constant traffic would make it wait forever.
  clock.awaitBeforeMoving(() => queues.idle(turns))

  /** Sends `delivery` once earlier ones to the same receiver about the same order have ended. */
  function enter(delivery: KeptDelivery) {
    if (kept.enter(delivery)) send(delivery)
  }

  function send(delivery: KeptDelivery) {
    delivery.stop = null
    delivery.nextAttemptAt = null
    queues.push(delivery)
  }

  function sendAt(instant: number, delivery: KeptDelivery) {
    delivery.stop = clock.at(instant, () => {
      send(delivery)
    })
  }

  const isOf = (accountId: string | null) => (delivery: Delivery) =>
    accountId === null || delivery.accountId === accountId

  function attemptOnce(delivery: KeptDelivery): Promise<AttemptResult> {
    const controller = new AbortController()
    delivery.stop = () => {
      controller.abort()
    }
    return attemptDelivery(delivery, deps, controller.signal)
  }

  function record(delivery: KeptDelivery, at: number, result: AttemptResult) {
    // It was removed while under way.
    if (delivery.isForgotten) return
    exchanges.add(deliveryId(delivery), result.exchange)
    const { tried, status } = outcomeOf(delivery, result, { at, now: clock.now() })
    delivery.attempts = [...delivery.attempts, tried]
    delivery.nextAttemptAt = tried.nextAttemptAt
    delivery.stop = null
    if (tried.nextAttemptAt === null) finish(delivery, status)
    else sendAt(tried.nextAttemptAt, delivery)
    logAttempt(logger, delivery, result, tried)
    changes.emit('delivery', delivery)
  }

  function finish(delivery: KeptDelivery, status: DeliveryStatus) {
    delivery.status = status
    finished.add(delivery)
    const next = delivery.behind
    delivery.behind = null
    if (next !== null) {
      next.ahead = null
      send(next)
    }
    dropOldest()
  }

  /** Drops the oldest finished deliveries beyond the maximum. */
  function dropOldest() {
    for (const oldest of finished) {
      if (finished.size <= mostFinished) break
      finished.delete(oldest)
      kept.remove(oldest)
      exchanges.forget(deliveryId(oldest))
      dropped++
    }
  }

  /** The delivery, kept as the newest. */
  function add(outgoing: Outgoing): KeptDelivery {
    const previous = kept.last(outgoing.remoteId)
    // Sets each field: spreading an object costs several times as much.
    const delivery: KeptDelivery = {
      accountId: outgoing.accountId,
      orderId: outgoing.orderId,
      remoteId: outgoing.remoteId,
      number: previous === null ? 1 : previous.number + 1,
      event: outgoing.event,
      at: outgoing.at,
      result: outgoing.result,
      requestId: outgoing.requestId,
      payload: outgoing.payload,
      receiver: outgoing.receiver,
      status: 'pending',
      nextAttemptAt: null,
      attempts: noAttempts,
      turn: ++turns,
      older: null,
      newer: null,
      previous,
      following: null,
      behind: null,
      ahead: null,
      earlier: 0,
      stop: null,
      isForgotten: false,
    }
    kept.add(delivery)
    return delivery
  }

  function enqueue(outgoing: Outgoing) {
    const delivery = add(outgoing)
    if (isForNobody(outgoing.receiver)) finish(delivery, 'not-subscribed')
    changes.emit('delivery', delivery)
    if (delivery.status === 'pending') enter(delivery)
  }

  function found(id: string): KeptDelivery {
    const delivery = kept.find(id)
    if (delivery === undefined) throw errors.unknownDelivery(id)
    return delivery
  }

  function goOn(restored: RestoredDelivery) {
    const delivery: KeptDelivery = {
      ...restored,
      requestId: null,
      older: null,
      newer: null,
      previous: kept.last(restored.remoteId),
      following: null,
      behind: null,
      ahead: null,
      stop: null,
      isForgotten: false,
    }
    kept.add(delivery)
    if (delivery.status !== 'pending') {
      finished.add(delivery)
      dropOldest()
    } else if (delivery.nextAttemptAt === null) enter(delivery)
    else if (kept.enter(delivery)) sendAt(delivery.nextAttemptAt, delivery)
  }

  return {
    begin(all) {
      all.forEach(enqueue)
    },
    list: (accountId) => inTurns(kept.newestFirst(), isOf(accountId)),
    dropped: async () => dropped,
    async tally() {
      // Does not visit pending ones: there may be a million.
      const counts = noDeliveries()
      counts.pending = kept.count() - finished.size
      for (const { status } of finished) counts[status]++
      return counts
    },
    find: async (id) => found(id),
    exchanges: async (id) => exchanges.of(id),
    waitFor: async (ids) => ids.map((id) => firstAhead(kept.find(id))),
    async keep(outgoing, result, at) {
      const delivery = add(outgoing)
      record(delivery, at, result)
      return delivery
    },
    async replay(id) {
      const delivery = found(id)
      requireReplayable(delivery)
      if (delivery.status !== 'pending') {
        finished.delete(delivery)
        delivery.attempts = delivery.attempts.slice(-mostAttempts)
        delivery.earlier = delivery.attempts.length
        delivery.status = 'pending'
        enter(delivery)
      } else if (delivery.nextAttemptAt !== null) {
        delivery.stop?.()
        send(delivery)
      } else return delivery
      changes.emit('delivery', delivery)
      return delivery
    },
    reset(accountId) {
      const isGone = isOf(accountId)
      for (const delivery of kept.oldestFirst()) {
        if (!isGone(delivery)) continue
        delivery.stop?.()
        finished.delete(delivery)
        kept.remove(delivery)
        exchanges.forget(deliveryId(delivery))
      }
      if (accountId === null) dropped = 0
    },
    async *export(accountId) {
      for await (const delivery of inTurns(kept.oldestFirst(), isOf(accountId))) yield toExported(delivery)
    },
    count: kept.count,
    kept(id) {
      const delivery = kept.find(id)
      return delivery === undefined ? null : toRestored(delivery)
    },
    keptAbout(remoteId) {
      const all: RestoredDelivery[] = []
      for (let each = kept.last(remoteId); each !== null; each = each.previous) all.push(toRestored(each))
      return all.reverse()
    },
    *keptAlone() {
      for (const each of kept.oldestFirst()) if (each.orderId === null) yield toRestored(each)
    },
    async restore(deliveries) {
      for (const restored of deliveries) {
        await breatheInTime()
        turns = restored.turn
        goOn(restored)
      }
    },
    async import(deliveries) {
      for (const exported of deliveries) {
        await breatheInTime()
        goOn({ ...exported, turn: ++turns })
      }
    },
  }
}

/** The wanted ones of `deliveries`, without blocking: there may be a million. */
async function* inTurns(deliveries: Iterable<KeptDelivery>, isWanted: (delivery: Delivery) => boolean) {
  for (const delivery of deliveries) {
    await breatheInTime()
    if (isWanted(delivery)) yield delivery
  }
}

/** The id of the first in the lane of `delivery`; null if that is itself. */
function firstAhead(delivery: KeptDelivery | undefined): string | null {
  let first = delivery?.ahead ?? null
  while (first?.ahead) first = first.ahead
  return first && deliveryId(first)
}

function toExported(delivery: KeptDelivery): ExportedDelivery {
  const { turn, ...exported } = toRestored(delivery)
  return exported
}

function toRestored(delivery: KeptDelivery): RestoredDelivery {
  const { older, newer, previous, following, behind, ahead, stop, isForgotten, ...kept } = delivery
  const { attempts, requestId, ...restored } = kept
  return { ...restored, attempts: [...attempts] }
}
