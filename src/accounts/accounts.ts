import { maxAccountLength } from '../../schemas/headers'
import { errors, type SandboxError } from '../errors'
import { isText, noText } from '../validation/text'
import { personaOf } from './personas'

/** An account as `SANDBOX_ACCOUNTS` lists it. */
export interface ConfiguredAccount {
  readonly state: 'active' | 'disabled'
  /** The ATS that it is linked to; null: none in particular. */
  readonly provider: string | null
}

/** What was set of an account while the sandbox runs. */
interface AccountSetting {
  readonly status: 'active' | 'disabled' | 'unlinked'
  readonly provider: string | null
}

export interface KnownAccounts {
  /** Null: any account is known. */
  readonly configured: ReadonlyMap<string, ConfiguredAccount> | null
  /** What was set since, which takes precedence. */
  readonly current: () => ReadonlyMap<string, AccountSetting>
}

/** Why calls for an account are refused; undefined if they are not (docs/contract.md: Authentication and accounts). */
export function whyRefused(id: string, accounts: KnownAccounts): SandboxError | undefined {
  const malformed = whyMalformed(id)
  if (malformed !== undefined) return malformed
  const status = statusOf(id, accounts)
  if (status === 'active') return undefined
  return status === 'disabled' ? errors.disabledAccount(id) : errors.unknownAccount(id)
}

/**
 * Why the control API refuses an account: as for calls, except that an account that was disabled or unlinked while the
 * sandbox runs can still be looked at and reset.
 */
export const whyNotControlled = (id: string, accounts: KnownAccounts): SandboxError | undefined =>
  accounts.current().has(id) ? undefined : whyRefused(id, accounts)

/** Why there can be no account with that id; undefined if there can. */
export function whyMalformed(id: string): SandboxError | undefined {
  if (id.trim() === '') return errors.missingAccount()
  if (!isText(id)) return errors.malformedRequest(`the account ${noText}`)
  return id.length > maxAccountLength ? errors.accountTooLong(maxAccountLength) : undefined
}

/** Whether an account can be used; unlinked if there is none. */
export function statusOf(id: string, { configured, current }: KnownAccounts): AccountSetting['status'] {
  const set = current().get(id)
  if (set !== undefined) return set.status
  if (configured === null || personaOf(id) !== undefined) return 'active'
  return configured.get(id)?.state ?? 'unlinked'
}

/** The ATS that an account is linked to; null: none in particular. */
export const providerOf = (id: string, { configured, current }: KnownAccounts): string | null =>
  current().get(id)?.provider ?? configured?.get(id)?.provider ?? personaOf(id)?.provider ?? null
