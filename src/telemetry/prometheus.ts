import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Verdict } from '../deliveries/attempt'
import { inTime } from '../real-time'
import { version } from '../version'
import type { Metrics } from './metrics'

/** Milliseconds to wait for the store's figures. Prometheus itself waits for ten seconds at most. */
const patience = 1_000

const outcomes: readonly Verdict[] = ['delivered', 'retry', 'failed', 'blocked']

/** Metrics of the process. One registry for all sandboxes in it: prom-client's collectors cannot be removed. */
const ofProcess = new Registry()
collectDefaultMetrics({ register: ofProcess })

/** Metrics in the text format of Prometheus, named by its conventions. */
export function prometheusMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'sandbox_http_request_duration_seconds',
    help: 'Duration of requests; the status is none if the connection closed before the whole answer was sent',
    labelNames: ['operation', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const attempts = new Counter({
    name: 'sandbox_delivery_attempts_total',
    help: 'Delivery attempts by outcome: delivered, failed for good, retry (to be tried again), or blocked',
    labelNames: ['outcome'],
    registers,
  })
  const orders = new Gauge({ name: 'sandbox_orders', help: 'Orders in the store', registers })
  const deliveries = new Gauge({
    name: 'sandbox_deliveries',
    help: 'Deliveries in the store by status: pending, delivered, failed, blocked or not-subscribed',
    labelNames: ['status'],
    registers,
  })
  const dropped = new Counter({
    name: 'sandbox_journal_dropped_total',
    help: 'Requests that the journal has dropped',
    registers,
  })
  const failures = new Counter({
    name: 'sandbox_scrape_failures_total',
    help: 'Scrapes that left out a part of the metrics because it could not be read',
    labelNames: ['part'],
    registers,
  })
  new Gauge({
    name: 'sandbox_info',
    help: 'Always 1; the label has the version',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1)
  for (const outcome of outcomes) attempts.inc({ outcome }, 0)

  /** Sets a gauge to what `read` returns, or removes it if `read` fails. */
  async function refresh<T>(part: string, read: () => Promise<T>, forget: () => void, set: (told: T) => void) {
    failures.inc({ part }, 0)
    const told = await inTime(read(), patience, () => new Error('too late')).catch(() => null)
    forget()
    if (told === null) failures.inc({ part })
    else set(told)
  }

  return {
    contentType: registry.contentType,
    request(operation, status, ms) {
      requests.observe({ operation, status: status ?? 'none' }, ms / 1000)
    },
    attempt(outcome) {
      attempts.inc({ outcome })
    },
    async text(state) {
      await Promise.all([
        refresh(
          'orders',
          () => state.store.count(null),
          () => {
            orders.remove()
          },
          (count) => {
            orders.set(count)
          },
        ),
        refresh(
          'deliveries',
          () => state.deliveries.tally(),
          () => {
            deliveries.reset()
          },
          (tally) => {
            for (const [status, count] of Object.entries(tally)) deliveries.set({ status }, count)
          },
        ),
        refresh(
          'journal',
          () => state.journal.dropped(),
          () => {
            dropped.remove()
          },
          (count) => {
            dropped.inc(count)
          },
        ),
      ])
      return `${await registry.metrics()}\n${await ofProcess.metrics()}`
    },
  }
}
