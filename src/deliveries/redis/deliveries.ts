import { errors } from '../../errors'
import { deliveryId, type Receiver } from '../../store/records'
import type { deliveryRecords, Loaded } from '../../store/redis/deliveries'
import type { Facts, Progress } from '../../store/redis/delivery-record'
import type { Agenda } from '../../store/redis/due'
import { items } from '../../store/redis/keys'
import type { ToSend } from '../../store/redis/orders'
import { attemptDelivery, type AttemptResult, logAttempt, outcomeOf } from '../attempt'
import { type Deliveries, type DeliveriesDeps, type ExportedDelivery, mostAttempts, noDeliveries } from '../deliveries'
import { isForNobody, type Outgoing } from '../outgoing'
import { receiverQueues } from '../receiver-queues'
import { requireReplayable } from '../replay'
import type { DeliveryQueue } from './queue'

export interface RedisDeliveriesDeps extends DeliveriesDeps {
  records: ReturnType<typeof deliveryRecords>
  agenda: Agenda
  queue: DeliveryQueue
  /** Expires the order with this token. */
  expire: (token: string) => Promise<void>
}

export interface RedisDeliveries extends Deliveries {
  /** Aborts what is under way, and leaves it to another process. */
  readonly breakOff: () => void
}

/** Milliseconds of real time until returned work is queued again: per item, and at most. */
const pauseForEach = 5
const longestPause = 60_000

interface Work {
  id: string
  round: string
  loaded: Loaded
  controller: AbortController
  /** Whether another process is to do it (released), or may be doing it already (lost). */
  isReleased: boolean
  isLost: boolean
  done: (error?: Error) => void
}

/**
 * Deliveries in one lane are sent in order: those about one order to one receiver. Empty for what no webhook subscribes
 * to.
 */
export const laneOf = (remoteId: string, receiver: Receiver): string =>
  isForNobody(receiver) ? '' : JSON.stringify([remoteId, receiver.webhookId ?? receiver.url])

/** A delivery as the scripts take it. */
export const toSend = (outgoing: Outgoing): ToSend => ({
  lane: laneOf(outgoing.remoteId, outgoing.receiver),
  facts: JSON.stringify(outgoing),
})

/**
 * Deliveries in Redis, sent at least once, by whichever process has time. The store has kept them with their order, so
 * that nothing is left to do here when an order is stored.
 */
