import { maxAccountLength } from '../../schemas/headers'
import { errors, type SandboxError } from '../errors'
import { isText, noText } from '../validation/text'
import { personaOf } from './personas'

/** Null accepts any account. */
export type KnownAccounts = ReadonlyMap<string, AccountState> | null

/** Why calls for an account are refused; undefined if they are not (docs/contract.md: Authentication and accounts). */
export function whyRefused(id: string, accounts: KnownAccounts): SandboxError | undefined {
  if (id.trim() === '') return errors.missingAccount()
  if (!isText(id)) return errors.malformedRequest(`the account ${noText}`)
  if (id.length > maxAccountLength) return errors.accountTooLong(maxAccountLength)
  const isKnown = accounts === null || personaOf(id) !== undefined
  const state = isKnown ? 'active' : accounts.get(id)
  if (state === undefined) return errors.unknownAccount(id)
  return state === 'disabled' ? errors.disabledAccount(id) : undefined
}

export type AccountState = 'active' | 'disabled'
