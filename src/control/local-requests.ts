import { WaitSchema } from '../../schemas/control/builders'
import {
  MatchSchema,
  type RequestFilter,
  RequestFilterSchema,
  VerifyCleanSchema,
  VerifySchema,
} from '../../schemas/control/requests'
import type { State } from '../deps'
import { errors } from '../errors'
import type { Recorded } from '../store/records'
import { check } from '../validation/check'
import type { Account, Control } from './control'
import { requireSmallAllow, requireSmallFilter } from './filter-size'
import { listPart } from './list-part'
import { type ExactFilter, isUndecided, matchRequests, requestFits } from './match-request'
import { RequestSearchSchema, showRequest, sizeOfRequest } from './requests'
import { type Kept, verifyRequests } from './verify'
import { verifyClean } from './verify-clean'
import { waited } from './waited'

const RequestWaitSchema = WaitSchema(RequestFilterSchema)

type RequestControl = Pick<
  Control,
  'listRequests' | 'getRequest' | 'waitForRequests' | 'matchRequests' | 'verifyRequests' | 'verifyClean'
>

/** What can be asked about the requests that came. `known` throws for an account that may not be used. */
export function localRequests(
  { journal, changes, store }: Pick<State, 'journal' | 'changes' | 'store'>,
  known: (account: Account) => Account,
  signal: AbortSignal | undefined,
): RequestControl {
  const requestsOf = (account: Account) => journal.list(known(account))
  const isOf = (account: Account, accountId: string | null) => account === null || account === accountId

  /** `filter` with the order that it names, by its id or its remote id. */
  async function exact(account: Account, filter: RequestFilter): Promise<ExactFilter> {
    const { orderId } = filter
    if (orderId === undefined) return filter
    const inAccount = account === null ? null : await store.findOrder(account, orderId)
    const order = inAccount ?? (await store.findOrderByRemoteId(orderId))
    return order === null || !isOf(account, order.accountId) ? filter : { ...filter, order }
  }

  const keptOf = async (account: Account): Promise<Kept> => ({
    requests: await requestsOf(account),
    isComplete: await journal.isComplete(account),
  })

  return {
    async listRequests(account, filter, options) {
      requireSmallFilter(filter)
      check(RequestSearchSchema, { filter, ...options })
      const all = await requestsOf(account)
      const wanted = await exact(account, filter)
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
    },
    async getRequest(id) {
      const found = (await journal.list(null)).find((recorded) => recorded.id === id)
      if (found === undefined) throw errors.unknownRequest(id)
      return showRequest(found, Infinity)
    },
    async waitForRequests(account, filter, options) {
      requireSmallFilter(filter)
      check(RequestWaitSchema, { filter, ...options })
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
    async matchRequests(account, filter) {
      requireSmallFilter(filter)
      check(MatchSchema, { filter })
      return matchRequests(await requestsOf(account), await exact(account, filter))
    },
    async verifyRequests(account, filter, expectation) {
      requireSmallFilter(filter)
      check(VerifySchema, { filter, ...expectation })
      return verifyRequests(await keptOf(account), await exact(account, filter), expectation)
    },
    async verifyClean(account, options) {
      requireSmallAllow(options.allow)
      check(VerifyCleanSchema, options)
      const { allow = [], atLeast = 1 } = options
      const allowed = await Promise.all(allow.map((each) => exact(account, each)))
      return verifyClean(await keptOf(account), allowed, atLeast)
    },
  }
}
