import { lookup } from 'node:dns/promises'
import type { Logger } from 'pino'
import { buildApp } from './app'
import { breathe } from './breathe'
import { composeDeps, type Parts } from './compose/deps'
import { type Config, readOptions, usableKey } from './config'
import { controlAccess } from './control/access'
import type { SandboxControl } from './control/account-control'
import { controlHandle } from './control/handle'
import { localControl } from './control/local-control'
import type { ReportFile } from './control/report/report-file'
import { loadFile } from './control/snapshot-file'
import type { ControlAccess, Deps } from './deps'
import { allAddresses } from './http/all-addresses'
import { listeningAddress } from './http/listening-address'
import type { Tls } from './http/tls'
import type { SandboxOptions } from './options'
import { afterRealTime, realNow } from './real-time'
import { createLogger } from './telemetry/logger'

/** A sandbox that runs in this process. */
export interface Sandbox extends SandboxControl, AsyncDisposable {
  /** Where it listens: `http://127.0.0.1:4600`, or `https://…` with a certificate. */
  readonly url: string
  /** HTTP Basic credentials: the first API key that may write (or else the first), and its password. */
  readonly credentials: { readonly username: string; readonly password: string }
  /**
   * The bearer token that `/_sandbox` requires, be it configured or generated at start; null: none. Calls on this
   * handle need no token.
   */
  readonly controlToken: string | null
  /**
   * Stops accepting connections, waits at most 1.5 s for running calls, and frees the port. Writes the `journalReport`, and
   * rejects if that fails. May be called twice.
   */
  close(): Promise<void>
}

/** Milliseconds that running calls, and then running deliveries, get to finish on close. */
const grace = 1_500
const leastForDeliveries = 100

/**
 * Starts a sandbox in this process, on a free port and without a log unless `options` say otherwise. Rejects with a
 * TypeError when an option is invalid, and with Node's error (`EADDRINUSE` …) when it can't listen.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const config = readOptions(options)
  const { access, addresses, ...sandbox } = await runSandbox(config, createLogger(config.logLevel, process.stdout))
  return sandbox
}

/** A sandbox, with who may call its control API. */
export interface RunningSandbox extends Sandbox {
  readonly access: ControlAccess
  /** Every address at which clients reach it, that of this machine first. */
  addresses: () => [string, ...string[]]
}

/** Like `startSandbox`, with a validated configuration and the caller's logger. */
export async function runSandbox(config: Config, logger: Logger, parts: Parts = {}): Promise<RunningSandbox> {
  // First: it may be invalid, and nothing needs to be closed yet.
  const tls = tlsOf(config)
  const deps = await composeDeps(config, logger, parts)
  const { app, access, report } = await listening(deps, tls).catch(async (error: unknown) => {
    await deps.close(leastForDeliveries).catch((another: unknown) => {
      logger.error((another as Error).message)
    })
    throw error
  })
  if (access.isOpen && config.controlToken !== 'none') {
    logger.warn(
      { host: config.host },
      'anyone who reaches this address can control the sandbox: set SANDBOX_CONTROL_TOKEN',
    )
  }

  async function stop() {
    const end = realNow() + grace
    const callOff = afterRealTime(grace, () => {
      app.server.closeAllConnections()
    })
    await app.close()
    callOff()
    // The log writes the lines of the last answers at the end of their turn.
    await breathe()
    try {
      await report?.write(deps)
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
    addresses: () => allAddresses(app.server),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function tlsOf({ tls, nameOf }: Config): Tls | null {
  if (tls === null) return null
  // Loaded lazily: few sandboxes serve HTTPS.
  const { readTls } = require('./http/read-tls') as typeof import('./http/read-tls')
  return readTls(tls, nameOf)
}

async function listening(deps: Deps, tls: Tls | null) {
  const { config } = deps
  // With a state file, its state has it already.
  if (config.load !== null && config.state === null) await loadFile(deps, config.load)
  const report = await reportFileOf(config)
  // A host name may have several addresses. Fastify would listen on all of them, but shut down only the first
  // gracefully.
  const { address } = await lookup(config.host)
  const access = await controlAccess(deps, address)
  const app = buildApp({ ...deps, access }, tls)
  await app.listen({ port: config.port, host: address })
  return { app, access, report }
}

async function reportFileOf({ journalReport, nameOf }: Config): Promise<ReportFile | null> {
  if (journalReport === null) return null
  // Loaded lazily: few sandboxes write one.
  const { reportFile } = require('./control/report/report-file') as typeof import('./control/report/report-file')
  return reportFile(journalReport, nameOf)
}
