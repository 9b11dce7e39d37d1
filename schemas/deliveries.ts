import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { BackgroundCheckOrderSchema } from './background-checks/order'
import { Nullable, Passthrough, Text } from './builders'
import type { WebhookEvent } from './events'
import { OrderSchema } from './order'
import { ResultSchema } from './result'

const Fact = (description: string, example: string) => Type.String({ description, examples: [example] })
const Moment = (description: string) =>
  Type.String({ format: 'date-time', description, examples: ['2026-11-23T10:10:00.000Z'] })

/** What a native event says of an order of one kind. */
interface NativeEvent<P extends TProperties> {
  /** The published properties of the order. */
  order: P
  event: WebhookEvent
  recordType: string
  /** The body of the provider's own event. */
  raw: Record<string, string>
}

const NativePayload = <P extends TProperties>({ order, event, recordType, raw }: NativeEvent<P>) =>
  Type.Object(
    {
      project_id: Fact('The StackOne project', 'sandbox'),
      account_id: Fact('The account that the order belongs to', 'acme'),
      event: Fact('What happened', event),
      event_date: Moment('When it happened'),
      record_type: Fact('Kind of record', recordType),
      record_id: Fact('Identifier of the order', 'order-2041'),
      sent_at: Moment('When the event was first sent; the same in repeats'),
      record_remote_id: Fact("The provider's identifier of the order", 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11'),
      raw_event: Type.Object(
        {
          headers: Type.Record(Type.String(), Type.String(), {
            description: 'Headers of the event',
            examples: [{ 'content-type': 'application/json' }],
          }),
          body: Type.Record(Type.String(), Type.String(), {
            description: 'Body of the event: its type, and the identifier of the order',
            examples: [raw],
          }),
        },
        { description: "The provider's own event", examples: [{ headers: {}, body: raw }] },
      ),
      event_data: Type.Object(
        {
          application_id: Text('Identifier of the application; null if the order has none', 'app_1029'),
          candidate_id: Text('Identifier of the candidate; null if the order has none', 'cand_31'),
          ...order,
          result: Nullable(ResultSchema),
        },
        { description: 'The order, and its result if there is one', examples: [{ id: 'order-2041' }] },
      ),
    },
    { description: 'An event as sent to webhooks' },
  )

const remoteId = 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11'

/**
 * Body of a webhook, a native event. Its names are documented, some values are assumed (docs/contract.md: Webhooks).
 */
export const WebhookPayloadSchema = NativePayload({
  order: OrderSchema.properties,
  event: 'ats_assessments.updated',
  recordType: 'ats_assessments',
  raw: { type: 'assessment.updated', assessment_id: remoteId },
})

export type WebhookPayload = Static<typeof WebhookPayloadSchema>

/** As `WebhookPayloadSchema`, of a background check. */
export const BackgroundCheckPayloadSchema = NativePayload({
  order: BackgroundCheckOrderSchema.properties,
  event: 'background_check_order.updated',
  recordType: 'background_check_order',
  raw: { type: 'background_check_order.updated', background_check_order_id: remoteId },
})

/** Body of a webhook, a synthetic event, whatever it is about (docs/contract.md: Webhooks). */
export const SyntheticPayloadSchema = Type.Pick(
  WebhookPayloadSchema,
  ['project_id', 'account_id', 'event', 'event_date', 'record_type', 'record_id', 'sent_at'],
  { description: 'An event that was found by polling, as sent to webhooks' },
)

/** Body of a results callback: "update result" and the order's identifiers (docs/contract.md: Results callback). */
export const ResultsCallbackSchema = Type.Object(
  { ...ResultSchema.properties, passthrough: Passthrough },
  { description: 'A result as sent to `results_update_url`' },
)

export type ResultsCallback = Static<typeof ResultsCallbackSchema>
