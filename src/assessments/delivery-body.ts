import { ResultsCallbackSchema, WebhookPayloadSchema } from '../../schemas/deliveries'
import { type DeliveryFacts, deliveryId } from '../callbacks/delivery'
import { isoTime } from '../clock'
import { buildSerializer } from '../compilers'
import type { Store } from '../store/store'
import { asOrder } from './find-order'
import { asResult } from './read-result'

const write = buildSerializer({}, {})
const webhookPayload = write({ schema: WebhookPayloadSchema, method: '', url: '', httpStatus: '' })
const resultsCallback = write({ schema: ResultsCallbackSchema, method: '', url: '', httpStatus: '' })

/**
 * The JSON text that a delivery sends, the same at every attempt; null when its order is gone. Which facts a webhook
 * holds is documented or seen in samples, what they hold is assumed (contract: Webhooks, Results callback).
 */
export async function deliveryBody(store: Store, facts: DeliveryFacts): Promise<string | null> {
  const order = await store.findOrder(facts.accountId, facts.orderId)
  if (order === null) return null
  const result = facts.result === null ? null : asResult(order.request, facts.result)
  if (facts.event === 'results_callback') return resultsCallback({ ...result, id: order.id, remote_id: order.remoteId })
  const type = facts.event.replace('ats_assessments', 'assessment')
  return webhookPayload({
    project_id: 'sandbox',
    event: facts.event,
    event_date: isoTime(facts.at),
    record_type: 'assessments',
    record_id: order.id,
    record_remote_id: order.remoteId,
    sent_at: isoTime(facts.at),
    account_id: order.accountId,
    provider: 'sandbox',
    origin_owner_id: order.accountId,
    origin_owner_name: order.accountId,
    raw_event: { id: deliveryId(facts), type },
    event_data: { ...asOrder(order), ...(result && { result }) },
  })
}
