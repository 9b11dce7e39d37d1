import type { LinkedAccount } from '../../schemas/account'
import type { AtsApplication } from '../../schemas/ats/application'
import type { AtsCandidate } from '../../schemas/ats/candidate'
import type { AtsDepartment } from '../../schemas/ats/department'
import type { AtsJob } from '../../schemas/ats/job'
import type { AtsJobPosting } from '../../schemas/ats/job-posting'
import type { AtsLocation } from '../../schemas/ats/location'
import type { AtsRejectedReason } from '../../schemas/ats/rejected-reason'
import type { AtsStage } from '../../schemas/ats/stage'
import type { AtsUser } from '../../schemas/ats/user'
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
} from '../../schemas/control/deliveries'
import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { ControlOrder, OrderFilter, OrderKindQuery, OutcomeToSet } from '../../schemas/control/orders'
import type {
  ControlPackagesEndpoint,
  PackageList,
  PackagesEndpointToSet,
  PackagesFetch,
  PackagesReport,
} from '../../schemas/control/packages'
import type { JournalEntry, RequestDetail, RequestFilter, RequestList } from '../../schemas/control/requests'
import type { Clean, CleanOptions, Expectation, Verification } from '../../schemas/control/verification'
import type { Snapshot } from '../../schemas/control/snapshot'
import type { ControlWebhook, WebhookChange, WebhookToAdd } from '../../schemas/control/webhooks'
import type { BackgroundCheckOrderRequest } from '../../schemas/background-checks/order'
import type { OrderRequest } from '../../schemas/order'

/** A page of a list, with the total count and the cursor of the next page; neither is enumerable. */
export type Listed<T> = T[] & { readonly total: number; readonly next: string | null }

/** The records of a resource. */
export interface Records<T> {
  /**
   * Sorted by id. The array has a `total`, a `next` that requests the next page and, with `countBy`, the `counts` by
   * value.
   */
  list(options?: AtsListQuery): Promise<Listed<T> & Pick<AtsList, 'counts'>>
  /** By id or remote id. Rejects with a 404 if it does not exist. */
  get(id: string): Promise<T>
}

export interface ChangeableRecords<T> extends Records<T> {
  /** Adds a record; an id is generated if it has none. Webhooks are notified. */
  add(record: T): Promise<T>
  /** Replaces the given properties. Webhooks are notified. */
  update(id: string, change: T): Promise<T>
}

