import type { ListOptions, WaitOptions } from '../../schemas/control/builders'
import type { ClockReading } from '../../schemas/control/clock'
import type { ControlDelivery, DeliveryFilter, DeliveryList } from '../../schemas/control/deliveries'
import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { ControlOrder, OrderFilter, OutcomeToSet } from '../../schemas/control/orders'
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
import type { Account, Control } from './control'
import { toControlError } from './control-error'
import { requirePlainJson } from './plain-json'

/** A part of a list, with how many there are in all and what to ask for the rest with; neither is enumerable. */
export type Listed<T> = T[] & { readonly total: number; readonly next: string | null }

/** What a test can do within an account, or, as the sandbox itself has it, within all of them. */
export interface AccountControl {
  readonly orders: {
    /** Makes an order appear as if a recruiter had clicked in the ATS; what is left out is invented. */
    create(order?: OrderRequest): Promise<ControlOrder>
    /** Newest first. The array has a `total`, and a `next` to ask for the rest with. */
    list(filter?: OrderFilter & ListOptions): Promise<Listed<ControlOrder>>
    /** Rejects with a 404 when there is none. */
    get(id: string): Promise<ControlOrder>
    /** The first order that fits, as soon as it is there; what came before counts. Rejects with a 408 and what did come. */
    waitFor(filter?: OrderFilter, options?: Pick<WaitOptions, 'timeoutMs'>): Promise<ControlOrder>
    /** As `waitFor`, for the first `count` orders, oldest first. */
    waitForMany(filter: OrderFilter, options: WaitOptions): Promise<ControlOrder[]>
    /** Ends the candidate's test: passed, unless `outcome` says otherwise. Rejects with a 409 when it has ended. */
    complete(id: string, outcome?: OutcomeToSet): Promise<ControlOrder>
  }
  readonly requests: {
    list(filter?: RequestFilter & ListOptions): Promise<RequestList>
    /** Rejects with a 404 when the journal has none of that number, or no longer. */
    get(id: number): Promise<JournalEntry>
    waitFor(filter?: RequestFilter, options?: Pick<WaitOptions, 'timeoutMs'>): Promise<JournalEntry>
    waitForMany(filter: RequestFilter, options: WaitOptions): Promise<JournalEntry[]>
    /** Rejects with a 417, and how the nearest differs, unless as many requests fit as are expected: at least one. */
    verify(filter?: RequestFilter, expectation?: Expectation): Promise<Verification>
    /** How many requests fit, and how the nearest one differs when none does. Never fails for that. */
    match(filter?: RequestFilter): Promise<Verification>
    /**
     * Rejects with a 417 when any request was refused or warned of, but for what a fault refused and what `allow` lists,
     * and when none came. A good last line of a test.
     */
    verifyClean(options?: CleanOptions): Promise<Clean>
  }
  readonly deliveries: {
    list(filter?: DeliveryFilter & ListOptions): Promise<DeliveryList>
    waitFor(filter?: DeliveryFilter, options?: Pick<WaitOptions, 'timeoutMs'>): Promise<ControlDelivery>
    waitForMany(filter: DeliveryFilter, options: WaitOptions): Promise<ControlDelivery[]>
    /** Sends it once more, with another five attempts. */
    replay(id: string): Promise<ControlDelivery>
  }
  readonly webhooks: {
    add(webhook: WebhookToAdd): Promise<ControlWebhook>
    list(): Promise<ControlWebhook[]>
    remove(id: string): Promise<void>
  }
  readonly faults: {
    add(fault: FaultToAdd): Promise<Fault>
    list(): Promise<Fault[]>
    remove(id: string): Promise<void>
    clear(): Promise<void>
  }
  /** Puts everything back to how it was at the start, and calls off what is queued. */
  reset(): Promise<void>
  snapshot(): Promise<Snapshot>
}

/** What a test can do to a sandbox, be it in this process or elsewhere. */
export interface SandboxControl extends AccountControl {
  /** An account is a namespace: tests that use one each do not meet. */
  account(id: string): AccountControl
  readonly clock: {
    read(): Promise<ClockReading>
    freeze(): Promise<ClockReading>
    resume(): Promise<ClockReading>
    /** `now` is an ISO date-time with its zone. */
    set(now: string): Promise<ClockReading>
    /** Runs all that falls due within `ms`, in its order, before it resolves. */
    advance(ms: number): Promise<ClockReading>
  }
  /** Puts what a snapshot holds in the place of what there is. Rejects with a 422, and changes nothing, for a wrong one. */
  load(snapshot: unknown): Promise<void>
}

/** The handle for `control`. What it refuses it refuses with a `ControlError`. */
export function controlHandle(refusing: Control): SandboxControl {
  const control = explaining(refusing)
  return {
    ...accountControl(control, null),
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

/** What of a call's input chooses or judges something: see `requirePlainJson`. */
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

/** `control` with errors that say what to do in their message: a failing test shows nothing else. */
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

/** A number, say, would be spread into no expectation at all. */
const asExpectation = (expectation: Expectation): Expectation =>
  typeof (expectation as unknown) === 'object' ? expectation : ({ expectation } as Expectation)

/** Not enumerable, so that the list equals a plain one. */
const listed = <T>(items: T[], { total, next }: Pick<Listed<T>, 'total' | 'next'>): Listed<T> =>
  Object.defineProperties(items, { total: { value: total }, next: { value: next } }) as Listed<T>

function accountControl(control: Control, account: Account): AccountControl {
  return {
    orders: {
      create: (body = {}) => control.createOrder({ account, body }),
      async list({ limit, next, ...filter } = {}) {
        const { orders, ...facts } = await control.listOrders({ account, query: { ...filter, limit, next } })
        return listed(orders, facts)
      },
      get: (id) => control.getOrder({ account, params: { id } }),
      waitFor: async (filter = {}, options = {}) =>
        first(await control.waitForOrders({ account, body: { filter, ...options } })),
      waitForMany: (filter, options) => control.waitForOrders({ account, body: { filter, ...options } }),
      complete: (id, body = {}) => control.completeOrder({ account, params: { id }, body }),
    },
    requests: {
      list: ({ limit, next, ...filter } = {}) => control.findRequests({ account, body: { filter, limit, next } }),
      get: (id) => control.getRequest({ params: { id } }),
      waitFor: async (filter = {}, options = {}) =>
        first(await control.waitForRequests({ account, body: { filter, ...options } })),
      waitForMany: (filter, options) => control.waitForRequests({ account, body: { filter, ...options } }),
      async verify(filter = {}, expectation = {}) {
        requirePlainJson(filter, 'filter')
        // Before it is spread: a Map, say, would be spread into no expectation at all.
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
      replay: (id) => control.replayDelivery({ params: { id } }),
    },
    webhooks: {
      add: (body) => control.addWebhook({ account, body }),
      list: async () => (await control.listWebhooks({ account })).webhooks,
      remove: (id) => control.removeWebhook({ params: { id } }),
    },
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
