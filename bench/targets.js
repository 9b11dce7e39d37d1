'use strict'

/**
 * @param {Record<string, any>} ratios To the minimal app.
 * @param {Record<number, any>} storedOrders
 * @returns {Record<string, { value: number, atLeast?: number, atMost?: number, met: boolean }>}
 */
exports.compareToTargets = function ({ standard, inspected, noJournal, warn, webhooks }, storedOrders, control) {
  const most = Math.max(...Object.keys(storedOrders).map(Number))
  const full = storedOrders[most]
  return {
    'throughput, sandbox / minimal': atLeast(0.75, standard.perSecond),
    'throughput, sandbox at warn / minimal': atLeast(0.9, warn.perSecond),
    'throughput, sandbox / sandbox without a journal': atLeast(0.9, standard.perSecond / noJournal.perSecond),
    'p99, sandbox / minimal': atMost(1.5, standard.p99),
    'p99, sandbox at warn / minimal': atMost(1.5, warn.p99),
    'throughput, sandbox with a webhook that is down / minimal': atLeast(0.75, webhooks.perSecond),
    'throughput, sandbox with a webhook that is down / sandbox': atLeast(0.9, webhooks.perSecond / standard.perSecond),
    'throughput, sandbox with three inspectors open / sandbox': atLeast(0.9, inspected.perSecond / standard.perSecond),
    'p99, sandbox with a webhook that is down / minimal': atMost(1.5, webhooks.p99),
    'first answer, sandbox / minimal': atMost(1.5, standard.firstAnswer),
    [`p99 with ${most.toLocaleString('en')} orders / with 0`]: atMost(1.3, full.p99 / storedOrders[0].p99),
    'ms, a reset with a thousand orders': atMost(1, control.resetMs),
    [`bytes per order with ${most.toLocaleString('en')} orders`]: atMost(2_560, full.bytesPerOrder),
  }
}

const atLeast = (bound, value) => ({ value, atLeast: bound, met: value >= bound })
const atMost = (bound, value) => ({ value, atMost: bound, met: value <= bound })
