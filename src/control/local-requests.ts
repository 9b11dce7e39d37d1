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
import { compareRequest, type ExactFilter, matchRequests, requestFits } from './match-request'
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
      check(RequestSearchSchema, { filter, ...options })
      const all = await requestsOf(account)
      const wanted = await exact(account, filter)
      const fits = (recorded: Recorded) => requestFits(recorded, wanted)
      const { items, ...facts } = listPart(all, fits, options, ({ id }) => String(id))
      const undecided = all.filter((recorded) => compareRequest(recorded, wanted).isUndecided).length
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
      check(RequestWaitSchema, { filter, ...options })
      const wanted = await exact(account, filter)
      return waited(
        {
          what: 'requests',
          changes,
          signal,
          existing: () => requestsOf(account),
          subscribe: (listener) => changes.on('request', listener),
          fits: (recorded) => isOf(account, recorded.accountId) && requestFits(recorded, wanted),
          isUndecided: (recorded) => compareRequest(recorded, wanted).isUndecided,
          key: ({ id }) => id,
          show: (recorded) => showRequest(recorded),
          filter,
        },
        options,
      )
    },
    async matchRequests(account, filter) {
      check(MatchSchema, { filter })
      return matchRequests(await requestsOf(account), await exact(account, filter))
    },
    async verifyRequests(account, filter, expectation) {
      check(VerifySchema, { filter, ...expectation })
      return verifyRequests(await keptOf(account), await exact(account, filter), expectation)
    },
    async verifyClean(account, options) {
      check(VerifyCleanSchema, options)
      const { allow = [], atLeast = 1 } = options
      const allowed = await Promise.all(allow.map((each) => exact(account, each)))
      return verifyClean(await keptOf(account), allowed, atLeast)
    },
  }
}
