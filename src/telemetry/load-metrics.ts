import type { Metrics } from './metrics'

/** Loaded lazily: prom-client slows the start. */
export function loadMetrics(): Metrics {
  const { prometheusMetrics } = require('./prometheus') as typeof import('./prometheus')
  return prometheusMetrics()
}
