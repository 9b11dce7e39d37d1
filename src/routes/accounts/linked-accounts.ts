import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import {
  type LinkedAccount,
  LinkedAccountSchema,
  type ListAccountsQuery,
  ListAccountsQuerySchema,
} from '../../../schemas/account'
import { IdParams } from '../../../schemas/queries'
import { linkedAccount, linkedAccounts } from '../../accounts/linked-accounts'
import { accountFacts } from '../../control/account-facts'
import type { Deps } from '../../deps'
import { errors } from '../../errors'

/** `GET /accounts` and `GET /accounts/{id}`: the accounts that are linked with a provider. */
export const linkedAccountsRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
  api.get(
    '/accounts',
    {
      config: { operation: 'accounts.list' },
      schema: {
        operationId: 'stackone_list_linked_accounts',
        summary: 'List the linked accounts',
        tags: ['Accounts'],
        querystring: ListAccountsQuerySchema,
        response: { 200: Type.Array(LinkedAccountSchema, { description: 'The linked accounts' }) },
      },
    },
    async ({ query }) => {
      const all = linkedAccounts(await accountFacts(deps)).filter((account) => isAsked(account, query))
      const size = whole('page_size', query.page_size ?? 25, 100)
      const start = (whole('page', query.page ?? 1, 1_000_000) - 1) * size
      return all.slice(start, start + size)
    },
  )

  api.get(
    '/accounts/:id',
    {
      config: { operation: 'accounts.get' },
      schema: {
        operationId: 'stackone_get_account',
        summary: 'Read a linked account',
        tags: ['Accounts'],
        params: IdParams('Identifier of the account', 'acme'),
        response: { 200: LinkedAccountSchema },
      },
    },
    async ({ params }) => {
      const found = await accountFacts(deps)
      const account = linkedAccount(params.id, found)
      if (account === null) throw errors.unknownAccount(params.id)
      return account
    },
  )
  done()
}

function isAsked(account: LinkedAccount, query: ListAccountsQuery): boolean {
  const isIn = (value: string, ...asked: (string | string[] | null | undefined)[]) => {
    const all = asked.flatMap((each) => each ?? [])
    return all.length === 0 || all.includes(value)
  }
  return (
    isIn(account.id, query.account_ids) &&
    isIn(account.origin_owner_id, query.origin_owner_id, query.origin_owner_ids) &&
    isIn(account.provider, query.provider, query.providers) &&
    isIn(account.status, query.status)
  )
}

function whole(name: string, number: number, most: number): number {
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw errors.invalidQuery([`${name} must be a whole number from 1 to ${String(most)}`])
}
