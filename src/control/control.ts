import type { LinkedAccount } from '../../schemas/account'
import type { AtsResource } from '../../schemas/ats/queries'
import type { AccountToLink } from '../../schemas/control/accounts'
import type { ApplicationMove, AtsList, AtsListQuery } from '../../schemas/control/ats'
import type { ListOptions, WaitOptions } from '../../schemas/control/builders'
import type { ClockReading } from '../../schemas/control/clock'
import type {
  ControlDelivery,
  DeliveryDetail,
  DeliveryFilter,
  DeliveryList,
  DeliverySearch,
  Replayed,
} from '../../schemas/control/deliveries'
import type { Fault, FaultList, FaultToAdd } from '../../schemas/control/faults'
import type {
  ControlOrder,
  Demo,
  OrderFilter,
  OrderKindQuery,
  OrderList,
  OutcomeToSet,
} from '../../schemas/control/orders'
import type {
  ControlPackagesEndpoint,
  PackageList,
  PackagesEndpointToSet,
  PackagesFetch,
  PackagesReport,
} from '../../schemas/control/packages'
import type {
  JournalEntry,
  RequestDetail,
  RequestFilter,
  RequestList,
  RequestQuery,
} from '../../schemas/control/requests'
import type { Clean, CleanOptions, Expectation, Verification } from '../../schemas/control/verification'
import type { Snapshot } from '../../schemas/control/snapshot'
import type { ControlWebhook, WebhookChange, WebhookList, WebhookToAdd } from '../../schemas/control/webhooks'
import type { BackgroundCheckOrderRequest } from '../../schemas/background-checks/order'
import type { OrderRequest } from '../../schemas/order'

/** A record of the ATS. */
type Json = Record<string, unknown>

/** An account, or null for all of them. A call about a single order uses the default account for null. */
export type Account = string | null

/**
 * Everything that can be done to a sandbox from outside the emulated API. Each method is one call of `/_sandbox`, and
 * its input has the parts of that call: `calls.ts` says which call. `localControl` carries the calls out in the
 * process of the sandbox; `connectSandbox` sends them over HTTP.
 */
export interface Control {
  /** Lists throw `invalidCursor` for a `next` that isn't one of theirs. */
  listOrders(input: { account: Account; query: OrderFilter & ListOptions }): Promise<OrderList>
  /** The body is checked against the schema of the kind. */
  createOrder(input: {
    account: Account
    query: OrderKindQuery
    body: OrderRequest | BackgroundCheckOrderRequest
  }): Promise<ControlOrder>
  /** Sixty varied orders. */
  createDemo(input: { account: Account }): Promise<Demo>
  waitForOrders(input: { account: Account; body: { filter?: OrderFilter } & WaitOptions }): Promise<ControlOrder[]>
  getOrder(input: { account: Account; params: { id: string } }): Promise<ControlOrder>
  completeOrder(input: { account: Account; params: { id: string }; body: OutcomeToSet }): Promise<ControlOrder>

  cancelOrder(input: { account: Account; params: { id: string } }): Promise<ControlOrder>

  listRequests(input: { account: Account; query: RequestQuery }): Promise<RequestList>
  /** Throws `unknownRequest` if the journal has no request with that number. */
  getRequest(input: { params: { id: number } }): Promise<RequestDetail>
  /** As `listRequests`, with a filter that a query can't express. */
  findRequests(input: { account: Account; body: { filter?: RequestFilter } & ListOptions }): Promise<RequestList>
  waitForRequests(input: { account: Account; body: { filter?: RequestFilter } & WaitOptions }): Promise<JournalEntry[]>
  /** As `matchRequests`; throws `notVerified` unless the expected number of requests matches. */
  verifyRequests(input: { account: Account; body: { filter?: RequestFilter } & Expectation }): Promise<Verification>
  /** How many requests match, and how the nearest differs if none does. */
  matchRequests(input: { account: Account; body: { filter?: RequestFilter } }): Promise<Verification>
  /** Throws `notClean` if a request was refused or warned about without being allowed to, or too few arrived. */
  verifyClean(input: { account: Account; body: CleanOptions }): Promise<Clean>
  /** The journal as one HTML page. */
  readReport(input: { account: Account }): Promise<string>

