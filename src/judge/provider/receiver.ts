import type { AccountControl } from '../../control/account-control'
import type { ControlOrder } from '../../../schemas/control/orders'
import type { WebhookStyle } from '../../../schemas/events'
import { eventPayload } from '../../assessments/event-payload'
import { signatureOf } from '../../deliveries/signature'
import { CannotTell, type Evidence, NotAsExpected } from '../check'
import type { Ids } from '../../ids'
import { once } from './once'
import { type OrdersToTell, ordersToTell } from './orders'
import { capital, type Exchange, inShort, isAccepted, post, shown } from './post'

/** The provider's webhook. */
export interface Receiver {
  orders: OrdersToTell
  /** Tells the provider about an order. */
  deliver(order: ControlOrder, unusual?: UnusualEvent): Promise<Exchange>
  /** The delivery of a usual native event, with its order. */
  usual(): Promise<Delivered>
  /** The orders that the provider accepted a native event about, so that it is expected to report them. */
  accepted(): readonly ControlOrder[]
  evidenceOf(exchange: Exchange): Evidence
}

export interface Delivered {
  order: ControlOrder
  exchange: Exchange
}

/** How a delivery differs from the usual one. */
export interface UnusualEvent {
  event?: string
  style?: WebhookStyle
  /** What the payload has beside the usual. */
  more?: Record<string, unknown>
  /** What `event_data` has beside the usual. */
  moreData?: Record<string, unknown>
  /** Null: no signature. */
  secret?: string | null
  /** Changes the body after it was signed. */
  tamper?: (body: string) => string
}

export interface ReceiverToJudge {
  url: string
  secret: string
}

export interface ReceiverTools {
  account: AccountControl
  ids: Ids
  /** When events happen, in milliseconds since 1970. Default: when the order was placed. */
  happensAt: number | undefined
  signal: AbortSignal
}

/** The webhook at `url`, told about orders of `account`. */
export function receiver({ url, secret }: ReceiverToJudge, tools: ReceiverTools): Receiver {
  const { account, ids, happensAt, signal } = tools
  const project = ids.uuid()
  const orders = ordersToTell(account, ids)
  const accepted: ControlOrder[] = []

  async function deliver(about: ControlOrder, unusual: UnusualEvent = {}) {
    const { secret: signing = secret, tamper = (body) => body, event, style } = unusual
    const isUsual = event === undefined && style === undefined
    const body = JSON.stringify(payloadOf(about, { project, at: happensAt ?? Date.parse(about.orderedAt) }, unusual))
    const headers = signing === null ? {} : { 'x-stackone-signature': signatureOf(body, signing) }
    const exchange = await post(url, tamper(body), headers, signal)
    if (isUsual && isAccepted(exchange)) accepted.push(about)
    return exchange
  }

  async function usual(): Promise<Delivered> {
    const about = await orders.next()
    return { order: about, exchange: await deliver(about) }
  }
  return { orders, deliver, usual: once(usual), accepted: () => accepted, evidenceOf: (exchange) => shown(exchange) }
}

/**
 * What StackOne sends about an order (docs/contract.md: Webhooks). Of the order, `event_data` has the ids that are
 * documented, and the package, without which a provider can't know what to do.
 */
function payloadOf(
  { id, remoteId, account, order }: ControlOrder,
  { project, at }: { project: string; at: number },
  { event = 'ats_assessments.created', style = 'native', more, moreData }: UnusualEvent,
): object {
  const data = {
    application_id: order.application?.id,
    candidate_id: order.candidate?.id,
    package: order.package,
    ...moreData,
  }
  const facts = { accountId: account, at, recordId: id, remoteId, data }
  // An event that nobody knows is made like the others.
  const payload = eventPayload({ ...facts, event: event as 'ats_assessments.created' }, style)
  return { ...payload, project_id: project, ...more }
}

/** Throws unless a usual event is accepted: otherwise, another answer would prove nothing. */
export async function expectUsualAccepted(receiver: Receiver): Promise<void> {
  const { exchange } = await receiver.usual()
  if (!isAccepted(exchange))
    throw new CannotTell(`a normal event is not accepted either (${inShort(exchange)}): see receiver-native`)
}

/** Throws unless the provider accepted a delivery. */
export function expectAccepted(receiver: Receiver, exchange: Exchange): void {
  if (!isAccepted(exchange)) throw new NotAsExpected(capital(inShort(exchange)), receiver.evidenceOf(exchange))
}