/** What a test can do within one account or, called on the sandbox itself, within all accounts. */
export interface AccountControl {
  readonly orders: {
    /**
     * Creates an order as if a recruiter had clicked in the ATS; missing fields get sample data. With
     * `{ kind: 'background_check' }`, it is a background check.
     */
    create(order?: OrderRequest, options?: { kind?: 'assessment' }): Promise<ControlOrder>
    create(order: BackgroundCheckOrderRequest | undefined, options: OrderKindQuery): Promise<ControlOrder>
    /** Creates sixty varied orders, to look around with. Returns their number. */
    createDemo(): Promise<number>
    /** Newest first. The array has a `total`, and a `next` that requests the next page. */
    list(filter?: OrderFilter & ListOptions): Promise<Listed<ControlOrder>>
    /** Rejects with a 404 if it does not exist. */
    get(id: string): Promise<ControlOrder>
    /** The first matching order, including earlier ones. On timeout, rejects with a 408 that lists what did arrive. */
    waitFor(filter?: OrderFilter, options?: Pick<WaitOptions, 'timeoutMs'>): Promise<ControlOrder>
    /** Like `waitFor`, for the first `count` orders, oldest first. */
    waitForMany(filter: OrderFilter, options: WaitOptions): Promise<ControlOrder[]>
    /** Ends the candidate's test: passed, unless `outcome` says otherwise. Rejects with a 409 if it has ended. */
    complete(id: string, outcome?: OutcomeToSet): Promise<ControlOrder>
    /**
     * Cancels it, as a recruiter would: webhooks get `ats_assessments.deleted` or `background_check_order.deleted`. Rejects
     * with a 409 if it has ended.
     */
    cancel(id: string): Promise<ControlOrder>
  }
  readonly requests: {
    list(filter?: RequestFilter & ListOptions): Promise<RequestList>
    /** Rejects with a 404 if the journal does not have it, or no longer does. */
    get(id: number): Promise<RequestDetail>
    waitFor(filter?: RequestFilter, options?: Pick<WaitOptions, 'timeoutMs'>): Promise<JournalEntry>
    waitForMany(filter: RequestFilter, options: WaitOptions): Promise<JournalEntry[]>
    /** Rejects with a 417 and how the nearest request differs, unless as many match as expected (at least 1). */
    verify(filter?: RequestFilter, expectation?: Expectation): Promise<Verification>
    /** How many requests match; if none does, how the nearest one differs. Does not reject in that case. */
    match(filter?: RequestFilter): Promise<Verification>
    /**
     * Rejects with a 417 if any request was refused or got a warning, apart from refusals by faults and what `allow`
     * lists, or if no request arrived. A good last line of a test.
     */
    verifyClean(options?: CleanOptions): Promise<Clean>
  }
  readonly deliveries: {
    list(filter?: DeliverySearch & ListOptions): Promise<DeliveryList>
    waitFor(filter?: DeliveryFilter, options?: Pick<WaitOptions, 'timeoutMs'>): Promise<ControlDelivery>
    waitForMany(filter: DeliveryFilter, options: WaitOptions): Promise<ControlDelivery[]>
    /** A delivery with what each attempt sent and received. Rejects with a 404 if it does not exist. */
    get(id: string): Promise<DeliveryDetail>
    /** Sends it again, with another five attempts. */
    replay(id: string): Promise<ControlDelivery>
    /** Sends those that match again, oldest first; resolves with how many. Skips those that are being sent anyway. */
    replayAll(filter?: DeliverySearch): Promise<number>
  }
  readonly webhooks: {
    add(webhook: WebhookToAdd): Promise<ControlWebhook>
    list(): Promise<ControlWebhook[]>
    /** Changes its events, its style, or its secret, which signs from then on. */
    update(id: string, change: WebhookChange): Promise<ControlWebhook>
    remove(id: string): Promise<void>
  }
  readonly packages: {
    /** What recruiters choose from where no packages endpoint is asked; assessments by default. */
    list(options?: OrderKindQuery): Promise<PackageList['packages']>
    /** Asks the provider's packages endpoint now. `problems` is empty when all is well. */
    fetch(about?: PackagesFetch): Promise<PackagesReport>
    endpoint(): Promise<ControlPackagesEndpoint>
    setEndpoint(endpoint: PackagesEndpointToSet): Promise<ControlPackagesEndpoint>
    /** Goes back to the configured endpoint, if there is one. */
    removeEndpoint(): Promise<void>
  }
  /** The applicant-tracking system of the account. */
  readonly ats: {
    readonly candidates: ChangeableRecords<AtsCandidate>
    readonly applications: ChangeableRecords<AtsApplication> & {
      /** Moves it to another stage, by default the next one. */
      move(id: string, to?: ApplicationMove): Promise<AtsApplication>
    }
    readonly jobs: ChangeableRecords<AtsJob>
    readonly job_postings: ChangeableRecords<AtsJobPosting>
    readonly users: Records<AtsUser>
    readonly departments: Records<AtsDepartment>
    readonly locations: Records<AtsLocation>
    readonly application_stages: Records<AtsStage>
    readonly interview_stages: Records<AtsStage>
    readonly rejected_reasons: Records<AtsRejectedReason>
  }
  /** Links the account, or changes how it is linked: webhooks get `account.created` or `account.updated`. */
  link(how?: AccountToLink): Promise<LinkedAccount>
  /** Unlinks the account: its calls are refused, and webhooks get `account.deleted`. */
  unlink(): Promise<void>
  readonly faults: {
    add(fault: FaultToAdd): Promise<Fault>
    list(): Promise<Fault[]>
    remove(id: string): Promise<void>
    clear(): Promise<void>
  }
  /** The journal as one self-contained HTML page, oldest request first: to keep as an artefact of CI. */
  report(): Promise<string>
  /** Restores the initial state and cancels what is queued. */
  reset(): Promise<void>
  snapshot(): Promise<Snapshot>
}

/** What a test can do with a sandbox, in this process or elsewhere. */
export interface SandboxControl extends AccountControl {
  /** The linked accounts, sorted by id. */
  accounts(): Promise<LinkedAccount[]>
  /** An account is a namespace: tests that each use their own do not interfere. */
  account(id: string): AccountControl
  readonly clock: {
    read(): Promise<ClockReading>
    freeze(): Promise<ClockReading>
    resume(): Promise<ClockReading>
    /** `now` is an ISO date-time with a time zone. */
    set(now: string): Promise<ClockReading>
    /** Runs everything due within `ms`, in order, before it resolves. */
    advance(ms: number): Promise<ClockReading>
  }
  /** Replaces the current state with the snapshot's. Rejects an invalid one with a 422 and changes nothing. */
  load(snapshot: unknown): Promise<void>
}
