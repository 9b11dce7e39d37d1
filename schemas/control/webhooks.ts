import { type Static, Type } from '@sinclair/typebox'
import { OrNull } from '../builders'
import { webhookEvents, webhookStyles } from '../events'
import { Choice, Fact } from './builders'

const secret = Type.Optional(
  Type.String({ minLength: 1, description: 'Signing secret; default: sandbox', examples: ['sandbox'] }),
)

const Events = Type.Array(Choice(webhookEvents, 'Event', 'ats_assessments.created'), {
  minItems: 1,
  uniqueItems: true,
  description: 'Events that it receives; default: the three of assessments',
  examples: [['ats_assessments.created', 'ats_applications.updated']],
})

const Style = Choice(
  webhookStyles,
  'Native events come from the ATS; synthetic ones, which are found by polling, lack event_data, raw_event and record_remote_id',
  'native',
)

/** A webhook to add. */
export const WebhookToAddSchema = Type.Object(
  {
    url: Type.String({
      description: 'Address to send events to: http:// or https://',
      examples: ['http://127.0.0.1:3000/stackone'],
    }),
    secret,
    events: Type.Optional(Events),
    style: Type.Optional(Style),
  },
  { additionalProperties: false, description: 'A webhook to add' },
)

/** What to change of a webhook. */
export const WebhookChangeSchema = Type.Object(
  { secret, events: Type.Optional(Events), style: Type.Optional(Style) },
  {
    additionalProperties: false,
    minProperties: 1,
    description: 'What to change; a new secret signs from now on, including what is waiting to be sent',
    examples: [{ secret: 'whsec_next' }],
  },
)

export type WebhookChange = Static<typeof WebhookChangeSchema>

export type WebhookToAdd = Static<typeof WebhookToAddSchema>

export const ControlWebhookSchema = Type.Object(
  {
    id: Fact('Identifier of the webhook', '0f6c7a56-6d6c-4d8a-9a3e-2b7f0f3f9c11'),
    account: OrNull(Fact('The account whose events it receives; null for all accounts', 'acme')),
    url: Fact('Address that receives the events', 'http://127.0.0.1:3000/stackone'),
    events: Events,
    style: Style,
    disabled: OrNull(Fact('Why it is disabled; null if it is not', 'it answered 410 at 2026-11-23T10:10:00.000Z')),
  },
  { description: 'A webhook; its secret is never shown' },
)

export type ControlWebhook = Static<typeof ControlWebhookSchema>

export const WebhookListSchema = Type.Object(
  {
    webhooks: Type.Array(ControlWebhookSchema, {
      description: 'In the order in which they were added',
      examples: [[]],
    }),
  },
  { description: 'Webhooks' },
)

export type WebhookList = Static<typeof WebhookListSchema>
