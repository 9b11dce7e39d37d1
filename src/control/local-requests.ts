import type { ListOptions } from '../../schemas/control/builders'
import type { RequestFilter } from '../../schemas/control/requests'
import type { State } from '../deps'
import { errors } from '../errors'
import type { Recorded } from '../store/records'
import { check, checkQuery } from '../validation/check'
import { calls } from './calls'
import type { Account, Control } from './control'
import { requireSmallAllow, requireSmallFilter } from './filter-size'
import { listPart } from './list-part'
import { type ExactFilter, isUndecided, matchRequests, requestFits } from './match-request'
import { showRequest, sizeOfRequest } from './requests'
import { timeRange } from './time-range'
import { type Kept, verifyRequests } from './verify'
import { violationsIn } from './violations-in'
import { verifyClean } from './verify-clean'
import { waited } from './waited'

type RequestControl = Pick<
  Control,
  | 'listRequests'
  | 'getRequest'
  | 'findRequests'
  | 'waitForRequests'
  | 'matchRequests'
  | 'verifyRequests'
  | 'verifyClean'
>

/** The calls about recorded requests. `known` throws for an account that may not be used. */
export function localRequests(
  { journal, changes, store }: Pick<State, 'journal' | 'changes' | 'store'>,
  known: (account: Account) => Account,
  signal: AbortSignal | undefined,
): RequestControl {
  const requestsOf = (account: Account) => journal.list(known(account))
  const isOf = (account: Account, accountId: string | null) => account === null || account === accountId

  /** `filter`, which is at `place`, with its moments read and the order that its `orderId` refers to, by either id. */
  async function exact(
    account: Account,
    { after, before, ...filter }: RequestFilter,
    place: Parameters<typeof timeRange>[1] = 'body/filter',
  ): Promise<ExactFilter> {
    const isTimed = after !== undefined || before !== undefined
    const timed = { ...filter, ...(isTimed && { time: timeRange({ after, before }, place) }) }
    const { orderId } = filter
    if (orderId === undefined) return timed
    const inAccount = account === null ? null : await store.findOrder(account, orderId)
    const order = inAccount ?? (await store.findOrderByRemoteId(orderId))
    return order === null || !isOf(account, order.accountId) ? timed : { ...timed, order }
  }

  const keptOf = async (account: Account): Promise<Kept> => ({
    requests: await requestsOf(account),
    isComplete: await journal.isComplete(account),
  })

  async function list(account: Account, wanted: ExactFilter, options: ListOptions) {
    const all = await requestsOf(account)
    let undecided = 0
    function fits(recorded: Recorded) {
      if (isUndecided(recorded, wanted)) undecided++
      return requestFits(recorded, wanted)
    }
    const { items, ...facts } = await listPart(
      { all, fits, keyOf: ({ id }) => String(id), sizeOf: sizeOfRequest },
      options,
    )
    return {
      requests: items.map((each) => showRequest(each)),
      ...facts,
      ...(undecided > 0 && { undecided }),
      dropped: await journal.dropped(),
    }
  }

  return {
    async listRequests({ account, query }) {
      checkQuery(calls.listRequests.query, query)
      const { limit, next, ...filter } = query
      return list(account, await exact(account, filter, 'query'), { limit, next })
    },
    async findRequests({ account, body }) {
      const { filter = {}, ...options } = body
      requireSmallFilter(filter)
      check(calls.findRequests.body, body)
      return list(account, await exact(account, filter), options)
    },
    async getRequest({ params: { id } }) {
      const found = (await journal.list(null)).find((recorded) => recorded.id === id)
      if (found === undefined) throw errors.unknownRequest(id)
      return { ...showRequest(found, Infinity), violations: violationsIn(found) }
    },
    async waitForRequests({ account, body }) {
      const { filter = {}, ...options } = body
      requireSmallFilter(filter)
      check(calls.waitForRequests.body, body)
      const wanted = await exact(account, filter)
      return waited(
        {
          account: known(account),
          what: 'requests',
          changes,
          signal,
          existing: () => requestsOf(account),
          subscribe: (listener) => changes.on('request', listener),
          fits: (recorded) => isOf(account, recorded.accountId) && requestFits(recorded, wanted),
          isUndecided: (recorded) => isUndecided(recorded, wanted),
          sizeOf: sizeOfRequest,
          key: ({ id }) => id,
          show: (recorded) => showRequest(recorded),
          filter,
        },
        options,
      )
    },
    async matchRequests({ account, body }) {
      const { filter = {} } = body
      requireSmallFilter(filter)
      check(calls.matchRequests.body, body)
      return matchRequests(await requestsOf(account), await exact(account, filter))
    },
    async verifyRequests({ account, body }) {
      const { filter = {}, ...expectation } = body
      requireSmallFilter(filter)
      check(calls.verifyRequests.body, body)
      return verifyRequests(await keptOf(account), await exact(account, filter), expectation)
    },
    async verifyClean({ account, body }) {
      const { allow = [], atLeast = 1 } = body
      requireSmallAllow(allow)
      check(calls.verifyClean.body, body)
      const allowed = await Promise.all(allow.map((each, i) => exact(account, each, `body/allow/${String(i)}`)))
      return verifyClean(await keptOf(account), allowed, atLeast)
    },
  }
}
