import { Type } from '@sinclair/typebox'
import { TimeToPassSchema, TimeToSetSchema } from '../../schemas/control/clock'
import { DeliveryFilterSchema } from '../../schemas/control/deliveries'
import { FaultToAddSchema } from '../../schemas/control/faults'
import { OrderFilterSchema, OutcomeSchema } from '../../schemas/control/orders'
import { RequestFilterSchema } from '../../schemas/control/requests'
import { defaultWaitMs, Limit, type WaitOptions, WaitSchema } from '../../schemas/control/shared'
import { WebhookToAddSchema } from '../../schemas/control/webhooks'
import { OrderRequestSchema } from '../../schemas/order'
import { findOrder } from '../assessments/find-order'
import { whyRefused } from '../accounts'
import { deliveryId } from '../callbacks/delivery'
import { instantOf, isoTime } from '../clock'
import { usableAccount } from '../config'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { check, checkQuery } from './check'
import type { Account, Control } from './control'
import { showDelivery } from './deliveries'
import { addFault } from './faults'
import { deliveryFits, orderFits, requestDifferences } from './match'
import { completeOrder, createOrder, showOrder } from './orders'
import { RequestSearchSchema, showRequest, verify } from './requests'
import { reset } from './reset'
import { loadSnapshot, takeSnapshot } from './snapshot'
import { type Waiting, waitFor } from './wait'
import { addWebhook, removeWebhook, showWebhook } from './webhooks'

const usualLimit = 100

const exactly = { additionalProperties: false }
const orderSearch = Type.Object({ ...OrderFilterSchema.properties, limit: Limit }, exactly)
const deliverySearch = Type.Object({ ...DeliveryFilterSchema.properties, limit: Limit }, exactly)
const orderWait = WaitSchema(OrderFilterSchema)
const requestWait = WaitSchema(RequestFilterSchema)
const deliveryWait = WaitSchema(DeliveryFilterSchema)

export interface ControlContext {
  /** What the `test_url` of orders made here starts with. */
  origin: () => string
  /** Ends what is waited for. */
  signal?: AbortSignal
  /** The request that asks; null when none does. */
  requestId: string | null
}

