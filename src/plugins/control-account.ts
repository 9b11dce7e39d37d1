import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { type KnownAccounts, whyRefused } from './account'

/** Takes the account of a control call from `?account=` or from `x-account-id`. Without either it is about all accounts. */
export const controlAccount = fp<{ accounts: KnownAccounts }>((app: FastifyInstance, { accounts }) => {
  app.addHook('preValidation', (request, _reply, done) => {
    const { account } = request.query as { account?: string }
    const id = account ?? (request.headers['x-account-id'] as string | undefined)
    const refusal = id === undefined ? undefined : whyRefused(id, accounts)
    if (id !== undefined && refusal === undefined) request.accountId = id
    done(refusal)
  })
})
