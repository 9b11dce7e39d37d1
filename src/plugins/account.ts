import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { maxAccountLength } from '../../schemas/headers'
import type { AccountState } from '../config'
import { errors, type SandboxError } from '../errors'
import { personaOf } from '../personas'

/** Null: any account is known. */
export type KnownAccounts = ReadonlyMap<string, AccountState> | null

/** Wants `x-account-id` on every call; null for `accounts` knows any (contract: Authentication and account). */
export const account = fp<{ accounts: KnownAccounts }>((app: FastifyInstance, { accounts }) => {
  app.addHook('onRequest', (request, _reply, done) => {
    // Node joins a repeated header: only a few are ever lists, and this is none of them.
    const id = (request.headers['x-account-id'] as string | undefined) ?? ''
    request.accountId = id.slice(0, maxAccountLength)
    done(whyRefused(id, accounts))
  })
})

/** The error for an account that may not be used; undefined when it may. */
export function whyRefused(id: string, accounts: KnownAccounts): SandboxError | undefined {
  if (id.trim() === '') return errors.missingAccount()
  if (id.length > maxAccountLength) return errors.accountTooLong(maxAccountLength)
  const isKnown = accounts === null || personaOf(id) !== undefined
  const state = isKnown ? 'active' : accounts.get(id)
  if (state === undefined) return errors.unknownAccount(id)
  return state === 'disabled' ? errors.disabledAccount(id) : undefined
}
