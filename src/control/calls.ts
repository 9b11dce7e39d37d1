import { Type } from '@sinclair/typebox'
import { AccountSchema, listOf, nothing, WaitSchema } from '../../schemas/control/builders'
import { ClockSchema, TimeToPassSchema, TimeToSetSchema } from '../../schemas/control/clock'
import {
  ControlDeliverySchema,
  DeliveryFilterSchema,
  DeliveryListSchema,
  DeliveryQuerySchema,
} from '../../schemas/control/deliveries'
import { FaultListSchema, FaultSchema, FaultToAddSchema } from '../../schemas/control/faults'
import {
  ControlOrderSchema,
  OrderFilterSchema,
  OrderListSchema,
  OrderQuerySchema,
  OutcomeSchema,
} from '../../schemas/control/orders'
import {
  CleanSchema,
  JournalEntrySchema,
  MatchSchema,
  RequestFilterSchema,
  RequestListSchema,
  RequestParamsSchema,
  RequestQuerySchema,
  RequestSearchSchema,
  VerificationSchema,
  VerifyCleanSchema,
  VerifySchema,
} from '../../schemas/control/requests'
import { SnapshotSchema } from '../../schemas/control/snapshot'
import { ControlWebhookSchema, WebhookListSchema, WebhookToAddSchema } from '../../schemas/control/webhooks'
import { OrderRequestSchema } from '../../schemas/order'
import { IdParams, IdParamsSchema } from '../../schemas/queries'
import type { Calls } from './call'

const account = AccountSchema
const clock = { 200: ClockSchema }

/** The call behind each method of `Control`, in the order of the OpenAPI document. */
export const calls: Calls = {
  listOrders: {
    route: ['GET', '/orders'],
    summary: 'List orders, newest first',
    account,
    query: OrderQuerySchema,
    response: { 200: OrderListSchema },
  },
  createOrder: {
    route: ['POST', '/orders'],
    summary: 'Order an assessment as a recruiter',
    account,
    body: OrderRequestSchema,
    response: { 201: ControlOrderSchema },
  },
  waitForOrders: {
    route: ['POST', '/orders/wait'],
    summary: 'Wait for orders',
    account,
    body: WaitSchema(OrderFilterSchema),
    response: { 200: listOf(ControlOrderSchema, 'The orders that were waited for') },
  },
  getOrder: {
    route: ['GET', '/orders/:id'],
    summary: 'Read an order and what became of it',
    account,
    params: IdParamsSchema,
    response: { 200: ControlOrderSchema },
  },
  completeOrder: {
    route: ['POST', '/orders/:id/complete'],
    summary: "End the candidate's test",
    account,
    params: IdParamsSchema,
    body: OutcomeSchema,
    response: { 200: ControlOrderSchema },
  },

  listRequests: {
    route: ['GET', '/requests'],
    summary: 'List requests and their answers, newest first',
    account,
    query: RequestQuerySchema,
    response: { 200: RequestListSchema },
  },
  getRequest: {
    route: ['GET', '/requests/:id'],
    summary: 'Read a request and its answer',
    params: RequestParamsSchema,
    response: { 200: JournalEntrySchema },
  },
  findRequests: {
    route: ['POST', '/requests/find'],
    summary: 'List the requests that fit a filter, by their bodies too',
    account,
    body: RequestSearchSchema,
    response: { 200: RequestListSchema },
  },
  waitForRequests: {
    route: ['POST', '/requests/wait'],
    summary: 'Wait for requests',
    account,
    body: WaitSchema(RequestFilterSchema),
    response: { 200: listOf(JournalEntrySchema, 'The requests that were waited for') },
  },
  verifyRequests: {
    route: ['POST', '/requests/verify'],
    summary: 'Fail unless as many requests came as are expected: at least one',
    account,
    body: VerifySchema,
    response: { 200: VerificationSchema },
  },
  matchRequests: {
    route: ['POST', '/requests/match'],
    summary: 'Count the requests that fit a filter, and tell how the nearest differs when none does',
    account,
    body: MatchSchema,
    response: { 200: VerificationSchema },
  },
  verifyClean: {
    route: ['POST', '/requests/verify-clean'],
    summary: 'Fail when a request was refused or warned of, unless that is expected',
    account,
    body: VerifyCleanSchema,
    response: { 200: CleanSchema },
  },

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
    response: { 200: listOf(ControlDeliverySchema, 'The deliveries that were waited for') },
  },
  replayDelivery: {
    route: ['POST', '/deliveries/:id/replay'],
    summary: 'Send a delivery once more',
    params: IdParams('Identifier of the delivery', 'c0b1f3f5-92a4-4d0e-8f57-6f0a3f1f2a11.1'),
    response: { 202: ControlDeliverySchema },
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
  removeWebhook: {
    route: ['DELETE', '/webhooks/:id'],
    summary: 'Remove a webhook',
    params: IdParams('Identifier of the webhook', '0f6c7a56-6d6c-4d8a-9a3e-2b7f0f3f9c11'),
    response: { 204: nothing('It is removed') },
  },

  listFaults: { route: ['GET', '/faults'], summary: 'List faults', account, response: { 200: FaultListSchema } },
  addFault: {
    route: ['POST', '/faults'],
    summary: 'Let calls go wrong',
    account,
    body: FaultToAddSchema,
    response: { 201: FaultSchema },
  },
  removeFaults: {
    route: ['DELETE', '/faults'],
    summary: 'Remove the faults of an account, or all',
    account,
    response: { 204: nothing('They are removed') },
  },
  removeFault: {
    route: ['DELETE', '/faults/:id'],
    summary: 'Remove a fault',
    params: IdParams('Identifier of the fault', 'fault-1'),
    response: { 204: nothing('It is removed') },
  },

  readClock: { route: ['GET', '/clock'], summary: 'Read the clock', response: clock },
  freezeClock: { route: ['POST', '/clock/freeze'], summary: 'Stop the clock', response: clock },
  resumeClock: { route: ['POST', '/clock/resume'], summary: 'Let the clock run on', response: clock },
  setClock: { route: ['POST', '/clock/set'], summary: 'Set the clock', body: TimeToSetSchema, response: clock },
  advanceClock: {
    route: ['POST', '/clock/advance'],
    summary: 'Advance the clock, and run all that falls due',
    body: TimeToPassSchema,
    response: clock,
  },

  reset: {
    route: ['POST', '/reset'],
    summary: 'Put an account, or everything, back to how it was at the start',
    account,
    response: { 204: nothing('It is as at the start') },
  },
  takeSnapshot: {
    route: ['GET', '/snapshot'],
    summary: 'Export an account, or everything',
    account,
    response: { 200: SnapshotSchema },
  },
  loadSnapshot: {
    route: ['PUT', '/snapshot'],
    summary: 'Put what a snapshot holds in the place of what there is',
    // `loadSnapshot` checks it: it says more about a document of another kind or version.
    body: Type.Unknown({ description: 'A snapshot' }),
    response: { 204: nothing('It is loaded') },
  },
}
