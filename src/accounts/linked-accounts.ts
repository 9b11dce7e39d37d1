import type { LinkedAccount } from '../../schemas/account'
import { isoTime } from '../date-time'
import { type KnownAccounts, providerOf, statusOf } from './accounts'
import { disabled, personaOf } from './personas'

/** What an account's dates and status are made from. */
export interface LinkedAccountsDeps extends KnownAccounts {
  /** The accounts that made calls, or have orders. */
  readonly seen: ReadonlySet<string>
  /** When accounts count as linked, in milliseconds since 1970. */
  readonly since: number
  /** When an account was last changed, if it was. */
  readonly updatedAt: (id: string) => number | undefined
}

/**
 * The linked accounts: those that are configured or, if any account is known, those that were seen; and those that were
 * set up while the sandbox runs. Sorted by id.
 */
export function linkedAccounts(deps: LinkedAccountsDeps): LinkedAccount[] {
  const known = deps.configured === null ? [...deps.seen] : [...deps.configured.keys()]
  const ids = [...new Set([...known, ...deps.current().keys()])].sort()
  return ids.flatMap((id) => linkedAccount(id, deps) ?? [])
}

/** The linked account with that id; null if there is none. The magic accounts are linked, although no list has them. */
export function linkedAccount(id: string, deps: LinkedAccountsDeps): LinkedAccount | null {
  const { configured, current, seen } = deps
  const status = statusOf(id, deps)
  if (status === 'unlinked') return null
  const persona = personaOf(id)
  // Where any account is known, one that did nothing yet isn't linked.
  if (configured === null && persona === undefined && !current().has(id) && !seen.has(id)) return null
  const provider = providerOf(id, deps) ?? 'sandbox'
  const at = isoTime(deps.since)
  const trouble = status === 'disabled' ? { status: 'inactive' as const, ...disabled } : persona?.linked
  const changedAt = isoTime(deps.updatedAt(id) ?? deps.since)
  return {
    id,
    provider,
    provider_name: provider.charAt(0).toUpperCase() + provider.slice(1),
    origin_owner_id: id,
    origin_owner_name: id,
    origin_username: null,
    status: trouble?.status ?? 'active',
    status_reasons: trouble ? [{ code: trouble.code, description: trouble.description, timestamp: changedAt }] : null,
    type: 'test',
    label: null,
    setup_information: null,
    credentials: null,
    created_at: at,
    updated_at: changedAt,
  }
}
