import type { LinkedAccount } from '../../schemas/account'
import type { AtsApplication } from '../../schemas/ats/application'
import type { AtsCandidate } from '../../schemas/ats/candidate'
import type { AtsDepartment } from '../../schemas/ats/department'
import type { AtsJob } from '../../schemas/ats/job'
import type { AtsJobPosting } from '../../schemas/ats/job-posting'
import type { AtsLocation } from '../../schemas/ats/location'
import type { AtsResource } from '../../schemas/ats/queries'
import type { AtsRejectedReason } from '../../schemas/ats/rejected-reason'
import type { AtsStage } from '../../schemas/ats/stage'
import type { AtsUser } from '../../schemas/ats/user'
import type { AccountToLink } from '../../schemas/control/accounts'
import type { ApplicationMove } from '../../schemas/control/ats'
import type { ListOptions, WaitOptions } from '../../schemas/control/builders'
import type { ClockReading } from '../../schemas/control/clock'
import type { ControlDelivery, DeliveryDetail, DeliveryFilter, DeliveryList } from '../../schemas/control/deliveries'
import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { ControlOrder, OrderFilter, OrderKindQuery, OutcomeToSet } from '../../schemas/control/orders'
import type {
  ControlPackagesEndpoint,
  PackagesEndpointToSet,
  PackagesFetch,
  PackagesReport,
} from '../../schemas/control/packages'
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
import type { ControlWebhook, WebhookChange, WebhookToAdd } from '../../schemas/control/webhooks'
import type { BackgroundCheckOrderRequest } from '../../schemas/background-checks/order'
import type { OrderRequest } from '../../schemas/order'
import type { Account, Control } from './control'
import { toControlError } from './control-error'
import { requirePlainJson } from './plain-json'

/** A page of a list, with the total count and the cursor of the next page; neither is enumerable. */
export type Listed<T> = T[] & { readonly total: number; readonly next: string | null }

/** The records of a resource. */
export interface Records<T> {
  /** Sorted by id. The array has a `total`, and a `next` that requests the next page. */
  list(options?: ListOptions): Promise<Listed<T>>
  /** By id or remote id. Rejects with a 404 if it does not exist. */
  get(id: string): Promise<T>
}

