import { orderBodies } from '../../schemas/order-bodies'
import { whyNotControlled, whyRefused } from '../accounts/accounts'
import { findOrder } from '../assessments/find-order'
import { usableAccount } from '../config'
import { instantOf, isoTime } from '../date-time'
import { type Deps, knownAccounts } from '../deps'
import { errors } from '../errors'
import { check, checkQuery } from '../validation/check'
import { unknownNames } from '../validation/suspicions'
import { idsWithoutText } from '../validation/text'
import { hasWarnings, sentencesOf } from '../warnings'
import { calls } from './calls'
import type { Account, Control } from './control'
import { addFault } from './faults'
import { listOrders, sizeOfOrder } from './list-orders'
import { localAccounts } from './local-accounts'
import { localAts } from './local-ats'
import { createDemo } from './demo'
import { localDeliveries } from './local-deliveries'
import { localRequests } from './local-requests'
import { orderFits } from './match'
import { cancelOrder, completeOrder, createOrder, showOrder } from './orders'
import { loadSnapshot, reset, untilLoaded } from './snapshot'
import { takeSnapshot } from './take-snapshot'
import { isWithin, timeRange } from './time-range'
import { waited } from './waited'
import { addWebhook, removeWebhook, showWebhook, updateWebhook } from './webhooks'

const unknownInOrder = {
  assessment: unknownNames(orderBodies.assessment, 'body'),
  background_check: unknownNames(orderBodies.background_check, 'body'),
}

export interface ControlContext {
  /** Base URL of the `test_url` of orders created here. */
  origin: () => string
  /** Ends pending waits. */
  signal?: AbortSignal
  /** Whether anyone may call: then secrets are left out. */
  isOpen: boolean
  /** The HTTP request behind the call; null if there is none. */
  requestId: string | null
}

/** The control of a sandbox in this process. */
export function localControl(deps: Deps, { origin, signal, isOpen, requestId }: ControlContext): Control {
  const { changes, clock, store, faults, webhooks } = deps
  /** Returns `account` if there is one; otherwise throws as the emulated API does. */
  function known<A extends Account>(account: A): A {
    const refusal = account === null ? undefined : whyNotControlled(account, knownAccounts(deps))
    if (refusal !== undefined) throw refusal
    return account
  }
  const one = (account: Account) => known(account ?? usableAccount(deps.config))
  /** Likewise, for an account that has to be linked. */
  function linked(account: Account): string {
    const id = one(account)
    const refusal = whyRefused(id, knownAccounts(deps))
    if (refusal !== undefined) throw refusal
    return id
  }
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
    async createOrder({ account, query, body }) {
      checkQuery(calls.createOrder.query, query)
      const { kind = 'assessment' } = query
      check(orderBodies[kind], body)
      const unknown = unknownInOrder[kind](body)
      if (hasWarnings(unknown)) throw errors.invalidBody(sentencesOf(unknown))
      const { id, candidate, job, application } = body
      const parts = Object.entries({ '': { id }, '/candidate': candidate, '/job': job, '/application': application })
      const wrongIds = parts.flatMap(([place, part]) => idsWithoutText(part, `body${place}`))
      if (wrongIds.length > 0) throw errors.invalidBody(wrongIds)
      return createOrder(deps, {
        kind,
        accountId: linked(account),
        given: body,
        origin: origin(),
        requestId,
      })
    },
    createDemo: ({ account }) => createDemo(deps, { accountId: linked(account), origin: origin(), requestId }),
    async listOrders({ account, query }) {
      checkQuery(calls.listOrders.query, query)
      const { limit, next, ...filter } = query
      return listOrders(store, known(account), filter, { limit, next })
    },
    getOrder: async ({ account, params: { id } }) => showOrder(await findOrder(store, one(account), id)),
    async waitForOrders({ account, body }) {
      check(calls.waitForOrders.body, body)
      const { filter = {}, ...options } = body
      const range = timeRange(filter, 'body/filter')
      return waited(
        {
          account: known(account),
          what: 'orders',
          changes,
          signal,
          existing: () => store.orders(account),
          subscribe: (listener) => changes.on('order', listener),
          fits: (order) =>
            isOf(account, order.accountId) && isWithin(order.orderedAt, range) && orderFits(order, filter),
          key: ({ token }) => token,
          show: showOrder,
          sizeOf: sizeOfOrder,
          filter,
        },
        options,
      )
    },
    async completeOrder({ account, params: { id }, body }) {
      check(calls.completeOrder.body, body)
      return completeOrder(deps, one(account), id, body, requestId)
    },

    cancelOrder: ({ account, params: { id } }) => cancelOrder(deps, one(account), id, requestId),

    ...localRequests(deps, known, signal),
    ...localAccounts(deps, one, { isOpen, requestId }),
    ...localAts(deps, one, requestId),
    ...localDeliveries(deps, known, { isOpen, signal }),

    async addWebhook({ account, body }) {
      check(calls.addWebhook.body, body)
      const added = await addWebhook(deps, { accountId: known(account), ...body })
      settingChanged()
      return added
    },
    async listWebhooks({ account }) {
      const found = await webhooks.list(known(account) ?? undefined)
      return { webhooks: found.map((each) => showWebhook(each, isOpen)) }
    },
    async updateWebhook({ params: { id }, body }) {
      check(calls.updateWebhook.body, body)
      const changed = await updateWebhook(deps, id, body)
      settingChanged()
      return changed
    },
    async removeWebhook({ params: { id } }) {
      await removeWebhook(deps, id)
      settingChanged()
    },

    async addFault({ account, body }) {
      check(calls.addFault.body, body)
      const added = await addFault(deps, known(account), body)
      settingChanged()
      return added
    },
    listFaults: async ({ account }) => ({ faults: await faults.list(known(account)) }),
    async removeFault({ params: { id } }) {
      if (!(await faults.remove(id))) throw errors.unknownFault(id)
      settingChanged()
    },
    async removeFaults({ account }) {
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
    async setClock({ body }) {
      check(calls.setClock.body, body)
      const instant = instantOf(body.now)
      if (Number.isNaN(instant)) throw errors.invalidBody(['body/now must be a date-time such as 2026-01-31T09:30:00Z'])
      await clock.set(instant)
      return clockChanged()
    },
    async advanceClock({ body }) {
      check(calls.advanceClock.body, body)
      await clock.advance(body.ms)
      return clockChanged()
    },

    async reset({ account }) {
      const which = known(account)
      await untilLoaded(deps)
      await reset(deps, which)
    },
    async readReport({ account }) {
      // Loaded lazily: few sandboxes are asked for it.
      const { wholeReport } = require('./report/report') as typeof import('./report/report')
      return wholeReport(deps, known(account))
    },

    takeSnapshot: async ({ account }) => takeSnapshot(deps, known(account), isOpen),
    loadSnapshot: ({ body }) => loadSnapshot(deps, body),
  }
}
