import { hasRule } from '../accounts/providers'
import { type Deps, knownAccounts } from '../deps'
import type { PackagesEndpoint } from '../store/account-settings'

export type EndpointDeps = Pick<Deps, 'config' | 'accounts'>

/** The packages endpoint of an account: its own, or else the configured one; null if there is none. */
export const packagesEndpoint = ({ config, accounts }: EndpointDeps, accountId: string): PackagesEndpoint | null =>
  accounts.current().get(accountId)?.packages ?? config.packagesEndpoint

/**
 * The endpoint that a recruiter's order asks first; null if it asks none, also where the packages are made in the ATS.
 */
export const endpointForOrders = (deps: EndpointDeps, accountId: string): PackagesEndpoint | null =>
  hasRule(accountId, knownAccounts(deps), 'static packages') ? null : packagesEndpoint(deps, accountId)
