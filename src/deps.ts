import type { Logger } from 'pino'
import type { CataloguePackage } from '../schemas/catalogue'
import type { Clock } from './clock'
import type { Config } from './config'
import type { Ids } from './ids'
import type { Store } from './store/store'

/** What a sandbox is made of: built once at start, handed to whatever needs a part of it. */
export interface Deps {
  config: Config
  clock: Clock
  ids: Ids
  store: Store
  /** The packages that every account can order. */
  catalogue: readonly CataloguePackage[]
  logger: Logger
}
