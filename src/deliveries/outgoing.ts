import type { OrderRequest } from '../../schemas/order'
import type { News } from '../store/orders'
import type { DeliveryEvent, DeliveryFacts, Receiver, StoredOrder, Webhook } from '../store/records'

/** A delivery to start. */
export type Outgoing = Omit<DeliveryFacts, 'number'> & { readonly receiver: Receiver }

/**
 * The deliveries about events of `order` at `at` (milliseconds since 1970): to those `webhooks` that get its account's
 * events, and the result to its `results_update_url` (docs/contract.md: Webhooks, Results callback).
 */
export function outgoing(
  order: StoredOrder,
  { events, requestId }: News,
  { webhooks, callbackMethod, at }: { webhooks: readonly Webhook[]; callbackMethod: string; at: number },
): Outgoing[] {
  const about = (event: DeliveryEvent, receiver: Receiver): Outgoing => ({
    accountId: order.accountId,
    orderId: order.id,
    remoteId: order.remoteId,
    event,
    at,
    result: event === 'ats_assessments.created' ? null : order.result,
    requestId,
    receiver,
  })
  const toWebhooks = (event: DeliveryEvent) =>
    webhooks
      .filter(({ accountId, disabled }) => disabled === null && (accountId === null || accountId === order.accountId))
      .map((webhook) => about(event, receiverOf(webhook)))

  return events.flatMap((event) => {
    if (event === 'created') return toWebhooks('ats_assessments.created')
    const { results_update_url: url } = JSON.parse(order.request) as OrderRequest
    const callback = url ? [about('results_callback', callbackReceiver(callbackMethod, url))] : []
    return [...callback, ...toWebhooks('ats_assessments.updated')]
  })
}

/** The receiver of a results callback. */
export const callbackReceiver = (method: string, url: string): Receiver => ({
  method,
  url,
  secret: null,
  webhookId: null,
  origin: originOf(url),
})

const receivers = new WeakMap<Webhook, Receiver>()

/** The same object for each delivery to a webhook: there may be a million of them. */
export function receiverOf(webhook: Webhook): Receiver {
  const { id: webhookId, url, secret } = webhook
  const receiver = receivers.get(webhook) ?? { method: 'POST', url, secret, webhookId, origin: originOf(url) }
  receivers.set(webhook, receiver)
  return receiver
}

/** The server that is called at `url`. */
export const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : 'nowhere')
