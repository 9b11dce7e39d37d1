import type { Snapshot } from '../../schemas/control/snapshot'
import { breatheInTime } from '../breathe'
import { originOf } from '../deliveries/outgoing'
import { callbackMethods } from '../options'
import { isBaseUrl } from '../settings'
import { whyNoWebhook } from './webhooks'

/**
 * Why `snapshot` would make the sandbox send something in a way, or to an address, that it never would by itself; null
 * if it would not. Whether an address is allowed is checked on every delivery.
 */
export async function wrongReceiver({ orders, webhooks, deliveries }: Snapshot): Promise<string | null> {
  return (
    (await firstProblem(orders, ({ origin }, i) =>
      isBaseUrl(origin) ? null : `body/orders/${String(i)}/origin must be an http:// or https:// address`,
    )) ??
    (await firstProblem(webhooks, ({ url }, i) => whyNoWebhook(url, `body/webhooks/${String(i)}`))) ??
    (await firstProblem(deliveries, (delivery, i) => whyNotSent(delivery, `body/deliveries/${String(i)}`)))
  )
}

async function firstProblem<T>(all: readonly T[], why: (one: T, i: number) => string | null): Promise<string | null> {
  for (const [i, one] of all.entries()) {
    await breatheInTime()
    const problem = why(one, i)
    if (problem !== null) return problem
  }
  return null
}

function whyNotSent(
  { event, receiver, earlier, attempts, status, orderId }: Snapshot['deliveries'][number],
  path: string,
): string | null {
  const { method, url, origin, secret, webhookId } = receiver
  const at = `${path}/receiver`
  if (earlier > attempts.length) return `${path}/earlier must be at most the number of its attempts`
  if (url === '' && webhookId === null) {
    const isNobody = status === 'not-subscribed' && secret === null && origin === '' && method === 'POST'
    return isNobody ? null : `${at} must have a url, unless no webhook subscribes to the event`
  }
  if (status === 'not-subscribed') return `${at} must have no url: no webhook subscribes to the event`
  if (origin !== originOf(url)) return `${at}/origin must be ${originOf(url)}, the origin of its url`
  if (event === 'results_callback') {
    if (webhookId !== null || secret !== null)
      return `${at} must have neither a webhookId nor a secret: it is a callback`
    const isMethod = (callbackMethods as readonly string[]).includes(method)
    return isMethod ? null : `${at}/method must be one of ${callbackMethods.join(', ')}`
  }
  if (event === 'packages_request') {
    const isCall =
      webhookId === null && secret === null && method === 'POST' && status !== 'pending' && orderId === null
    return isCall ? null : `${at} must describe a finished POST without an order: it is a packages request`
  }
  if (webhookId === null || secret === null) return `${at} must have a webhookId and a secret: it is a webhook`
  if (method !== 'POST') return `${at}/method must be POST: it is a webhook`
  return whyNoWebhook(url, at)
}
