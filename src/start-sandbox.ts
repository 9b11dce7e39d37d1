import { lookup } from 'node:dns/promises'
import type { Logger } from 'pino'
import { buildApp } from './app'
import { defaultCatalogue } from './assessments/catalogue'
import { deliveryBody } from './assessments/delivery-body'
import { memoryExpiries } from './assessments/expire-order'
import { type AttemptDeps, timeToAnswer } from './deliveries/attempt'
import { memoryDeliveries } from './deliveries/deliveries'
import type { Resolve } from './deliveries/target-policy'
import { localChanges } from './store/changes'
import { afterRealTime, createClock, realNow } from './clock'
import { type Config, readOptions, usableKey } from './config'
import { type ControlAccess, controlAccess, localAccess } from './control/access'
import type { Deps } from './deps'
import type { SandboxOptions } from './options'
import { randomIds, seededIds } from './ids'
import { listeningAddress } from './http/listening-address'
import { controlHandle, type SandboxControl } from './control/handle'
import { localControl } from './control/local-control'
import { checkFile, loadFile, saveFile } from './control/snapshot-file'
import { createLogger } from './telemetry/logger'
import { readCatalogue } from './assessments/read-catalogue'
import { memoryFaults } from './store/faults'
import { memoryJournal } from './store/memory/journal'
import { memoryStore } from './store/memory/orders'
import { memoryRateLimits } from './store/rate-limits'
import { memoryWebhooks } from './store/webhooks'

/** A sandbox that runs in this process. */
export interface Sandbox extends SandboxControl, AsyncDisposable {
  /** Where it listens: `http://127.0.0.1:4600`. */
  readonly url: string
  /** What HTTP Basic needs: the first API key that may do everything (or else the first), and its password. */
  readonly credentials: { readonly username: string; readonly password: string }
  /**
   * The bearer token that calls of `/_sandbox` need, be it that of the set-up or one that was made at the start; null:
   * none. What is called on this handle needs none.
   */
  readonly controlToken: string | null
  /** Takes no new connection, lets the running calls finish (at most 1.5 s), and frees the port. May be called twice. */
  close(): Promise<void>
}

/** Milliseconds that running calls, and then running deliveries, get to finish when the sandbox is closed. */
const grace = 1_500
const leastForDeliveries = 100

/**
 * Starts a sandbox in this process: on a free port and silent, unless `options` say otherwise.
 * Throws a TypeError when an option is wrong, and Node's error (`EADDRINUSE` …) when it can't listen.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const config = readOptions(options)
  const { access, ...sandbox } = await runSandbox(config, createLogger(config.logLevel, process.stdout))
  return sandbox
}

/** A sandbox, and who may call its control API. */
export interface RunningSandbox extends Sandbox {
  readonly access: ControlAccess
}

/** What may be given in place of the usual parts. */
export type Parts = Partial<Omit<Deps, 'config' | 'logger'>> &
  Partial<Pick<AttemptDeps, 'resolve' | 'timeout'>> & {
    /** Milliseconds of real time that a shared store gets to answer. */
    storePatience?: number | undefined
  }

