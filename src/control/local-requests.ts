import {
  MatchSchema,
  type RequestFilter,
  RequestFilterSchema,
  VerifyCleanSchema,
  VerifySchema,
} from '../../schemas/control/requests'
import { WaitSchema } from '../../schemas/control/shared'
import type { Deps } from '../deps'
import { errors } from '../errors'
import type { Recorded } from '../store/journal'
import { check } from './check'
import type { Account, Control } from './control'
import { listPart } from './list-part'
import { matchRequests, requestFits } from './match-request'
import { RequestSearchSchema, showRequest } from './requests'
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
  { journal, changes, store }: Deps,
  known: (account: Account) => Account,
  signal: AbortSignal | undefined,
): RequestControl {
  const requestsOf = (account: Account) => journal.list(known(account))
  const isOf = (account: Account, accountId: string | null) => account === null || account === accountId

  /** `filter` as a function; an order's remote id is looked up, since the journal knows the other alone. */
  async function fitsFor(filter: RequestFilter) {
    const exact = await withOrderId(filter)
    return (recorded: Recorded) => requestFits(recorded, exact)
  }

  async function withOrderId(filter: RequestFilter): Promise<RequestFilter> {
    if (filter.orderId === undefined) return filter
    const order = await store.findOrderByRemoteId(filter.orderId)
    return order === null ? filter : { ...filter, orderId: order.id }
  }

  const keptOf = async (account: Account): Promise<Kept> => ({
    requests: await requestsOf(account),
    isComplete: await journal.isComplete(account),
  })

  return {
    async listRequests(account, filter, options) {
      check(RequestSearchSchema, { filter, ...options })
      const { items, ...facts } = listPart(await requestsOf(account), await fitsFor(filter), options, ({ id }) =>
        String(id),
      )
      return { requests: items.map((each) => showRequest(each)), ...facts, dropped: await journal.dropped() }
    },
    async getRequest(id) {
      const found = (await journal.list(null)).find((recorded) => recorded.id === id)
      if (found === undefined) throw errors.unknownRequest(id)
      return showRequest(found, Infinity)
    },
    async waitForRequests(account, filter, options) {
      check(RequestWaitSchema, { filter, ...options })
      const fits = await fitsFor(filter)
      return waited(
        {
          what: 'requests',
          changes,
          signal,
          existing: () => requestsOf(account),
          subscribe: (listener) => changes.on('request', listener),
          fits: (recorded) => isOf(account, recorded.accountId) && fits(recorded),
          key: ({ id }) => id,
          show: (recorded) => showRequest(recorded),
          filter,
        },
        options,
      )
    },
    async matchRequests(account, filter) {
      check(MatchSchema, { filter })
      return matchRequests(await requestsOf(account), await withOrderId(filter))
    },
    async verifyRequests(account, filter, expectation) {
      check(VerifySchema, { filter, ...expectation })
      return verifyRequests(await keptOf(account), await withOrderId(filter), expectation)
    },
    async verifyClean(account, allow) {
      check(VerifyCleanSchema, { allow })
      return verifyClean(await keptOf(account), await Promise.all(allow.map(withOrderId)))
    },
  }
}
