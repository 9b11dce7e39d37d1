import type { AccountControl } from '../../control/account-control'
import type { PackagesEndpoint } from './packages-endpoint'
import type { Receiver } from './receiver'
import type { Results } from './results'

/** What the checks of a webhook, and of the results that follow, work with. */
export interface WebhookContext {
  receiver: Receiver
  results: Results
  /** The account in the judge's own sandbox, where the provider's client arrives. */
  account: AccountControl
}

/** What the checks of a provider work with. Null: its address was not given. */
export interface ProviderContext {
  packages: PackagesEndpoint | null
  webhook: WebhookContext | null
  /** Why the provider's command is gone; null while it runs, or if it wasn't started here. */
  whyGone: () => string | null
  /** Whether a check has failed for that. */
  isGone: boolean
}
