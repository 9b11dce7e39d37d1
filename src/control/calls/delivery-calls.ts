import { AccountSchema, listOf, nothing, WaitSchema } from '../../../schemas/control/builders'
import {
  ControlDeliverySchema,
  DeliveryDetailSchema,
  DeliveryFilterSchema,
  DeliveryListSchema,
  DeliveryQuerySchema,
  ReplayedSchema,
  ReplaySchema,
} from '../../../schemas/control/deliveries'
import {
  ControlWebhookSchema,
  WebhookChangeSchema,
  WebhookListSchema,
  WebhookToAddSchema,
} from '../../../schemas/control/webhooks'
import { IdParams } from '../../../schemas/queries'
import type { Calls } from '../call'

const account = AccountSchema

/** Deliveries and webhooks. */
export const deliveryCalls = {
  listDeliveries: {
    route: ['GET', '/deliveries'],
    summary: 'List deliveries, newest first',
    account,
    query: DeliveryQuerySchema,
    response: { 200: DeliveryListSchema },
  },
  waitForDeliveries: {
    route: ['POST', '/deliveries/wait'],
    summary: 'Wait for deliveries',
    account,
    body: WaitSchema(DeliveryFilterSchema),
    response: { 200: listOf(ControlDeliverySchema, 'The awaited deliveries') },
  },
  getDelivery: {
    route: ['GET', '/deliveries/:id'],
    summary: 'Read a delivery, with what each attempt sent and received',
    params: IdParams('Identifier of the delivery', 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11.1'),
    response: { 200: DeliveryDetailSchema },
  },
  replayDelivery: {
    route: ['POST', '/deliveries/:id/replay'],
    summary: 'Replay a delivery',
    params: IdParams('Identifier of the delivery', 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11.1'),
    response: { 202: ControlDeliverySchema },
  },
  replayDeliveries: {
    route: ['POST', '/deliveries/replay'],
    summary: 'Replay all deliveries that match, oldest first',
    account,
    body: ReplaySchema,
    response: { 202: ReplayedSchema },
  },

  listWebhooks: {
    route: ['GET', '/webhooks'],
    summary: 'List webhooks',
    account,
    response: { 200: WebhookListSchema },
  },
  addWebhook: {
    route: ['POST', '/webhooks'],
    summary: 'Add a webhook',
    account,
    body: WebhookToAddSchema,
    response: { 201: ControlWebhookSchema },
  },
  updateWebhook: {
    route: ['PATCH', '/webhooks/:id'],
    summary: 'Change the secret, the events or the style of a webhook',
    params: IdParams('Identifier of the webhook', '0f6c7a56-6d6c-4d8a-9a3e-2b7f0f3f9c11'),
    body: WebhookChangeSchema,
    response: { 200: ControlWebhookSchema },
  },
  removeWebhook: {
    route: ['DELETE', '/webhooks/:id'],
    summary: 'Remove a webhook',
    params: IdParams('Identifier of the webhook', '0f6c7a56-6d6c-4d8a-9a3e-2b7f0f3f9c11'),
    response: { 204: nothing('It is removed') },
  },
} satisfies Partial<Calls>
