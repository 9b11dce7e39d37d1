import type { Webhook } from '../store/webhooks'
import type { Receiver } from './delivery'

/** The receiver of a results callback. */
export const callbackReceiver = (method: string, url: string): Receiver => ({
  method,
  url,
  secret: null,
  webhookId: null,
  origin: originOf(url),
})

const receivers = new WeakMap<Webhook, Receiver>()

/** The same for each delivery to a webhook: there may be a million of them. */
export function receiverOf(webhook: Webhook): Receiver {
  const { id: webhookId, url, secret } = webhook
  const receiver = receivers.get(webhook) ?? { method: 'POST', url, secret, webhookId, origin: originOf(url) }
  receivers.set(webhook, receiver)
  return receiver
}

/** Who is called at `url`. */
export const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : 'nowhere')
