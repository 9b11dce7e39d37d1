import { lookup } from 'node:dns/promises'
import type { Logger } from 'pino'
import { defaultCatalogue, readCatalogue } from '../assessments/catalogue'
import { deliveryBody } from '../assessments/delivery-body'
import { expireOrder } from '../assessments/expire-order'
import { createClock } from '../clock'
import type { Config } from '../config'
import { localAccess } from '../control/access'
import { timeToAnswer } from '../deliveries/attempt'
import { memoryDeliveries } from '../deliveries/memory/deliveries'
import type { Resolve } from '../deliveries/target-policy'
import type { Deps, Parts } from '../deps'
import { randomIds, seededIds } from '../ids'
import { localChanges } from '../store/memory/changes'
import { memoryExpiries } from '../store/memory/expiries'
import { memoryFaults } from '../store/memory/faults'
import { memoryJournal } from '../store/memory/journal'
import { memoryStore } from '../store/memory/orders'
import { memoryRateLimits } from '../store/memory/rate-limits'
import { memoryWebhooks } from '../store/memory/webhooks'
import { loadMetrics } from '../telemetry/load-metrics'

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
  const expiries =
    parts.expiries ??
    memoryExpiries(clock, config.expireAfter, (token) => expireOrder({ clock, store, ids, deliveries }, token))
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

export const catalogueOf = ({ packages, nameOf }: Config) =>
  packages === null ? defaultCatalogue : readCatalogue(packages, nameOf('packages'))

export const lookUp: Resolve = (hostname) => lookup(hostname, { all: true })
