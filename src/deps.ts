import type { Logger } from 'pino'
import type { CataloguePackage } from '../schemas/catalogue'
import type { KnownAccounts } from './accounts/accounts'
import type { Ats } from './ats/ats'
import type { ControlledClock } from './clock'
import type { Config } from './config'
import type { AttemptDeps } from './deliveries/attempt'
import type { Deliveries } from './deliveries/deliveries'
import type { Ids } from './ids'
import type { AccountRecords } from './store/account-records'
import type { Accounts } from './store/account-settings'
import type { Changes } from './store/changes'
import type { Faults } from './store/faults'
import type { Journal } from './store/journal'
import type { Store } from './store/orders'
import type { RateLimits } from './store/rate-limits'
import type { Webhooks } from './store/webhooks'
import type { Metrics } from './telemetry/metrics'

/**
 * The state of a sandbox, and everything that changes it. Two implementations keep the same contract: one in the memory
 * of this process, and one in Redis for all processes that share it.
 */
export interface State {
  clock: ControlledClock
  ids: Ids
  store: Store
  webhooks: Webhooks
  deliveries: Deliveries
  journal: Journal
  faults: Faults
  rateLimits: RateLimits
  changes: Changes
  /** Settings of accounts. */
  accounts: Accounts
  /** Records of accounts beside their orders. */
  records: AccountRecords
  /** The instant that invented data leads up to, in milliseconds since 1970. */
  since: () => number
  /** Restores the initial state of an account, or with null of everything. */
  reset: (accountId: string | null) => Promise<void>
  /** The control token of all processes that share the state: `made`, unless another one was made before. */
  agreeOnToken: (made: string) => Promise<string>
  /** Why the sandbox cannot serve, in words that name no secret; null if it can. Quick, never rejects. */
  whyNotReady: () => Promise<string | null>
  /**
   * Stops background work, which gets `ms` milliseconds of real time to finish, and saves the state if a file keeps it.
   * Throws an Error when that fails.
   */
  close: (ms: number) => Promise<void>
}

/** All parts of a sandbox: built once at start, handed to whatever needs them. */
export interface Deps extends State {
  config: Config
  /** The packages that every account can order. */
  catalogue: readonly CataloguePackage[]
  /** The applicant-tracking system of each account. */
  ats: Ats
  /** How other servers are reached. */
  reach: Pick<AttemptDeps, 'resolve' | 'targets'>
  /** Who may call the control API. */
  access: ControlAccess
  logger: Logger
  /** Counters for Prometheus; null: metrics are off. */
  metrics: Metrics | null
}

/** The accounts that calls may be about. */
export const knownAccounts = ({ config, accounts }: Pick<Deps, 'config' | 'accounts'>): KnownAccounts => ({
  configured: config.accounts,
  current: () => accounts.current(),
})

/** What it takes to build a state. */
export type StateDeps = Pick<Deps, 'logger' | 'metrics'> & Pick<AttemptDeps, 'resolve' | 'timeout'>

/** Who may call the control API. */
export interface ControlAccess {
  /** The bearer token that callers need; null: none. */
  readonly token: string | null
  /** The settings with secrets that made a token necessary; empty when none was generated. */
  readonly madeFor: readonly string[]
  /** Whether other machines may call it without a token. Then it reveals no secrets. */
  readonly isOpen: boolean
}