/** The control of a sandbox in this process. */
export function localControl(deps: Deps, { origin, signal, requestId }: ControlContext): Control {
  const { changes, clock, store, journal, deliveries, faults, webhooks } = deps
  /** `account`, where it may be used. Throws as the emulated API does. */
  function known<A extends Account>(account: A): A {
    const refusal = account === null ? undefined : whyRefused(account, deps.config.accounts)
    if (refusal !== undefined) throw refusal
    return account
  }
  const one = (account: Account) => known(account ?? usableAccount(deps.config))
  const isOf = (account: Account, accountId: string | null) => account === null || account === accountId
  async function reading() {
    const { now, isFrozen } = await clock.read()
    return { now: isoTime(now), isFrozen }
  }
  const settingChanged = () => {
    changes.emit('setting', null)
  }
  const clockChanged = () => {
    settingChanged()
    return reading()
  }

  async function ordersOf(account: Account) {
    const found = []
    for await (const order of store.orders(known(account))) found.push(order)
    return found
  }
  const requestsOf = async (account: Account) => (await journal.list(known(account))).map(showRequest)

  /** What was waited for, oldest first; throws `waitTimedOut` with what did come. */
  async function waited<T, Shown>(
    what: string,
    waiting: Omit<Waiting<T>, 'changes' | 'count' | 'timeoutMs'>,
    show: (item: T) => Shown,
    { count = 1, timeoutMs = defaultWaitMs }: WaitOptions,
    filter: object,
  ): Promise<Shown[]> {
    const found = await waitFor({ ...waiting, changes, count, timeoutMs, signal })
    if (found !== null) return found.map(show)
    const came = await waiting.existing()
    const wanted = `Waited ${String(timeoutMs)} ms for ${String(count)} of the ${what} with ${JSON.stringify(filter)}`
    const fitting = came.filter(waiting.fits).length
    const told = `${wanted}; ${String(fitting)} came, and ${String(came.length)} in all`
    throw errors.waitTimedOut({ waited: told, came: came.slice(0, usualLimit).map(show) })
  }

  return {
    async createOrder(account, order) {
      check(OrderRequestSchema, order)
      return createOrder(deps, { accountId: one(account), given: order, origin: origin(), requestId })
    },
    async listOrders(account, filter, limit = usualLimit) {
      checkQuery(orderSearch, { ...filter, limit })
      const found = []
      for await (const order of store.orders(known(account))) {
        if (orderFits(order, filter)) found.push(showOrder(order))
        if (found.length === limit) break
      }
      return found
    },
    getOrder: async (account, id) => showOrder(await findOrder(store, one(account), id)),
    async waitForOrders(account, filter, options) {
      check(orderWait, { filter, ...options })
      return waited(
        'orders',
        {
          existing: () => ordersOf(account),
          subscribe: (listener) => changes.on('order', listener),
          fits: (order) => isOf(account, order.accountId) && orderFits(order, filter),
          key: ({ token }) => token,
        },
        showOrder,
        options,
        filter,
      )
    },
    async completeOrder(account, id, outcome) {
      check(OutcomeSchema, outcome)
      return completeOrder(deps, one(account), id, outcome, requestId)
    },

    async listRequests(account, filter, limit = usualLimit) {
      check(RequestSearchSchema, { filter, limit })
      const fitting = (await requestsOf(account)).filter((entry) => requestDifferences(entry, filter).length === 0)
      return { requests: fitting.slice(0, limit), dropped: await journal.dropped() }
    },
    async getRequest(id) {
      const found = (await journal.list(null)).find((recorded) => recorded.id === id)
      if (found === undefined) throw errors.unknownRequest(id)
      return showRequest(found)
    },
    async waitForRequests(account, filter, options) {
      check(requestWait, { filter, ...options })
      return waited(
        'requests',
        {
          existing: () => requestsOf(account),
          subscribe: (listener) =>
            changes.on('request', (recorded) => {
              listener(showRequest(recorded))
            }),
          fits: (entry) => isOf(account, entry.account) && requestDifferences(entry, filter).length === 0,
          key: ({ id }) => id,
        },
        (entry) => entry,
        options,
        filter,
      )
    },
    async verifyRequests(account, filter) {
      check(RequestFilterSchema, filter)
      return verify(await requestsOf(account), filter)
    },

    async listDeliveries(account, filter, limit = usualLimit) {
      checkQuery(deliverySearch, { ...filter, limit })
      const found = (await deliveries.list(known(account))).filter((delivery) => deliveryFits(delivery, filter))
      return { deliveries: found.slice(0, limit).map(showDelivery), dropped: await deliveries.dropped() }
    },
    async waitForDeliveries(account, filter, options) {
      check(deliveryWait, { filter, ...options })
      return waited(
        'deliveries',
        {
          existing: () => deliveries.list(known(account)),
          subscribe: (listener) => changes.on('delivery', listener),
          fits: (delivery) => isOf(account, delivery.accountId) && deliveryFits(delivery, filter),
          key: deliveryId,
        },
        showDelivery,
        options,
        filter,
      )
    },
    replayDelivery: async (id) => showDelivery(await deliveries.replay(id)),

    async addWebhook(account, webhook) {
      check(WebhookToAddSchema, webhook)
      const added = await addWebhook(deps, { accountId: known(account), ...webhook })
      settingChanged()
      return added
    },
    listWebhooks: async (account) => (await webhooks.list(known(account) ?? undefined)).map(showWebhook),
    async removeWebhook(id) {
      await removeWebhook(deps, id)
      settingChanged()
    },

    async addFault(account, fault) {
      check(FaultToAddSchema, fault)
      const added = await addFault(deps, known(account), fault)
      settingChanged()
      return added
    },
    listFaults: async (account) => faults.list(known(account)),
    async removeFault(id) {
      if (!(await faults.remove(id))) throw errors.unknownFault(id)
      settingChanged()
    },
    async removeFaults(account) {
      const listed = await faults.list(known(account))
      for (const fault of listed) if (account === null || fault.account === account) await faults.remove(fault.id)
      settingChanged()
    },

    readClock: reading,
    async freezeClock() {
      await clock.freeze()
      return clockChanged()
    },
    async resumeClock() {
      await clock.resume()
      return clockChanged()
    },
    async setClock(now) {
      check(TimeToSetSchema, { now })
      const instant = instantOf(now)
      if (Number.isNaN(instant)) throw errors.invalidBody(['body/now must be a date-time such as 2026-01-31T09:30:00Z'])
      await clock.set(instant)
      return clockChanged()
    },
    async advanceClock(ms) {
      check(TimeToPassSchema, { ms })
      await clock.advance(ms)
      return clockChanged()
    },

    reset: async (account) => reset(deps, known(account)),
    takeSnapshot: async (account) => takeSnapshot(deps, known(account)),
    loadSnapshot: (snapshot) => loadSnapshot(deps, snapshot),
  }
}
