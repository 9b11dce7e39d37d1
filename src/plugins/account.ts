import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { maxAccountLength } from '../../schemas/headers'
import { type KnownAccounts, whyRefused } from '../accounts/accounts'

/** Requires `x-account-id`. Null for `accounts` accepts any account (docs/contract.md: Authentication and accounts). */
export const account = fp<{ accounts: KnownAccounts }>(
  (app: FastifyInstance, { accounts }) => {
    app.addHook('onRequest', (request, _reply, done) => {
      // Node joins repeated headers of this name, so it is never a list.
      const id = (request.headers['x-account-id'] as string | undefined) ?? ''
      request.accountId = id.slice(0, maxAccountLength)
      done(whyRefused(id, accounts))
    })
  },
  { name: 'account', dependencies: ['request-facts'] },
)
