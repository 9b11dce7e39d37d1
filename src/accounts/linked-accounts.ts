import type { LinkedAccount } from '../../schemas/account'
import { isoTime } from '../date-time'
import { type KnownAccounts, providerOf, statusOf } from './accounts'

/** What an account's dates and status are made from. */
export interface LinkedAccountsDeps extends KnownAccounts {
  /** The accounts that made calls, or have orders. */
  readonly seen: readonly string[]
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
  const known = deps.configured === null ? deps.seen : [...deps.configured.keys()]
  const ids = [...new Set([...known, ...deps.current().keys()])].sort()
  return ids.flatMap((id) => linkedAccount(id, deps) ?? [])
}

/** The linked account with that id; null if there is none. */
export function linkedAccount(id: string, deps: LinkedAccountsDeps): LinkedAccount | null {
  const status = statusOf(id, deps)
  if (status === 'unlinked') return null
  const provider = providerOf(id, deps) ?? 'sandbox'
  const at = isoTime(deps.since)
  const isActive = status === 'active'
  const changedAt = isoTime(deps.updatedAt(id) ?? deps.since)
  return {
    id,
    provider,
    provider_name: provider.charAt(0).toUpperCase() + provider.slice(1),
    origin_owner_id: id,
    origin_owner_name: id,
    origin_username: null,
    status: isActive ? 'active' : 'inactive',
    status_reasons: isActive
      ? null
      : [{ code: 'integration_disabled', description: 'The integration is disabled', timestamp: changedAt }],
    type: 'test',
    label: null,
    setup_information: null,
    credentials: null,
    created_at: at,
    updated_at: changedAt,
  }
}
