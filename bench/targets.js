'use strict'

/** @typedef {{ atLeast: number, atMost?: never } | { atLeast?: never, atMost: number }} Bound */
/** @typedef {Record<string, { value: number, met: boolean } & Bound>} Targets */

/**
 * @param {import('./ratios').RatiosByServer} ratios To the minimal app.
 * @param {import('./stored-orders').StoredOrders} storedOrders
 * @param {import('./control').Control} control
 * @returns {Targets}
 */
exports.compareToTargets = function (
  { standard, inspected, noJournal, stateFile, warn, webhooks },
  storedOrders,
  control,
) {
  const most = Math.max(...Object.keys(storedOrders).map(Number))
  const full = storedOrders[most] ?? storedOrders[0]
  return {
    'throughput, sandbox / minimal': atLeast(0.75, standard.perSecond),
    'throughput, sandbox at warn / minimal': atLeast(0.9, warn.perSecond),
    'throughput, sandbox / sandbox without a journal': atLeast(0.9, standard.perSecond / noJournal.perSecond),
    'p99, sandbox / minimal': atMost(1.5, standard.p99),
    'p99, sandbox at warn / minimal': atMost(1.5, warn.p99),
    'throughput, sandbox with a webhook that is down / minimal': atLeast(0.75, webhooks.perSecond),
    'throughput, sandbox with a webhook that is down / sandbox': atLeast(0.9, webhooks.perSecond / standard.perSecond),
    'throughput, sandbox with a state file / sandbox': atLeast(0.9, stateFile.perSecond / standard.perSecond),
    'throughput, sandbox with three inspectors open / sandbox': atLeast(0.9, inspected.perSecond / standard.perSecond),
    'p99, sandbox with a webhook that is down / minimal': atMost(1.5, webhooks.p99),
    'first answer, sandbox / minimal': atMost(1.5, standard.firstAnswer ?? NaN),
    [`p99 with ${most.toLocaleString('en')} orders / with 0`]: atMost(1.3, full.p99 / storedOrders[0].p99),
    'ms, a reset with a thousand orders': atMost(1, control.resetMs),
    [`bytes per order with ${most.toLocaleString('en')} orders`]: atMost(2_560, full.bytesPerOrder ?? NaN),
  }
}

/** @param {number} bound @param {number} value */
const atLeast = (bound, value) => ({ value, atLeast: bound, met: value >= bound })

/** @param {number} bound @param {number} value */
const atMost = (bound, value) => ({ value, atMost: bound, met: value <= bound })
