import type { Logger } from 'pino'
import type { CataloguePackage } from '../schemas/catalogue'
import type { ControlledClock } from './clock'
import type { Config } from './config'
import type { AttemptDeps } from './deliveries/attempt'
import type { Deliveries } from './deliveries/deliveries'
import type { Ids } from './ids'
import type { Changes } from './store/changes'
import type { Faults } from './store/faults'
import type { Journal } from './store/journal'
import type { Store } from './store/orders'
import type { RateLimits } from './store/rate-limits'
import type { Webhooks } from './store/webhooks'
import type { Metrics } from './telemetry/metrics'

/**
 * What a sandbox holds, and what goes on in it. There are two of them, which do the same: one in the memory of this process,
 * and one in Redis, for all processes that share it.
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
  /** Puts all of it back to how it was at the start: what is of an account, or with null everything. */
  reset: (accountId: string | null) => Promise<void>
  /** The token that all who share the state use: `made`, unless another one was made before. */
  agreeOnToken: (made: string) => Promise<string>
  /** Why the sandbox cannot serve, in words that name no secret; null if it can. Quick, never rejects. */
  whyNotReady: () => Promise<string | null>
  /** Ends what goes on beside the requests, which gets `ms` milliseconds of real time to finish. */
  close: (ms: number) => Promise<void>
}

/** What a sandbox is made of: built once at start, handed to whatever needs a part of it. */
export interface Deps extends State {
  config: Config
  /** The packages that every account can order. */
  catalogue: readonly CataloguePackage[]
  /** Who may call the control API. */
  access: ControlAccess
  logger: Logger
  /** Counts what goes on, for Prometheus; null: nobody asked for it. */
  metrics: Metrics | null
}

/** What a state is built with. */
export type StateDeps = Pick<Deps, 'logger' | 'metrics'> & Pick<AttemptDeps, 'resolve' | 'timeout'>

/** Who may call the control API. */
export interface ControlAccess {
  /** What callers have to bring; null: nothing. */
  readonly token: string | null
  /** The settings that hold what a token had to be made for; empty when none was made. */
  readonly madeFor: readonly string[]
  /** Whether others than this machine may call it without a token: then it gives no secret away. */
  readonly isOpen: boolean
}
