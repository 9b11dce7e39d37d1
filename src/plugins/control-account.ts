import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { type KnownAccounts, whyNotControlled } from '../accounts/accounts'
import { errors } from '../errors'

/**
 * Reads the account of a control call from `?account=` or `x-account-id`. Without either, the call is about all
 * accounts.
 */
export const controlAccount = fp<{ accounts: KnownAccounts }>(
  (app: FastifyInstance, { accounts }) => {
    app.addHook('preValidation', (request, _reply, done) => {
      const { account } = request.query as { account?: unknown }
      const id = account ?? request.headers['x-account-id']
      if (id === undefined) {
        done()
      } else if (typeof id !== 'string') {
        // Not every route has a schema for its query, and validation comes later.
        done(errors.invalidQuery(['query/account must be string']))
      } else {
        const refusal = whyNotControlled(id, accounts)
        if (refusal === undefined) request.accountId = id
        done(refusal)
      }
    })
  },
  { name: 'control-account', dependencies: ['request-facts'] },
)
