import { assessmentEvents } from '../../schemas/events'
import type { DeliveryFacts, Receiver, StoredOrder, Webhook } from './records'

/** `T` as an earlier version kept it: without some of its properties. */
type Older<T, Name extends keyof T> = Omit<T, Name> & { [K in Name]?: T[K] | undefined }

export type OlderOrder = Older<StoredOrder, 'kind'>
export type OlderWebhook = Older<Webhook, 'events' | 'style'>
export type OlderReceiver = Older<Receiver, 'style'>
export type OlderDelivery = Older<DeliveryFacts, 'payload'> & { readonly receiver: OlderReceiver }

/** `order` with what it lacks, if an earlier version kept it. */
export const wholeOrder = <T extends Partial<OlderOrder>>(order: T) => ({
  ...order,
  kind: order.kind ?? ('assessment' as const),
})

export const wholeWebhook = <T extends Partial<OlderWebhook>>(webhook: T) => ({
  ...webhook,
  events: webhook.events ?? assessmentEvents,
  style: webhook.style ?? ('native' as const),
})

export const wholeReceiver = <R extends Partial<OlderReceiver>>(receiver: R) => ({
  ...receiver,
  style: receiver.style ?? ('native' as const),
})

/** `delivery` with what it lacks, and its receiver with what that lacks. */
export const wholeDelivery = <R extends Partial<OlderReceiver>, T extends { payload?: string | null | undefined }>({
  receiver,
  ...facts
}: T & { readonly receiver: R }) => ({ ...facts, payload: facts.payload ?? null, receiver: wholeReceiver(receiver) })
