import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { AccountState } from '../config'
import { errors, type SandboxError } from '../errors'

/** StackOne's own identifiers are far shorter; assumed. */
export const maxAccountLength = 255

type KnownAccounts = ReadonlyMap<string, AccountState> | null

/** Wants `x-account-id` on every call; null for `accounts` knows any (contract: Authentication and account). */
export const account = fp<{ accounts: KnownAccounts }>((app: FastifyInstance, { accounts }) => {
  app.addHook('onRequest', (request, _reply, done) => {
    const id = request.headers['x-account-id']
    const refusal = whyRefused(id, accounts)
    if (refusal === undefined) request.accountId = id as string
    done(refusal)
  })
})

function whyRefused(id: string | string[] | undefined, accounts: KnownAccounts): SandboxError | undefined {
  if (typeof id !== 'string' || id.trim() === '') return errors.missingAccount()
  if (id.length > maxAccountLength) return errors.accountTooLong(maxAccountLength)
  const state = accounts === null ? 'active' : accounts.get(id)
  if (state === undefined) return errors.unknownAccount(id)
  return state === 'disabled' ? errors.disabledAccount(id) : undefined
}
