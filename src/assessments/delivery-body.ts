import {
  BackgroundCheckPayloadSchema,
  ResultsCallbackSchema,
  SyntheticPayloadSchema,
  WebhookPayloadSchema,
} from '../../schemas/deliveries'
import type { WebhookEvent } from '../../schemas/events'
import type { Sendable } from '../deliveries/attempt'
import type { Store } from '../store/orders'
import { buildSerializer } from '../validation/compilers'
import { eventPayload } from './event-payload'
import { asOrder } from './find-order'
import { asResult } from './read-result'

const write = buildSerializer({}, {})
const written = (schema: object) => write({ schema, method: '', url: '', httpStatus: '' })
const synthetic = written(SyntheticPayloadSchema)
const payloads = {
  assessment: { native: written(WebhookPayloadSchema), synthetic },
  background_check: { native: written(BackgroundCheckPayloadSchema), synthetic },
}
const resultsCallback = written(ResultsCallbackSchema)

/**
 * The JSON text that a delivery sends, the same in every attempt; null if its order no longer exists (docs/contract.md:
 * Webhooks, Results callback).
 */
export async function deliveryBody(store: Store, delivery: Sendable): Promise<string | null> {
  if (delivery.payload !== null) return delivery.payload
  const { accountId, orderId, event, at, receiver } = delivery
  const order = await store.findOrder(accountId, String(orderId))
  if (order === null) return null
  const { id, remoteId } = order
  const result = delivery.result === null ? null : asResult(order.request, delivery.result)
  if (event === 'results_callback') return resultsCallback({ ...result, id, remote_id: remoteId })
  const asked = asOrder(order)
  const data = {
    ...asked,
    application_id: asked.application?.id ?? null,
    candidate_id: asked.candidate?.id ?? null,
    ...(result && { result }),
  }
  const facts = { accountId, event: event as WebhookEvent, at, recordId: id, remoteId, data }
  return payloads[order.kind][receiver.style](eventPayload(facts, receiver.style))
}
