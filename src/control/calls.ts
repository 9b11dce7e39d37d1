import { Type } from '@sinclair/typebox'
import { LinkedAccountSchema } from '../../schemas/account'
import { AccountToLinkSchema, LinkedAccountListSchema } from '../../schemas/control/accounts'
import {
  ApplicationMoveSchema,
  AtsListQuerySchema,
  AtsListSchema,
  AtsParamsSchema,
  AtsRecordParamsSchema,
  AtsRecordSchema,
} from '../../schemas/control/ats'
import { AccountSchema, listOf, nothing, WaitSchema } from '../../schemas/control/builders'
import { ClockSchema, TimeToPassSchema, TimeToSetSchema } from '../../schemas/control/clock'
import {
  ControlDeliverySchema,
  DeliveryDetailSchema,
  DeliveryFilterSchema,
  DeliveryListSchema,
  DeliveryQuerySchema,
} from '../../schemas/control/deliveries'
import { FaultListSchema, FaultSchema, FaultToAddSchema } from '../../schemas/control/faults'
import {
  ControlOrderSchema,
  OrderFilterSchema,
  OrderKindQuerySchema,
  OrderListSchema,
  OrderQuerySchema,
  OutcomeSchema,
} from '../../schemas/control/orders'
import {
  ControlPackagesEndpointSchema,
  PackagesEndpointSchema,
  PackagesFetchSchema,
  PackagesReportSchema,
} from '../../schemas/control/packages'
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
import {
  ControlWebhookSchema,
  WebhookChangeSchema,
  WebhookListSchema,
  WebhookToAddSchema,
} from '../../schemas/control/webhooks'
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
    summary: 'Create an order, as a recruiter would',
    account,
    query: OrderKindQuerySchema,
    // The properties of both kinds. The behaviour checks those that only background checks have.
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
    summary: 'Read an order and its state',
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
  cancelOrder: {
    route: ['POST', '/orders/:id/cancel'],
    summary: 'Cancel an order, as a recruiter would',
    account,
    params: IdParamsSchema,
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
    summary: 'List the requests that match a filter, which may include bodies',
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
    summary: 'Fail unless the expected number of requests matches: at least one by default',
    account,
    body: VerifySchema,
    response: { 200: VerificationSchema },
  },
  matchRequests: {
    route: ['POST', '/requests/match'],
    summary: 'Count the requests that match a filter, and show how the nearest differs if none does',
    account,
    body: MatchSchema,
    response: { 200: VerificationSchema },
  },
  verifyClean: {
    route: ['POST', '/requests/verify-clean'],
    summary: 'Fail if a request was refused or has a warning, unless that is expected',
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

  listAccounts: {
    route: ['GET', '/accounts'],
    summary: 'List the linked accounts',
    response: { 200: LinkedAccountListSchema },
  },
  linkAccount: {
    route: ['PUT', '/accounts/:id'],
    summary: 'Link an account, or change how it is linked',
    params: IdParams('Identifier of the account', 'acme'),
    body: AccountToLinkSchema,
    response: { 200: LinkedAccountSchema },
  },
  unlinkAccount: {
    route: ['DELETE', '/accounts/:id'],
    summary: 'Unlink an account: its calls are refused',
    params: IdParams('Identifier of the account', 'acme'),
    response: { 204: nothing('It is unlinked') },
  },
  fetchPackages: {
    route: ['POST', '/packages/fetch'],
    summary: "Ask the provider's packages endpoint now, and report what is wrong with the answer",
    account,
    body: PackagesFetchSchema,
    response: { 200: PackagesReportSchema },
  },
  getPackagesEndpoint: {
    route: ['GET', '/packages/endpoint'],
    summary: 'Read the packages endpoint of an account',
    account,
    response: { 200: ControlPackagesEndpointSchema },
  },
  setPackagesEndpoint: {
    route: ['PUT', '/packages/endpoint'],
    summary: 'Set the packages endpoint of an account',
    account,
    body: PackagesEndpointSchema,
    response: { 200: ControlPackagesEndpointSchema },
  },
  removePackagesEndpoint: {
    route: ['DELETE', '/packages/endpoint'],
    summary: 'Remove the packages endpoint of an account, so that the configured one counts',
    account,
    response: { 204: nothing('It is removed') },
  },

  listRecords: {
    route: ['GET', '/ats/:resource'],
    summary: 'List the records of an ATS',
    account,
    params: AtsParamsSchema,
    query: AtsListQuerySchema,
    response: { 200: AtsListSchema },
  },
  getRecord: {
    route: ['GET', '/ats/:resource/:id'],
    summary: 'Read a record of an ATS',
    account,
    params: AtsRecordParamsSchema,
    response: { 200: AtsRecordSchema },
  },
  addRecord: {
    route: ['POST', '/ats/:resource'],
    summary: 'Add a candidate, an application, a job or a job posting',
    account,
    params: AtsParamsSchema,
    body: AtsRecordSchema,
    response: { 201: AtsRecordSchema },
  },
  updateRecord: {
    route: ['PATCH', '/ats/:resource/:id'],
    summary: 'Change a candidate, an application, a job or a job posting',
    account,
    params: AtsRecordParamsSchema,
    body: AtsRecordSchema,
    response: { 200: AtsRecordSchema },
  },
  moveApplication: {
    route: ['POST', '/ats/applications/:id/move'],
    summary: 'Move an application to another stage',
    account,
    params: IdParams('Identifier of the application, or its remote id', 'app_1029'),
    body: ApplicationMoveSchema,
    response: { 200: AtsRecordSchema },
  },

  listFaults: { route: ['GET', '/faults'], summary: 'List faults', account, response: { 200: FaultListSchema } },
  addFault: {
    route: ['POST', '/faults'],
    summary: 'Make calls fail',
    account,
    body: FaultToAddSchema,
    response: { 201: FaultSchema },
  },
  removeFaults: {
    route: ['DELETE', '/faults'],
    summary: 'Remove the faults of an account, or all faults',
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
  freezeClock: { route: ['POST', '/clock/freeze'], summary: 'Freeze the clock', response: clock },
  resumeClock: { route: ['POST', '/clock/resume'], summary: 'Resume the clock', response: clock },
  setClock: { route: ['POST', '/clock/set'], summary: 'Set the clock', body: TimeToSetSchema, response: clock },
  advanceClock: {
    route: ['POST', '/clock/advance'],
    summary: 'Advance the clock, and run everything that falls due',
    body: TimeToPassSchema,
    response: clock,
  },

  reset: {
    route: ['POST', '/reset'],
    summary: 'Reset an account, or everything',
    account,
    response: { 204: nothing('It is as at the start') },
  },
  takeSnapshot: {
    route: ['GET', '/snapshot'],
    summary: 'Export a snapshot of an account, or of everything',
    account,
    response: { 200: SnapshotSchema },
  },
  loadSnapshot: {
    route: ['PUT', '/snapshot'],
    summary: 'Load a snapshot, which replaces the current state',
    // `loadSnapshot` checks it, with better messages about documents of another kind or version.
    body: Type.Unknown({ description: 'A snapshot' }),
    response: { 204: nothing('It is loaded') },
  },
}