export interface ChangeableRecords<T> extends Records<T> {
  /** Adds a record; an id is drawn if it has none. Webhooks hear of it. */
  add(record: T): Promise<T>
  /** Replaces the given properties. Webhooks hear of it. */
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
    get(id: number): Promise<JournalEntry>
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
    list(filter?: DeliveryFilter & ListOptions): Promise<DeliveryList>
    waitFor(filter?: DeliveryFilter, options?: Pick<WaitOptions, 'timeoutMs'>): Promise<ControlDelivery>
    waitForMany(filter: DeliveryFilter, options: WaitOptions): Promise<ControlDelivery[]>
    /** A delivery with what each attempt sent and received. Rejects with a 404 if it does not exist. */
    get(id: string): Promise<DeliveryDetail>
    /** Sends it again, with another five attempts. */
    replay(id: string): Promise<ControlDelivery>
  }
  readonly webhooks: {
    add(webhook: WebhookToAdd): Promise<ControlWebhook>
    list(): Promise<ControlWebhook[]>
    /** Changes its events, its style, or its secret, which signs from then on. */
    update(id: string, change: WebhookChange): Promise<ControlWebhook>
    remove(id: string): Promise<void>
  }
  readonly packages: {
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

/** The handle for `control`. Refused calls reject with a `ControlError`. */
export function controlHandle(refusing: Control): SandboxControl {
  const control = explaining(refusing)
  return {
    ...accountControl(control, null),
    accounts: async () => (await control.listAccounts()).accounts,
    account(id) {
      if (typeof (id as unknown) !== 'string') throw new TypeError(`account takes the id of an account, not ${id}`)
      return accountControl(control, id)
    },
    clock: {
      read: () => control.readClock(),
      freeze: () => control.freezeClock(),
      resume: () => control.resumeClock(),
      set: (now) => control.setClock({ body: { now } }),
      advance: (ms) => control.advanceClock({ body: { ms } }),
    },
    load: (body) => control.loadSnapshot({ body }),
  }
}

type Method = (input: unknown) => Promise<unknown>

const filterOfQuery = ({ query: { limit, next, ...filter } }: { query: ListOptions }) => ({ filter })
const filterOfBody = ({ body: { filter } }: { body: { filter?: unknown } }) => ({ filter })

/** The parts of a call's input that select something: see `requirePlainJson`. */
const chosenBy: { [Name in keyof Control]?: (input: Parameters<Control[Name]>[0]) => object } = {
  listOrders: filterOfQuery,
  waitForOrders: filterOfBody,
  findRequests: filterOfBody,
  waitForRequests: filterOfBody,
  matchRequests: filterOfBody,
  verifyClean: ({ body: { allow = [] } }) => ({ allow }),
  listDeliveries: filterOfQuery,
  waitForDeliveries: filterOfBody,
}

/** `control` with errors whose message includes the hint: a failing test shows nothing else. */
const explaining = (control: Control): Control =>
  Object.fromEntries(
    Object.entries(control as unknown as Record<string, Method>).map(([name, method]) => [
      name,
      async (input: unknown) => {
        const chosen = (chosenBy as Partial<Record<string, (input: unknown) => object>>)[name]?.(input) ?? {}
        for (const [path, value] of Object.entries(chosen)) requirePlainJson(value, path)
        try {
          return await method(input)
        } catch (error) {
          throw toControlError(error)
        }
      },
    ]),
  ) as unknown as Control

const first = <T>([item]: T[]): T => item as T

/** Spreading a number, say, would silently drop the expectation. */
const asExpectation = (expectation: Expectation): Expectation =>
  typeof (expectation as unknown) === 'object' ? expectation : ({ expectation } as Expectation)

/** Not enumerable, so that the list deep-equals a plain array. */
const listed = <T>(items: T[], { total, next }: Pick<Listed<T>, 'total' | 'next'>): Listed<T> =>
  Object.defineProperties(items, { total: { value: total }, next: { value: next } }) as Listed<T>

/** The account of a call that makes no sense for all of them. */
function named(account: Account): string {
  if (account !== null) return account
  throw new TypeError("choose an account first: account('acme').link()")
}

const recordsOf = <T>(control: Control, account: Account, resource: AtsResource): Records<T> => ({
  async list(query = {}) {
    const { records, ...facts } = await control.listRecords({ account, params: { resource }, query })
    return listed(records as T[], facts)
  },
  get: async (id) => (await control.getRecord({ account, params: { resource, id } })) as T,
})

const changeableRecords = <T extends object>(
  control: Control,
  account: Account,
  resource: AtsResource,
): ChangeableRecords<T> => ({
  ...recordsOf(control, account, resource),
  add: async (record) =>
    (await control.addRecord({ account, params: { resource }, body: record as Record<string, unknown> })) as T,
  update: async (id, change) =>
    (await control.updateRecord({ account, params: { resource, id }, body: change as Record<string, unknown> })) as T,
})

function accountControl(control: Control, account: Account): AccountControl {
  return {
    orders: {
      create: (body: OrderRequest | BackgroundCheckOrderRequest = {}, query: OrderKindQuery = {}) =>
        control.createOrder({ account, query, body }),
      async list({ limit, next, ...filter } = {}) {
        const { orders, ...facts } = await control.listOrders({ account, query: { ...filter, limit, next } })
        return listed(orders, facts)
      },
      get: (id) => control.getOrder({ account, params: { id } }),
      waitFor: async (filter = {}, options = {}) =>
        first(await control.waitForOrders({ account, body: { filter, ...options } })),
      waitForMany: (filter, options) => control.waitForOrders({ account, body: { filter, ...options } }),
      complete: (id, body = {}) => control.completeOrder({ account, params: { id }, body }),
      cancel: (id) => control.cancelOrder({ account, params: { id } }),
    },
    requests: {
      list: ({ limit, next, ...filter } = {}) => control.findRequests({ account, body: { filter, limit, next } }),
      get: (id) => control.getRequest({ params: { id } }),
      waitFor: async (filter = {}, options = {}) =>
        first(await control.waitForRequests({ account, body: { filter, ...options } })),
      waitForMany: (filter, options) => control.waitForRequests({ account, body: { filter, ...options } }),
      async verify(filter = {}, expectation = {}) {
        requirePlainJson(filter, 'filter')
        // Checked before the spread, which would silently drop a Map, say.
        requirePlainJson(expectation, 'expectation')
        return control.verifyRequests({ account, body: { filter, ...asExpectation(expectation) } })
      },
      match: (filter = {}) => control.matchRequests({ account, body: { filter } }),
      verifyClean: (body = {}) => control.verifyClean({ account, body }),
    },
    deliveries: {
      list: ({ limit, next, ...filter } = {}) => control.listDeliveries({ account, query: { ...filter, limit, next } }),
      waitFor: async (filter = {}, options = {}) =>
        first(await control.waitForDeliveries({ account, body: { filter, ...options } })),
      waitForMany: (filter, options) => control.waitForDeliveries({ account, body: { filter, ...options } }),
      get: (id) => control.getDelivery({ params: { id } }),
      replay: (id) => control.replayDelivery({ params: { id } }),
    },
    webhooks: {
      add: (body) => control.addWebhook({ account, body }),
      list: async () => (await control.listWebhooks({ account })).webhooks,
      update: (id, body) => control.updateWebhook({ params: { id }, body }),
      remove: (id) => control.removeWebhook({ params: { id } }),
    },
    packages: {
      fetch: (body = {}) => control.fetchPackages({ account, body }),
      endpoint: () => control.getPackagesEndpoint({ account }),
      setEndpoint: (body) => control.setPackagesEndpoint({ account, body }),
      removeEndpoint: () => control.removePackagesEndpoint({ account }),
    },
    ats: {
      candidates: changeableRecords(control, account, 'candidates'),
      applications: {
        ...changeableRecords(control, account, 'applications'),
        move: (id, body = {}) => control.moveApplication({ account, params: { id }, body }),
      },
      jobs: changeableRecords(control, account, 'jobs'),
      job_postings: changeableRecords(control, account, 'job_postings'),
      users: recordsOf(control, account, 'users'),
      departments: recordsOf(control, account, 'departments'),
      locations: recordsOf(control, account, 'locations'),
      application_stages: recordsOf(control, account, 'application_stages'),
      interview_stages: recordsOf(control, account, 'interview_stages'),
      rejected_reasons: recordsOf(control, account, 'rejected_reasons'),
    },
    link: (body = {}) => control.linkAccount({ params: { id: named(account) }, body }),
    unlink: () => control.unlinkAccount({ params: { id: named(account) } }),
    faults: {
      add: (body) => control.addFault({ account, body }),
      list: async () => (await control.listFaults({ account })).faults,
      remove: (id) => control.removeFault({ params: { id } }),
      clear: () => control.removeFaults({ account }),
    },
    reset: () => control.reset({ account }),
    snapshot: () => control.takeSnapshot({ account }),
  }
}
