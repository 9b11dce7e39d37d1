import { type Static, Type } from '@sinclair/typebox'
import { Nullable, Passthrough } from './nullable'
import { OrderSchema } from './order'
import { ResultSchema } from './result'

const Fact = (description: string, example: string) => Type.String({ description, examples: [example] })
const Moment = (description: string) =>
  Type.String({ format: 'date-time', description, examples: ['2026-11-23T10:10:00.000Z'] })

/** Body of a webhook (contract: Webhooks). What the fields hold is assumed, but for their names. */
export const WebhookPayloadSchema = Type.Object(
  {
    project_id: Fact('The StackOne project', 'sandbox'),
    event: Fact('What happened', 'ats_assessments.updated'),
    event_date: Moment('When it happened'),
    record_type: Fact('Kind of record', 'assessments'),
    record_id: Fact('Identifier of the order', 'order-2041'),
    record_remote_id: Fact("The provider's identifier of the order", 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11'),
    sent_at: Moment('When the event was sent off; repeats have the same'),
    account_id: Fact('The account that the order belongs to', 'acme'),
    provider: Fact('The provider that the account is linked to', 'sandbox'),
    origin_owner_id: Fact("Identifier of the account's owner", 'acme'),
    origin_owner_name: Fact("Name of the account's owner", 'acme'),
    raw_event: Type.Object(
      {
        id: Fact('Identifier of the event; repeats have the same', '6f1c2a40-3a4f-4b6e-9a55-6c1f0d9be7d2'),
        type: Fact('What happened, as the provider calls it', 'assessment.updated'),
      },
      { description: "The provider's own event", examples: [{ id: '6f1c2a40', type: 'assessment.updated' }] },
    ),
    event_data: Type.Object(
      { ...OrderSchema.properties, result: Nullable(ResultSchema) },
      { description: 'The order, and its result when there is one', examples: [{ id: 'order-2041' }] },
    ),
  },
  { description: 'An event, as a webhook gets it' },
)

export type WebhookPayload = Static<typeof WebhookPayloadSchema>

/** Body of a results callback: that of "update result", with the order's identifiers (contract: Results callback). */
export const ResultsCallbackSchema = Type.Object(
  { ...ResultSchema.properties, passthrough: Passthrough },
  { description: 'A result, as `results_update_url` gets it' },
)

export type ResultsCallback = Static<typeof ResultsCallbackSchema>
