import type { AtsResource } from '../../schemas/ats/queries'
import type { ListOptions } from '../../schemas/control/builders'
import type { OrderKindQuery } from '../../schemas/control/orders'
import type { BackgroundCheckOrderRequest } from '../../schemas/background-checks/order'
import type { OrderRequest } from '../../schemas/order'
import type { Account, Control } from './control'
import { toControlError } from './control-error'
import { requirePlainJson } from './plain-json'
import type { Listed, Records, ChangeableRecords, AccountControl, SandboxControl } from './account-control'

/** The handle for `control`. Refused calls reject with a `ControlError`. */
export function controlHandle(refusing: Control): SandboxControl {
  const control = explaining(refusing)
  return {
    ...accountControl(control, null),
    accounts: async () => (await control.listAccounts()).accounts,
    account(id) {
      if (typeof (id as unknown) !== 'string') throw new TypeError(`account() needs the id of an account, not ${id}`)
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
  listRecords: filterOfQuery,
  listDeliveries: filterOfQuery,
  waitForDeliveries: filterOfBody,
  replayDeliveries: filterOfBody,
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

/** `given`, to spread. Anything but an object gets `name`, since a spread number, say, would silently vanish. */
const named = <T extends object>(name: string, given: T): T =>
  typeof (given as unknown) === 'object' ? given : ({ [name]: given } as unknown as T)

/** Not enumerable, so that the list deep-equals a plain array. */
const listed = <T>(items: T[], { total, next }: Pick<Listed<T>, 'total' | 'next'>): Listed<T> =>
  Object.defineProperties(items, { total: { value: total }, next: { value: next } }) as Listed<T>

/** The account of a call that makes no sense for all of them. */
function required(account: Account): string {
  if (account !== null) return account
  throw new TypeError("choose an account first: account('acme').link()")
}

const recordsOf = <T>(control: Control, account: Account, resource: AtsResource): Records<T> => ({
  async list(query = {}) {
    const { records, counts, ...facts } = await control.listRecords({ account, params: { resource }, query })
    return Object.defineProperty(listed(records as T[], facts), 'counts', { value: counts }) as Listed<T> & {
      counts: typeof counts
    }
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
      createDemo: async () => (await control.createDemo({ account })).created,
      async list({ limit, next, ...filter } = {}) {
        const { orders, ...facts } = await control.listOrders({ account, query: { ...filter, limit, next } })
        return listed(orders, facts)
      },
      get: (id) => control.getOrder({ account, params: { id } }),
      waitFor: async (filter = {}, options = {}) =>
        first(await control.waitForOrders({ account, body: { filter, ...named('options', options) } })),
      waitForMany: (filter, options) =>
        control.waitForOrders({ account, body: { filter, ...named('options', options) } }),
      complete: (id, body = {}) => control.completeOrder({ account, params: { id }, body }),
      cancel: (id) => control.cancelOrder({ account, params: { id } }),
    },
    requests: {
      list: ({ limit, next, ...filter } = {}) => control.findRequests({ account, body: { filter, limit, next } }),
      get: (id) => control.getRequest({ params: { id } }),
      waitFor: async (filter = {}, options = {}) =>
        first(await control.waitForRequests({ account, body: { filter, ...named('options', options) } })),
      waitForMany: (filter, options) =>
        control.waitForRequests({ account, body: { filter, ...named('options', options) } }),
      async verify(filter = {}, expectation = {}) {
        requirePlainJson(filter, 'filter')
        // Checked before the spread, which would silently drop a Map, say.
        requirePlainJson(expectation, 'expectation')
        return control.verifyRequests({ account, body: { filter, ...named('expectation', expectation) } })
      },
      match: (filter = {}) => control.matchRequests({ account, body: { filter } }),
      verifyClean: (body = {}) => control.verifyClean({ account, body }),
    },
    deliveries: {
      list: ({ limit, next, ...filter } = {}) => control.listDeliveries({ account, query: { ...filter, limit, next } }),
      waitFor: async (filter = {}, options = {}) =>
        first(await control.waitForDeliveries({ account, body: { filter, ...named('options', options) } })),
      waitForMany: (filter, options) =>
        control.waitForDeliveries({ account, body: { filter, ...named('options', options) } }),
      get: (id) => control.getDelivery({ params: { id } }),
      replay: (id) => control.replayDelivery({ params: { id } }),
      replayAll: async (filter = {}) => (await control.replayDeliveries({ account, body: { filter } })).replayed,
    },
    webhooks: {
      add: (body) => control.addWebhook({ account, body }),
      list: async () => (await control.listWebhooks({ account })).webhooks,
      update: (id, body) => control.updateWebhook({ params: { id }, body }),
      remove: (id) => control.removeWebhook({ params: { id } }),
    },
    packages: {
      list: async (query = {}) => (await control.listPackages({ account, query })).packages,
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
    link: async (body = {}) => control.linkAccount({ params: { id: required(account) }, body }),
    unlink: async () => control.unlinkAccount({ params: { id: required(account) } }),
    faults: {
      add: (body) => control.addFault({ account, body }),
      list: async () => (await control.listFaults({ account })).faults,
      remove: (id) => control.removeFault({ params: { id } }),
      clear: () => control.removeFaults({ account }),
    },
    report: () => control.readReport({ account }),
    reset: () => control.reset({ account }),
    snapshot: () => control.takeSnapshot({ account }),
  }
}
