import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { maxAccountLength } from '../../schemas/headers'
import { type KnownAccounts, whyRefused } from '../accounts/accounts'

/** Requires `x-account-id` with a known account (docs/contract.md: Authentication and accounts). */
export const account = fp<{ accounts: KnownAccounts; see: (id: string) => void }>(
  (app: FastifyInstance, { accounts, see }) => {
    app.addHook('onRequest', (request, _reply, done) => {
      // Node joins repeated headers of this name, so it is never a list.
      const id = (request.headers['x-account-id'] as string | undefined) ?? ''
      request.accountId = id.slice(0, maxAccountLength)
      const refusal = whyRefused(id, accounts)
      if (refusal === undefined) see(id)
      done(refusal)
    })
  },
  { name: 'account', dependencies: ['request-facts'] },
)
