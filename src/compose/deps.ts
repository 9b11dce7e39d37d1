import { lookup } from 'node:dns/promises'
import type { Logger } from 'pino'
import { defaultCatalogue, readCatalogue } from '../assessments/catalogue'
import { createAts } from '../ats/ats'
import type { Config } from '../config'
import { localAccess } from '../control/access'
import { type AttemptDeps, timeToAnswer } from '../deliveries/attempt'
import type { Resolve } from '../deliveries/target-policy'
import type { Deps, State, StateDeps } from '../deps'
import { loadMetrics } from '../telemetry/load-metrics'
import { type MemoryParts, memoryState } from './memory'
import { requirePeers } from './peers'

/** The parts that tests may replace. */
export type Parts = MemoryParts &
  Partial<Omit<Deps, keyof MemoryParts | 'config' | 'logger'>> &
  Partial<Pick<AttemptDeps, 'resolve' | 'timeout'>> & {
    /** Milliseconds of real time in which a shared store has to answer. */
    storePatience?: number | undefined
  }

/**
 * Builds all parts of a sandbox, each once. Throws a TypeError when the catalogue is invalid, and an Error that says
 * what to do when Redis cannot be used.
 */
export async function composeDeps(config: Config, logger: Logger, parts: Parts = {}): Promise<Deps> {
  const { store, state: file } = config
  if (store === null && file === null) return memoryDeps(config, logger, parts)
  // First: it may be invalid, and nothing needs to be closed yet.
  const catalogue = parts.catalogue ?? catalogueOf(config)
  const stateDeps = stateDepsOf(config, logger, parts)
  const state = await (store === null
    ? stateInFile({ ...config, state: String(file) }, stateDeps, parts)
    : stateInRedis({ ...config, store }, stateDeps, parts))
  return { ...state, ...usualDeps(config, stateDeps, state), catalogue, ...parts }
}

// Loaded lazily: most sandboxes need neither.
function stateInFile(config: Config & { state: string }, deps: StateDeps, parts: Parts) {
  const { fileState } = require('./file') as typeof import('./file')
  return fileState(config, deps, parts)
}

async function stateInRedis(config: Config & { store: string }, deps: StateDeps, { storePatience }: Parts) {
  requirePeers(config.nameOf('store'))
  const { redisState } = require('./redis') as typeof import('./redis')
  return redisState(config, deps, storePatience)
}

/** Like `composeDeps`, with everything in the memory of this process. */
export function memoryDeps(config: Config, logger: Logger, parts: Parts = {}): Deps {
  const catalogue = parts.catalogue ?? catalogueOf(config)
  const stateDeps = stateDepsOf(config, logger, parts)
  const state = memoryState(config, stateDeps, parts)
  return { ...state, ...usualDeps(config, stateDeps, state), catalogue, ...parts }
}

const stateDepsOf = (config: Config, logger: Logger, parts: Parts): StateDeps => ({
  logger,
  metrics: parts.metrics ?? (config.metrics ? loadMetrics() : null),
  resolve: parts.resolve ?? lookUp,
  timeout: parts.timeout ?? timeToAnswer,
})

const usualDeps = (config: Config, { logger, metrics, resolve }: StateDeps, state: State) => ({
  config,
  logger,
  metrics,
  access: localAccess(config),
  reach: { resolve, targets: config.callbackTargets },
  ats: createAts({ ...state, seed: config.seed, given: atsOf(config) }),
})

/** Null: invented ones. */
function atsOf({ ats, nameOf }: Config) {
  if (ats === null) return null
  // Loaded lazily: few sandboxes have one.
  const { readAts } = require('../ats/read-ats') as typeof import('../ats/read-ats')
  return readAts(ats, nameOf('ats'))
}

const catalogueOf = ({ packages, nameOf }: Config) =>
  packages === null ? defaultCatalogue : readCatalogue(packages, nameOf('packages'))

const lookUp: Resolve = (hostname) => lookup(hostname, { all: true })
