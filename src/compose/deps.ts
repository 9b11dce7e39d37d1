import { lookup } from 'node:dns/promises'
import type { Logger } from 'pino'
import { defaultCatalogue, readCatalogue } from '../assessments/catalogue'
import type { Config } from '../config'
import { localAccess } from '../control/access'
import { type AttemptDeps, timeToAnswer } from '../deliveries/attempt'
import type { Resolve } from '../deliveries/target-policy'
import type { Deps, StateDeps } from '../deps'
import { loadMetrics } from '../telemetry/load-metrics'
import { type MemoryParts, memoryState } from './memory'

/** What tests put in the place of the usual parts. */
export type Parts = MemoryParts &
  Partial<Omit<Deps, keyof MemoryParts | 'config' | 'logger'>> &
  Partial<Pick<AttemptDeps, 'resolve' | 'timeout'>> & {
    /** Milliseconds of real time that a shared store gets to answer. */
    storePatience?: number | undefined
  }

/**
 * Everything that a sandbox is made of, each part built once. Throws a TypeError when its catalogue is wrong, and an Error
 * that says what to do when Redis cannot be used.
 */
export async function composeDeps(config: Config, logger: Logger, parts: Parts = {}): Promise<Deps> {
  const { store } = config
  if (store === null) return memoryDeps(config, logger, parts)
  // First, since it may be wrong: nothing is there yet that would have to be ended.
  const catalogue = parts.catalogue ?? catalogueOf(config)
  const { redisState } = require('./redis') as typeof import('./redis')
  const stateDeps = stateDepsOf(config, logger, parts)
  const state = await redisState({ ...config, store }, stateDeps, parts.storePatience)
  return { ...state, ...usualDeps(config, stateDeps), catalogue, ...parts }
}

/** As `composeDeps`, with everything in the memory of this process. */
export function memoryDeps(config: Config, logger: Logger, parts: Parts = {}): Deps {
  const catalogue = parts.catalogue ?? catalogueOf(config)
  const stateDeps = stateDepsOf(config, logger, parts)
  return { ...memoryState(config, stateDeps, parts), ...usualDeps(config, stateDeps), catalogue, ...parts }
}

const stateDepsOf = (config: Config, logger: Logger, parts: Parts): StateDeps => ({
  logger,
  metrics: parts.metrics ?? (config.metrics ? loadMetrics() : null),
  resolve: parts.resolve ?? lookUp,
  timeout: parts.timeout ?? timeToAnswer,
})

const usualDeps = (config: Config, { logger, metrics }: StateDeps) => ({
  config,
  logger,
  metrics,
  access: localAccess(config),
})

const catalogueOf = ({ packages, nameOf }: Config) =>
  packages === null ? defaultCatalogue : readCatalogue(packages, nameOf('packages'))

const lookUp: Resolve = (hostname) => lookup(hostname, { all: true })
