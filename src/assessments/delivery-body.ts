import { ResultsCallbackSchema, WebhookPayloadSchema } from '../../schemas/deliveries'
import { isoTime } from '../date-time'
import type { Store } from '../store/orders'
import type { DeliveryFacts } from '../store/records'
import { buildSerializer } from '../validation/compilers'
import { asOrder } from './find-order'
import { asResult } from './read-result'

const write = buildSerializer({}, {})
const webhookPayload = write({ schema: WebhookPayloadSchema, method: '', url: '', httpStatus: '' })
const resultsCallback = write({ schema: ResultsCallbackSchema, method: '', url: '', httpStatus: '' })

/**
 * The JSON text that a delivery sends, the same in every attempt; null if its order no longer exists. A webhook gets a
 * native event (docs/contract.md: Webhooks, Results callback).
 */
export async function deliveryBody(store: Store, facts: DeliveryFacts): Promise<string | null> {
  const order = await store.findOrder(facts.accountId, facts.orderId)
  if (order === null) return null
  const result = facts.result === null ? null : asResult(order.request, facts.result)
  if (facts.event === 'results_callback') return resultsCallback({ ...result, id: order.id, remote_id: order.remoteId })
  const data = asOrder(order)
  const type = facts.event.replace('ats_assessments', 'assessment')
  return webhookPayload({
    project_id: 'sandbox',
    account_id: order.accountId,
    event: facts.event,
    event_date: isoTime(facts.at),
    record_type: 'ats_assessments',
    record_id: order.id,
    sent_at: isoTime(facts.at),
    record_remote_id: order.remoteId,
    raw_event: {
      headers: { 'content-type': 'application/json' },
      body: { type, assessment_id: order.remoteId },
    },
    event_data: {
      ...data,
      application_id: data.application?.id ?? null,
      candidate_id: data.candidate?.id ?? null,
      ...(result && { result }),
    },
  })
}
