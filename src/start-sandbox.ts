import { lookup } from 'node:dns/promises'
import type { Logger } from 'pino'
import { buildApp } from './app'
import { defaultCatalogue } from './assessments/catalogue'
import { deliveryBody } from './assessments/delivery-body'
import { memoryDeliveries } from './callbacks/deliveries'
import type { Resolve } from './callbacks/target-policy'
import { afterRealTime, createClock } from './clock'
import { type Config, readOptions } from './config'
import type { Deps } from './deps'
import type { SandboxOptions } from './options'
import { randomIds, seededIds } from './ids'
import { listeningAddress } from './listening-address'
import { createLogger } from './logger'
import { readCatalogue } from './read-catalogue'
import { memoryStore } from './store/memory-store'
import { memoryWebhooks } from './store/webhooks'

/** A sandbox that runs in this process. */
export interface Sandbox extends AsyncDisposable {
  /** Where it listens: `http://127.0.0.1:4600`. */
  readonly url: string
  /** What HTTP Basic needs: the first API key and its password. */
  readonly credentials: { readonly username: string; readonly password: string }
  /** Takes no new connection, lets the running calls finish (at most 1.5 s), and frees the port. May be called twice. */
  close(): Promise<void>
}

/** Milliseconds that running calls get to finish when the sandbox is closed. */
const grace = 1_500

/**
 * Starts a sandbox in this process: on a free port and silent, unless `options` say otherwise.
 * Throws a TypeError when an option is wrong, and Node's error (`EADDRINUSE` …) when it can't listen.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const config = readOptions(options)
  return runSandbox(config, createLogger(config.logLevel, process.stdout))
}

/** What may be given in place of the usual parts. */
export type Parts = Partial<Omit<Deps, 'config' | 'logger'>> & { resolve?: Resolve }

/** Everything that a sandbox is made of, each part built once. */
export function buildDeps(config: Config, logger: Logger, parts: Parts = {}): Deps {
  const clock = parts.clock ?? createClock(config.clock)
  const ids = parts.ids ?? (config.seed === null ? randomIds : seededIds(config.seed))
  const store = parts.store ?? memoryStore(config.maxOrders)
  const webhooks = parts.webhooks ?? memoryWebhooks(ids, config.webhooks)
  const deliveries =
    parts.deliveries ??
    memoryDeliveries({
      clock,
      webhooks,
      logger,
      resolve: parts.resolve ?? ((hostname) => lookup(hostname, { all: true })),
      targets: config.callbackTargets,
      callbackMethod: config.callbackMethod,
      body: (facts) => deliveryBody(store, facts),
    })
  const catalogue = parts.catalogue ?? (config.packages === null ? defaultCatalogue : readCatalogue(config.packages))
  return { config, logger, clock, ids, store, webhooks, deliveries, catalogue }
}

/** As `startSandbox`, with a set-up that was checked and a logger of the caller's. */
export async function runSandbox(config: Config, logger: Logger, parts: Parts = {}): Promise<Sandbox> {
  const deps = buildDeps(config, logger, parts)
  const app = await buildApp(deps)
  // A name may have several addresses. Fastify would listen on each, but close, and let finish, on the first alone.
  const { address } = await lookup(config.host)
  await app.listen({ port: config.port, host: address })

  async function stop() {
    const callOff = afterRealTime(grace, () => {
      app.server.closeAllConnections()
    })
    await app.close()
    callOff()
    await deps.deliveries.close()
  }
  let stopped: Promise<void> | undefined
  const close = () => (stopped ??= stop())

  const [{ key: username, password }] = config.apiKeys
  return {
    url: listeningAddress(app.server),
    credentials: { username, password },
    close,
    [Symbol.asyncDispose]: close,
  }
}
