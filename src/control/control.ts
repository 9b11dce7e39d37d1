import type { ListOptions, WaitOptions } from '../../schemas/control/builders'
import type { ClockReading } from '../../schemas/control/clock'
import type { ControlDelivery, DeliveryFilter, DeliveryList } from '../../schemas/control/deliveries'
import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { ControlOrder, OrderFilter, OrderList, OutcomeToSet } from '../../schemas/control/orders'
import type {
  Clean,
  CleanOptions,
  Expectation,
  JournalEntry,
  RequestFilter,
  RequestList,
  Verification,
} from '../../schemas/control/requests'
import type { Snapshot } from '../../schemas/control/snapshot'
import type { ControlWebhook, WebhookToAdd } from '../../schemas/control/webhooks'
import type { OrderRequest } from '../../schemas/order'

/** An account, or null for all of them; what is about one order takes the usual account for null. */
export type Account = string | null

/**
 * All that can be done to a sandbox from outside of the emulated API. Each method is one call of `/_sandbox`; it is
 * implemented in the process of the sandbox and by the client that calls it over HTTP.
 */
export interface Control {
  createOrder(account: Account, order: OrderRequest): Promise<ControlOrder>
  /** Lists throw `invalidCursor` for a `next` that is none of theirs. */
  listOrders(account: Account, filter: OrderFilter, options: ListOptions): Promise<OrderList>
  getOrder(account: Account, id: string): Promise<ControlOrder>
  waitForOrders(account: Account, filter: OrderFilter, options: WaitOptions): Promise<ControlOrder[]>
  completeOrder(account: Account, id: string, outcome: OutcomeToSet): Promise<ControlOrder>

  listRequests(account: Account, filter: RequestFilter, options: ListOptions): Promise<RequestList>
  /** Throws `unknownRequest` when the journal has none of that number. */
  getRequest(id: number): Promise<JournalEntry>
  waitForRequests(account: Account, filter: RequestFilter, options: WaitOptions): Promise<JournalEntry[]>
  /** How many requests fit, and how the nearest differs when none does. */
  matchRequests(account: Account, filter: RequestFilter): Promise<Verification>
  /** As `matchRequests`; throws `notVerified` when not as many fit as are expected. */
  verifyRequests(account: Account, filter: RequestFilter, expectation: Expectation): Promise<Verification>
  /** Throws `notClean` when a request was refused or warned of that `options` do not allow, or too few came. */
  verifyClean(account: Account, options: CleanOptions): Promise<Clean>

  listDeliveries(account: Account, filter: DeliveryFilter, options: ListOptions): Promise<DeliveryList>
  waitForDeliveries(account: Account, filter: DeliveryFilter, options: WaitOptions): Promise<ControlDelivery[]>
  replayDelivery(id: string): Promise<ControlDelivery>

  addWebhook(account: Account, webhook: WebhookToAdd): Promise<ControlWebhook>
  listWebhooks(account: Account): Promise<ControlWebhook[]>
  removeWebhook(id: string): Promise<void>

  addFault(account: Account, fault: FaultToAdd): Promise<Fault>
  listFaults(account: Account): Promise<Fault[]>
  removeFault(id: string): Promise<void>
  /** Takes the account's faults away; with null all of them. */
  removeFaults(account: Account): Promise<void>

  readClock(): Promise<ClockReading>
  freezeClock(): Promise<ClockReading>
  resumeClock(): Promise<ClockReading>
  /** `now` is an ISO date-time. */
  setClock(now: string): Promise<ClockReading>
  advanceClock(ms: number): Promise<ClockReading>

  reset(account: Account): Promise<void>
  takeSnapshot(account: Account): Promise<Snapshot>
  loadSnapshot(snapshot: unknown): Promise<void>
}