/** Everything that a sandbox is made of, each part built once. */
export function buildDeps(config: Config, logger: Logger, parts: Parts = {}): Deps {
  const changes = parts.changes ?? localChanges()
  const clock = parts.clock ?? createClock(config.clock)
  const ids = parts.ids ?? (config.seed === null ? randomIds : seededIds(config.seed))
  const store = parts.store ?? memoryStore(config.maxOrders, changes, config.maxOrderBytes)
  const webhooks = parts.webhooks ?? memoryWebhooks(ids, config.webhooks)
  const metrics = parts.metrics ?? (config.metrics ? loadMetrics() : null)
  const deliveries =
    parts.deliveries ??
    memoryDeliveries({
      clock,
      webhooks,
      logger,
      changes,
      resolve: parts.resolve ?? lookUp,
      timeout: parts.timeout ?? timeToAnswer,
      targets: config.callbackTargets,
      callbackMethod: config.callbackMethod,
      body: (facts) => deliveryBody(store, facts),
      tried: (verdict) => metrics?.attempt(verdict),
    })
  const faults = parts.faults ?? memoryFaults()
  const journal = parts.journal ?? memoryJournal(config.journalSize, changes)
  const rateLimits = parts.rateLimits ?? memoryRateLimits()
  const catalogue = parts.catalogue ?? catalogueOf(config)
  const expiries = parts.expiries ?? memoryExpiries({ clock, store, ids, deliveries }, config.expireAfter)
  const resetAll =
    parts.resetAll ??
    (async (accountId) => {
      // What is queued is called off first, so that nothing of it comes back to life.
      expiries.reset(accountId)
      if (accountId === null) {
        rateLimits.clear?.()
        clock.reset?.()
        // Before the webhooks, which draw theirs again.
        ids.reset()
      }
      // At once, so that no call comes in between.
      await Promise.all([deliveries, faults, journal, webhooks, store].map((part) => part.reset(accountId)))
    })
  const whyNotReady = parts.whyNotReady ?? (async () => null)
  return {
    config,
    logger,
    changes,
    clock,
    ids,
    store,
    webhooks,
    deliveries,
    faults,
    journal,
    rateLimits,
    expiries,
    catalogue,
    resetAll,
    metrics,
    access: parts.access ?? localAccess(config),
    agreeOnToken: parts.agreeOnToken ?? (async (made) => made),
    whyNotReady,
    close: parts.close ?? (() => deliveries.reset(null)),
  }
}

const catalogueOf = ({ packages, nameOf }: Config) =>
  packages === null ? defaultCatalogue : readCatalogue(packages, nameOf('packages'))

const lookUp: Resolve = (hostname) => lookup(hostname, { all: true })

/** What is kept outside of this process. Loaded only for those who want it. */
async function sharedParts(
  config: Config,
  logger: Logger,
  { resolve = lookUp, timeout = timeToAnswer, storePatience, ...given }: Parts,
): Promise<Parts> {
  if (config.store === null) return {}
  const { redisParts } = require('./compose/redis') as typeof import('./compose/redis')
  const metrics = given.metrics ?? (config.metrics ? loadMetrics() : null)
  return redisParts({ ...config, store: config.store }, { logger, resolve, timeout, storePatience, metrics })
}

/** Who does not ask for them does not wait for their library. */
function loadMetrics() {
  const { prometheusMetrics } = require('./telemetry/metrics') as typeof import('./telemetry/metrics')
  return prometheusMetrics()
}

/** As `startSandbox`, with a set-up that was checked and a logger of the caller's. */
export async function runSandbox(config: Config, logger: Logger, parts: Parts = {}): Promise<RunningSandbox> {
  // First, since it may be wrong: nothing is there yet that would have to be ended.
  const given: Parts = { catalogue: catalogueOf(config), ...parts }
  const deps = buildDeps(config, logger, { ...(await sharedParts(config, logger, given)), ...given })
  const { app, access } = await listening(deps).catch(async (error: unknown) => {
    await deps.close(leastForDeliveries)
    throw error
  })
  if (access.isOpen && config.controlToken !== 'none') {
    logger.warn(
      { host: config.host },
      'anyone who reaches this address may control the sandbox: set SANDBOX_CONTROL_TOKEN',
    )
  }

  async function stop() {
    const end = realNow() + grace
    const callOff = afterRealTime(grace, () => {
      app.server.closeAllConnections()
    })
    await app.close()
    callOff()
    deps.expiries.reset(null)
    try {
      if (config.saveOnExit !== null) await saveFile(deps, config.saveOnExit)
    } finally {
      await deps.close(Math.max(leastForDeliveries, end - realNow()))
    }
  }
  let stopped: Promise<void> | undefined
  const close = () => (stopped ??= stop())

  const url = listeningAddress(app.server)
  const { key: username, password } = usableKey(config)
  return {
    ...controlHandle(localControl(deps, { origin: () => config.publicUrl ?? url, isOpen: false, requestId: null })),
    url,
    credentials: { username, password },
    controlToken: access.token,
    access,
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function listening(deps: Deps) {
  const { config } = deps
  if (config.load !== null) await loadFile(deps, config.load)
  if (config.saveOnExit !== null) await checkFile(deps, config.saveOnExit)
  // A name may have several addresses. Fastify would listen on each, but close, and let finish, on the first alone.
  const { address } = await lookup(config.host)
  const access = await controlAccess(deps, address)
  const app = await buildApp({ ...deps, access })
  await app.listen({ port: config.port, host: address })
  return { app, access }
}
