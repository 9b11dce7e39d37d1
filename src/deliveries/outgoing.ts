import type { WebhookEvent } from '../../schemas/events'
import type { OrderRequest } from '../../schemas/order'
import type { News } from '../store/orders'
import {
  type DeliveryEvent,
  type DeliveryFacts,
  nobody,
  type Receiver,
  type StoredOrder,
  type Webhook,
} from '../store/records'
import { eventOf } from './event-names'

/** A delivery to start. */
export type Outgoing = Omit<DeliveryFacts, 'number'> & { readonly receiver: Receiver }

/**
 * The deliveries about events of `order` at `at` (milliseconds since 1970): to those `webhooks` that subscribe to them,
 * and the result to its `results_update_url` (docs/contract.md: Webhooks, Results callback).
 */
export function outgoing(
  order: StoredOrder,
  { events, requestId }: News,
  { webhooks, callbackMethod, at }: { webhooks: readonly Webhook[]; callbackMethod: string; at: number },
): Outgoing[] {
  // Sets each field: spreading an object costs several times as much, and this is done with every order.
  const about = (event: DeliveryEvent, result: string | null, receiver: Receiver): Outgoing => ({
    accountId: order.accountId,
    orderId: order.id,
    remoteId: order.remoteId,
    event,
    at,
    result,
    requestId,
    payload: null,
    receiver,
  })
  return events.flatMap((happening) => {
    const event = eventOf(order.kind, happening)
    const result = happening === 'created' ? null : order.result
    const toWebhooks = receiversOf(event, order.accountId, webhooks).map((receiver) => about(event, result, receiver))
    const url = happening === 'resulted' ? (JSON.parse(order.request) as OrderRequest).results_update_url : null
    return url ? [about('results_callback', result, callbackReceiver(callbackMethod, url)), ...toWebhooks] : toWebhooks
  })
}

/**
 * Who receives an event of an account: the webhooks that subscribe to it or, where the account has webhooks and none of
 * them does, `nobody`, since that is the commonest reason why an event does not arrive.
 */
export function receiversOf(event: WebhookEvent, accountId: string, webhooks: readonly Webhook[]): readonly Receiver[] {
  const ofAccount = webhooks.filter(
    (each) => each.disabled === null && (each.accountId === null || each.accountId === accountId),
  )
  const subscribed = ofAccount.filter(({ events }) => events.includes(event))
  return subscribed.length === 0 && ofAccount.length > 0 ? [nobody] : subscribed.map(receiverOf)
}

/** Whether a delivery is kept only to say that no webhook subscribes to its event. */
export const isForNobody = ({ url, webhookId }: Receiver): boolean => url === '' && webhookId === null

/** The receiver of a results callback. */
export const callbackReceiver = (method: string, url: string): Receiver => ({
  method,
  url,
  secret: null,
  webhookId: null,
  origin: originOf(url),
  style: 'native',
})

const receivers = new WeakMap<Webhook, Receiver>()

/** The same object for each delivery to a webhook: there may be a million of them. */
export function receiverOf(webhook: Webhook): Receiver {
  const { id: webhookId, url, secret, style } = webhook
  const receiver = receivers.get(webhook) ?? { method: 'POST', url, secret, webhookId, origin: originOf(url), style }
  receivers.set(webhook, receiver)
  return receiver
}

/** The server that is called at `url`. */
export const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : 'nowhere')
