import type { Logger } from 'pino'
import type { CataloguePackage } from '../schemas/catalogue'
import type { ControlledClock } from './clock'
import type { Config } from './config'
import type { AttemptDeps } from './deliveries/attempt'
import type { Deliveries } from './deliveries/deliveries'
import type { Ids } from './ids'
import type { Changes } from './store/changes'
import type { Expiries } from './store/expiries'
import type { Faults } from './store/faults'
import type { Journal } from './store/journal'
import type { Store } from './store/orders'
import type { RateLimits } from './store/rate-limits'
import type { Webhooks } from './store/webhooks'
import type { Metrics } from './telemetry/metrics'

/** What a sandbox is made of: built once at start, handed to whatever needs a part of it. */
export interface Deps {
  config: Config
  clock: ControlledClock
  ids: Ids
  store: Store
  webhooks: Webhooks
  deliveries: Deliveries
  journal: Journal
  faults: Faults
  rateLimits: RateLimits
  changes: Changes
  expiries: Expiries
  /** Puts all of the above back to how it was at the start: an account, or with null everything. */
  resetAll: (accountId: string | null) => Promise<void>
  /** The packages that every account can order. */
  catalogue: readonly CataloguePackage[]
  /** Who may call the control API. */
  access: ControlAccess
  /** The token that all who share the store use: `made`, unless another one was made before. */
  agreeOnToken: (made: string) => Promise<string>
  logger: Logger
  /** Counts what goes on, for Prometheus; null: nobody asked for it. */
  metrics: Metrics | null
  /** Why the sandbox cannot serve, in words that name no secret; null if it can. Quick, never rejects. */
  whyNotReady: () => Promise<string | null>
  /** Ends what goes on beside the requests, which gets `ms` milliseconds of real time to finish. */
  close: (ms: number) => Promise<void>
}

/** What may be given in place of the usual parts. */
export type Parts = Partial<Omit<Deps, 'config' | 'logger'>> &
  Partial<Pick<AttemptDeps, 'resolve' | 'timeout'>> & {
    /** Milliseconds of real time that a shared store gets to answer. */
    storePatience?: number | undefined
  }

/** Who may call the control API. */
export interface ControlAccess {
  /** What callers have to bring; null: nothing. */
  readonly token: string | null
  /** The settings that hold what a token had to be made for; empty when none was made. */
  readonly madeFor: readonly string[]
  /** Whether others than this machine may call it without a token: then it gives no secret away. */
  readonly isOpen: boolean
}
