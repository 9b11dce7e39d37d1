import type { Logger } from 'pino'
import type { OrderRequest } from '../../schemas/order'
import type { ControlledClock } from '../clock'
import { isoTime } from '../clock'
import { errors } from '../errors'
import type { Ids } from '../ids'
import type { StoredOrder } from '../store/store'
import type { Webhook, Webhooks } from '../store/webhooks'
import { attempt, type AttemptDeps, type AttemptResult } from './attempt'
import type { Attempt, Delivery, DeliveryEvent, DeliveryStatus, Receiver } from './delivery'
import { lanes } from './lanes'
import { pace } from './pace'
import { nextAttemptAt } from './retry-policy'

/** Finished deliveries that are kept to be looked at; pending ones are always kept. */
export const mostFinished = 10_000

export interface DeliveryFilter {
  accountId?: string | undefined
  orderId?: string | undefined
  status?: DeliveryStatus | undefined
  /** The most to return. */
  limit: number
}

/** Sends events and results outward. Nobody waits for a delivery: what returns has only been queued. */
export interface Deliveries {
  /** Tells the account's webhooks of an order. */
  orderCreated(order: StoredOrder): Promise<void>
  /** Tells the account's webhooks, and the order's `results_update_url`, of what is known of its result. */
  resultRecorded(order: StoredOrder): Promise<void>
  /** Newest first, with how many finished ones were dropped. */
  list(filter: DeliveryFilter): Promise<{ deliveries: Delivery[]; dropped: number }>
  /** Sends a delivery once more, now, with another five attempts. Throws `unknownDelivery`. */
  replay(id: string): Promise<Delivery>
  /** Breaks off what is under way and forgets the rest. */
  close(): Promise<void>
}