  listDeliveries(input: { account: Account; query: DeliverySearch & ListOptions }): Promise<DeliveryList>
  waitForDeliveries(input: {
    account: Account
    body: { filter?: DeliveryFilter } & WaitOptions
  }): Promise<ControlDelivery[]>
  /** With what each attempt sent and received. Throws `unknownDelivery`. */
  getDelivery(input: { params: { id: string } }): Promise<DeliveryDetail>
  replayDelivery(input: { params: { id: string } }): Promise<ControlDelivery>
  /** Replays those that match, unless they have no receiver or are being sent anyway. */
  replayDeliveries(input: { account: Account; body: { filter?: DeliverySearch } }): Promise<Replayed>

  listWebhooks(input: { account: Account }): Promise<WebhookList>
  addWebhook(input: { account: Account; body: WebhookToAdd }): Promise<ControlWebhook>
  /** Throws `unknownWebhook`. */
  updateWebhook(input: { params: { id: string }; body: WebhookChange }): Promise<ControlWebhook>
  removeWebhook(input: { params: { id: string } }): Promise<void>

  listAccounts(): Promise<{ accounts: LinkedAccount[] }>
  /** Links an account, or changes how it is linked. */
  linkAccount(input: { params: { id: string }; body: AccountToLink }): Promise<LinkedAccount>
  /** Calls for an unlinked account are refused. Throws `unknownAccount`. */
  unlinkAccount(input: { params: { id: string } }): Promise<void>
  /** The sandbox's own packages of a kind, or those that it was started with. */
  listPackages(input: { account: Account; query: OrderKindQuery }): Promise<PackageList>
  /** Asks the packages endpoint of an account now. What is wrong with it is in the report: this does not throw. */
  fetchPackages(input: { account: Account; body: PackagesFetch }): Promise<PackagesReport>
  getPackagesEndpoint(input: { account: Account }): Promise<ControlPackagesEndpoint>
  setPackagesEndpoint(input: { account: Account; body: PackagesEndpointToSet }): Promise<ControlPackagesEndpoint>
  /** Goes back to the configured endpoint, if there is one. */
  removePackagesEndpoint(input: { account: Account }): Promise<void>

  listRecords(input: { account: Account; params: { resource: AtsResource }; query: AtsListQuery }): Promise<AtsList>
  /** Throws `unknownRecord`. */
  getRecord(input: { account: Account; params: { resource: AtsResource; id: string } }): Promise<Json>
  /** Throws `recordExists`, and `invalidBody` if it leads to records that don't exist. */
  addRecord(input: { account: Account; params: { resource: AtsResource }; body: Json }): Promise<Json>
  updateRecord(input: { account: Account; params: { resource: AtsResource; id: string }; body: Json }): Promise<Json>
  moveApplication(input: { account: Account; params: { id: string }; body: ApplicationMove }): Promise<Json>

  listFaults(input: { account: Account }): Promise<FaultList>
  addFault(input: { account: Account; body: FaultToAdd }): Promise<Fault>
  /** Removes the account's faults; with null, all faults. */
  removeFaults(input: { account: Account }): Promise<void>
  removeFault(input: { params: { id: string } }): Promise<void>

  readClock(): Promise<ClockReading>
  freezeClock(): Promise<ClockReading>
  resumeClock(): Promise<ClockReading>
  /** `now` is an ISO date-time. */
  setClock(input: { body: { now: string } }): Promise<ClockReading>
  advanceClock(input: { body: { ms: number } }): Promise<ClockReading>

  reset(input: { account: Account }): Promise<void>
  takeSnapshot(input: { account: Account }): Promise<Snapshot>
  loadSnapshot(input: { body: unknown }): Promise<void>
}
