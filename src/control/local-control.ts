import { Type } from '@sinclair/typebox'
import { Limit, Next, WaitSchema } from '../../schemas/control/builders'
import { TimeToPassSchema, TimeToSetSchema } from '../../schemas/control/clock'
import { DeliveryFilterSchema } from '../../schemas/control/deliveries'
import { FaultToAddSchema } from '../../schemas/control/faults'
import { OrderFilterSchema, OutcomeSchema } from '../../schemas/control/orders'
import { WebhookToAddSchema } from '../../schemas/control/webhooks'
import { OrderRequestSchema } from '../../schemas/order'
import { whyRefused } from '../accounts/accounts'
import { findOrder } from '../assessments/find-order'
import { usableAccount } from '../config'
import { instantOf, isoTime } from '../date-time'
import type { Deps } from '../deps'
import { errors } from '../errors'
import { type Delivery, deliveryId } from '../store/records'
import { check, checkQuery } from '../validation/check'
import { unknownNames } from '../validation/suspicions'
import { hasWarnings, sentencesOf } from '../warnings'
import type { Account, Control } from './control'
import { showDelivery, sizeOfDelivery } from './deliveries'
import { addFault } from './faults'
import { listOrders, sizeOfOrder } from './list-orders'
import { listPart } from './list-part'
import { localRequests } from './local-requests'
import { deliveryFits, orderFits } from './match'
import { completeOrder, createOrder, showOrder } from './orders'
import { loadSnapshot, reset, untilLoaded } from './snapshot'
import { takeSnapshot } from './take-snapshot'
import { waited } from './waited'
import { addWebhook, removeWebhook, showWebhook } from './webhooks'

const exactly = { additionalProperties: false }
const orderSearch = Type.Object({ ...OrderFilterSchema.properties, limit: Limit, next: Next }, exactly)
const deliverySearch = Type.Object({ ...DeliveryFilterSchema.properties, limit: Limit, next: Next }, exactly)
const unknownInOrder = unknownNames(OrderRequestSchema, 'body')
const orderWait = WaitSchema(OrderFilterSchema)
const deliveryWait = WaitSchema(DeliveryFilterSchema)

export interface ControlContext {
  /** What the `test_url` of orders made here starts with. */
  origin: () => string
  /** Ends what is waited for. */
  signal?: AbortSignal
  /** Whether anyone may ask: then nothing secret is told. */
  isOpen: boolean
  /** The request that asks; null when none does. */
  requestId: string | null
}

/** The control of a sandbox in this process. */
export function localControl(deps: Deps, { origin, signal, isOpen, requestId }: ControlContext): Control {
  const { changes, clock, store, deliveries, faults, webhooks } = deps
  /** `account`, where it may be used. Throws as the emulated API does. */
  function known<A extends Account>(account: A): A {
    const refusal = account === null ? undefined : whyRefused(account, deps.config.accounts)
    if (refusal !== undefined) throw refusal
    return account
  }
  const one = (account: Account) => known(account ?? usableAccount(deps.config))
  const showToCaller = (delivery: Delivery) => showDelivery(delivery, isOpen)
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

  return {
    async createOrder(account, order) {
      check(OrderRequestSchema, order)
      const unknown = unknownInOrder(order)
      if (hasWarnings(unknown)) throw errors.invalidBody(sentencesOf(unknown))
      return createOrder(deps, { accountId: one(account), given: order, origin: origin(), requestId })
    },
    async listOrders(account, filter, options) {
      checkQuery(orderSearch, { ...filter, ...options })
      return listOrders(store, known(account), filter, options)
    },
    getOrder: async (account, id) => showOrder(await findOrder(store, one(account), id)),
    async waitForOrders(account, filter, options) {
      check(orderWait, { filter, ...options })
      return waited(
        {
          account: known(account),
          what: 'orders',
          changes,
          signal,
          existing: () => store.orders(account),
          subscribe: (listener) => changes.on('order', listener),
          fits: (order) => isOf(account, order.accountId) && orderFits(order, filter),
          key: ({ token }) => token,
          show: showOrder,
          sizeOf: sizeOfOrder,
          filter,
        },
        options,
      )
    },
    async completeOrder(account, id, outcome) {
      check(OutcomeSchema, outcome)
      return completeOrder(deps, one(account), id, outcome, requestId)
    },

    ...localRequests(deps, known, signal),

    async listDeliveries(account, filter, options) {
      checkQuery(deliverySearch, { ...filter, ...options })
      const fits = (delivery: Delivery) => deliveryFits(delivery, filter)
      const { items, ...facts } = await listPart(
        { all: deliveries.list(known(account)), fits, keyOf: deliveryId, sizeOf: sizeOfDelivery },
        options,
      )
      return { deliveries: items.map(showToCaller), ...facts, dropped: await deliveries.dropped() }
    },
    async waitForDeliveries(account, filter, options) {
      check(deliveryWait, { filter, ...options })
      return waited(
        {
          account: known(account),
          what: 'deliveries',
          changes,
          signal,
          existing: () => deliveries.list(account),
          subscribe: (listener) => changes.on('delivery', listener),
          fits: (delivery) => isOf(account, delivery.accountId) && deliveryFits(delivery, filter),
          key: deliveryId,
          show: showToCaller,
          sizeOf: sizeOfDelivery,
          filter,
        },
        options,
      )
    },
    replayDelivery: async (id) => showToCaller(await deliveries.replay(id)),

    async addWebhook(account, webhook) {
      check(WebhookToAddSchema, webhook)
      const added = await addWebhook(deps, { accountId: known(account), ...webhook })
      settingChanged()
      return added
    },
    listWebhooks: async (account) =>
      (await webhooks.list(known(account) ?? undefined)).map((each) => showWebhook(each, isOpen)),
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
      await faults.removeAll(known(account))
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

    async reset(account) {
      const which = known(account)
      await untilLoaded(deps)
      await reset(deps, which)
    },
    takeSnapshot: async (account) => takeSnapshot(deps, known(account), isOpen),
    loadSnapshot: (snapshot) => loadSnapshot(deps, snapshot),
  }
}