export interface DeliveriesDeps extends AttemptDeps {
  clock: ControlledClock
  ids: Ids
  webhooks: Webhooks
  logger: Logger
  /** HTTP method of a results callback. */
  callbackMethod: string
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

interface Queued extends Mutable<Delivery> {
  /** The receiver, and the token of the order: in it deliveries keep their order. */
  lane: string
  place: string
  behind: Queued | null
  /** Attempts of earlier rounds, before a replay. */
  earlier: number
  /** Calls off the next attempt, or breaks off the one that is under way. */
  stop: (() => void) | null
}

const noAttempts: readonly Attempt[] = []

/** Deliveries in the memory of this process, gone when it ends. */
export function memoryDeliveries(deps: DeliveriesDeps): Deliveries {
  const { clock, ids, webhooks, logger, callbackMethod } = deps
  const all = new Map<string, Queued>()
  const finished = new Set<Queued>()
  let dropped = 0

  const isForgotten = ({ id }: Queued) => !all.has(id)
  const paced = pace<Queued>(async (delivery) => {
    const at = clock.now()
    if (isForgotten(delivery)) return true
    const result = await attemptOnce(delivery)
    if (!isForgotten(delivery)) record(delivery, at, result)
    return result.status !== null || result.verdict === 'blocked'
  })
  const inOrder = lanes<Queued>((delivery) => {
    paced.push(delivery.receiver.origin, delivery)
  })
  clock.awaitBeforeMoving(() => paced.idle())

  async function attemptOnce(delivery: Queued): Promise<AttemptResult> {
    const { webhookId } = delivery.receiver
    const gone = webhookId === null || delivery.earlier > 0 ? null : await whyNoMore(webhookId)
    if (gone !== null) return { verdict: 'failed', status: null, error: gone, retryAfter: null }
    const controller = new AbortController()
    delivery.stop = () => {
      controller.abort()
    }
    const result = await attempt(delivery, delivery.receiver, deps, controller.signal)
    if (webhookId !== null && result.status === 410) {
      await webhooks.disable(webhookId, `it answered 410 at ${isoTime(clock.now())}; remove it and add it again`)
    }
    return result
  }

  /** Why a webhook gets nothing any more; null while it does. What a person replays is sent all the same. */
  async function whyNoMore(webhookId: string): Promise<string | null> {
    const webhook = (await webhooks.list()).find(({ id }) => id === webhookId)
    if (webhook === undefined) return 'the webhook was removed'
    return webhook.disabled === null ? null : `the webhook is disabled: ${webhook.disabled}`
  }

  function record(delivery: Queued, at: number, { verdict, status, error, retryAfter }: AttemptResult) {
    const now = clock.now()
    const made = delivery.attempts.length - delivery.earlier + 1
    const next = verdict === 'retry' ? nextAttemptAt({ id: delivery.id, attempt: made, retryAfter }, now) : null
    const tried: Attempt = { at, url: delivery.receiver.url, status, ms: now - at, error, nextAttemptAt: next }
    delivery.attempts = [...delivery.attempts, tried]
    delivery.nextAttemptAt = next
    delivery.stop = null
    if (next === null) finish(delivery, verdict === 'retry' ? 'failed' : verdict)
    else
      delivery.stop = clock.at(next, () => {
        sendAgain(delivery)
      })
    log(delivery, tried)
  }

  function sendAgain(delivery: Queued) {
    delivery.stop = null
    delivery.nextAttemptAt = null
    paced.push(delivery.receiver.origin, delivery)
  }

  function finish(delivery: Queued, status: DeliveryStatus) {
    delivery.status = status
    finished.add(delivery)
    inOrder.leave(delivery)
    for (const oldest of finished) {
      if (finished.size <= mostFinished) break
      finished.delete(oldest)
      all.delete(oldest.id)
      dropped++
    }
  }

  function log(
    { id, orderId, accountId, event, receiver, status }: Queued,
    { status: answer, ms, error, nextAttemptAt }: Attempt,
  ) {
    logger[error === null ? 'info' : 'warn'](
      {
        delivery: id,
        event,
        to: receiver.origin,
        outcome: status,
        status: answer ?? undefined,
        ms,
        account: accountId,
        order: orderId,
        error: error ?? undefined,
        next: nextAttemptAt === null ? undefined : isoTime(nextAttemptAt),
      },
      'delivery',
    )
  }

  function enqueue(event: DeliveryEvent, order: StoredOrder, receiver: Receiver) {
    const delivery: Queued = {
      id: ids.uuid(),
      accountId: order.accountId,
      orderId: order.id,
      event,
      at: clock.now(),
      result: event === 'ats_assessments.created' ? null : order.result,
      receiver,
      status: 'pending',
      nextAttemptAt: null,
      attempts: noAttempts,
      lane: receiver.webhookId ?? receiver.url,
      place: order.token,
      behind: null,
      earlier: 0,
      stop: null,
    }
    all.set(delivery.id, delivery)
    inOrder.enter(delivery)
  }

  const callbackReceiver = (url: string): Receiver => ({
    method: callbackMethod,
    url,
    secret: null,
    webhookId: null,
    origin: originOf(url),
  })

  async function tellWebhooks(event: DeliveryEvent, order: StoredOrder) {
    for (const webhook of await webhooks.list(order.accountId)) {
      if (webhook.disabled === null) enqueue(event, order, receiverOf(webhook))
    }
  }

  return {
    orderCreated: (order) => tellWebhooks('ats_assessments.created', order),
    async resultRecorded(order) {
      const { results_update_url: url } = JSON.parse(order.request) as OrderRequest
      if (url) enqueue('results_callback', order, callbackReceiver(url))
      await tellWebhooks('ats_assessments.updated', order)
    },
    async list({ accountId, orderId, status, limit }) {
      const matching = [...all.values()].filter(
        (delivery) =>
          (accountId === undefined || delivery.accountId === accountId) &&
          (orderId === undefined || delivery.orderId === orderId) &&
          (status === undefined || delivery.status === status),
      )
      return { deliveries: matching.slice(-limit).reverse(), dropped }
    },
    async replay(id) {
      const delivery = all.get(id)
      if (delivery === undefined) throw errors.unknownDelivery(id)
      if (delivery.status !== 'pending') {
        finished.delete(delivery)
        delivery.status = 'pending'
        delivery.earlier = delivery.attempts.length
        inOrder.enter(delivery)
      } else if (delivery.nextAttemptAt !== null) {
        delivery.stop?.()
        sendAgain(delivery)
      }
      return delivery
    },
    async close() {
      for (const delivery of all.values()) delivery.stop?.()
      all.clear()
    },
  }
}

const receivers = new WeakMap<Webhook, Receiver>()

/** The same for each delivery to a webhook: there may be a million of them. */
function receiverOf(webhook: Webhook): Receiver {
  const { id: webhookId, url, secret } = webhook
  const receiver = receivers.get(webhook) ?? { method: 'POST', url, secret, webhookId, origin: originOf(url) }
  receivers.set(webhook, receiver)
  return receiver
}

const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : 'nowhere')