export function redisDeliveries(deps: RedisDeliveriesDeps): RedisDeliveries {
  const { clock, logger, changes, records, agenda, queue, expire } = deps
  const underWay = new Set<Work>()
  const givenBack = new Set<string>()

  const queues = receiverQueues<Work>({
    work: tryOnce,
    receiverOf: ({ loaded }) => loaded.delivery.receiver,
    turnOf: () => 0,
    giveBack,
  })

  async function tryOnce(work: Work): Promise<boolean> {
    const at = clock.now()
    let result: AttemptResult | undefined
    try {
      result = await attemptDelivery(work.loaded.delivery, deps, work.controller.signal)
      // Other processes may have taken the returned work.
      if (result.verdict === 'delivered') givenBack.clear()
      const isBrokenOff = result.status === null && (work.isReleased || work.isLost)
      if (!isBrokenOff) await record(work, at, result)
      else if (!work.isLost) await records.postpone(items.delivery + work.id, 0)
      work.done(isBrokenOff ? new Error('another process sends it') : undefined)
    } catch (error) {
      // Redis is away: the delivery will be sent again.
      work.done(error as Error)
    }
    return result?.status !== null || result.verdict === 'blocked'
  }

  /**
   * Returns work for later: what waits here long would keep other work from being done. The more there is, the later.
   */
  function giveBack(waiting: readonly Work[]) {
    for (const { id } of waiting) givenBack.add(id)
    const ms = Math.min(longestPause, pauseForEach * givenBack.size)
    for (const { id, done } of waiting)
      records.postpone(items.delivery + id, ms).then(() => {
        done()
      }, done)
  }

  changes.on('reset', (accountId) => {
    for (const work of underWay) {
      if (accountId === null || work.loaded.delivery.accountId === accountId) void breakOffIfGone(work)
    }
  })

  /** Aborts the work, unless its delivery was created after the reset. */
  async function breakOffIfGone({ id, round, controller }: Work) {
    // While Redis is away, its outcome could not be recorded anyway.
    const isGone = await records.load(id, round).then(
      (loaded) => loaded === null,
      () => true,
    )
    if (isGone) controller.abort()
  }

  async function record({ id, loaded }: Work, at: number, result: AttemptResult) {
    const { delivery } = loaded
    const { tried, status } = outcomeOf(delivery, result, { at, now: clock.now() })
    const { nextAttemptAt } = tried
    const attempts = [...delivery.attempts, tried]
    const progress: Progress = { status, nextAttemptAt, attempts, earlier: delivery.earlier }
    // False when it was removed meanwhile, or when this process was taken for dead and another one has recorded it.
    if (!(await records.record(id, loaded, progress, result.exchange))) return
    if (nextAttemptAt !== null) agenda.arm(nextAttemptAt)
    logAttempt(logger, { ...delivery, ...progress }, result, tried)
  }

  async function deliver(id: string, round: string, signal: AbortSignal): Promise<void> {
    givenBack.delete(id)
    const loaded = await records.load(id, round)
    if (loaded === null) return
    await new Promise<void>((resolve, reject) => {
      const work: Work = {
        id,
        round,
        loaded,
        controller: new AbortController(),
        isReleased: false,
        isLost: false,
        done(error) {
          underWay.delete(work)
          if (error === undefined) resolve()
          else reject(error)
        },
      }
      underWay.add(work)
      signal.addEventListener('abort', () => {
        work.isLost = true
        work.controller.abort()
      })
      queues.push(work)
    })
  }

  queue.start(async (item, round, signal) => {
    const what = item.slice(items.delivery.length)
    if (item.startsWith(items.delivery)) return deliver(what, round, signal)
    await expire(what)
    await records.done(item)
  })
  agenda.start()

  return {
    list: (accountId) => records.all(accountId, 'newest'),
    dropped: () => records.dropped(),
    async find(id) {
      const loaded = await records.find(id)
      if (loaded === null) throw errors.unknownDelivery(id)
      return loaded.delivery
    },
    exchanges: (id) => records.exchanges(id),
    waitFor: (ids) => records.waitFor(ids),
    async keep(outgoing, result, at) {
      const delivery = {
        ...outgoing,
        number: 0,
        status: 'pending' as const,
        nextAttemptAt: null,
        attempts: [],
        earlier: 0,
      }
      const { tried, status } = outcomeOf(delivery, result, { at, now: clock.now() })
      const progress: Progress = { status, nextAttemptAt: null, attempts: [tried], earlier: 0 }
      const id = await records.keep(outgoing, progress, result.exchange)
      const kept = { ...outgoing, number: Number(id.slice(id.lastIndexOf('.') + 1)), ...progress }
      logAttempt(logger, kept, result, tried)
      return kept
    },
    async replay(id) {
      for (;;) {
        const loaded = await records.find(id)
        if (loaded === null) throw errors.unknownDelivery(id)
        requireReplayable(loaded.delivery)
        const { earlier, status, nextAttemptAt } = loaded.delivery
        const hasEnded = status !== 'pending'
        // It is under way, or waits for another one.
        if (!hasEnded && nextAttemptAt === null) return loaded.delivery
        const attempts = hasEnded ? loaded.delivery.attempts.slice(-mostAttempts) : loaded.delivery.attempts
        const progress: Progress = {
          status: 'pending',
          nextAttemptAt: null,
          attempts,
          earlier: hasEnded ? attempts.length : earlier,
        }
        if (await records.replay(id, loaded, progress, hasEnded)) return { ...loaded.delivery, ...progress }
      }
    },
    async *export(accountId): AsyncGenerator<ExportedDelivery> {
      for await (const { attempts, requestId, ...rest } of records.all(accountId, 'oldest'))
        yield { ...rest, attempts: [...attempts] }
    },
    async import(deliveries) {
      for (const { number, status, nextAttemptAt, attempts, earlier, ...rest } of deliveries) {
        const facts: Facts = { ...rest, requestId: null }
        const progress: Progress = { status, nextAttemptAt, attempts, earlier }
        const lane = laneOf(facts.remoteId, facts.receiver)
        await records.restore(deliveryId({ remoteId: facts.remoteId, number }), number, lane, facts, progress)
        if (nextAttemptAt !== null) agenda.arm(nextAttemptAt)
      }
    },
    breakOff() {
      for (const work of underWay) {
        work.isReleased = true
        work.controller.abort()
      }
    },
    tally: async () => ({ ...noDeliveries(), ...(await records.tally()) }),
  }
}
