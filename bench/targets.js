'use strict'

/** @typedef {{ atLeast: number, atMost?: never } | { atLeast?: never, atMost: number }} Bound */
/** @typedef {Record<string, { value: number, met: boolean } & Bound>} Targets */

/**
 * @param {object} measured
 * @param {import('./ratios').RatiosByServer} measured.ratios To the minimal app.
 * @param {import('./start-up').StartUp} measured.startUp
 * @param {import('./in-process').InProcess} measured.inProcess
 * @param {import('./stored-orders').StoredOrders} measured.storedOrders
 * @param {import('./control').Control} measured.control
 * @returns {Targets}
 */
exports.compareToTargets = function ({ ratios, startUp, inProcess, storedOrders, control }) {
  const { standard, standardRepeat, inspected, noJournal, stateFile, warn, webhooks } = ratios
  const most = Math.max(...Object.keys(storedOrders).map(Number))
  const full = storedOrders[most] ?? storedOrders[0]
  return {
    'first answer, sandbox / minimal': atMost(0.9, standard.firstAnswer ?? NaN),
    'MiB at rest, sandbox - minimal': atMost(10, startUp.standard.rssMiB - startUp.minimal.rssMiB),
    'ms, the second start in a process': atMost(15, inProcess.secondMs),
    'ms, a close with nothing under way': atMost(5, inProcess.closeMs),
    'throughput, sandbox / minimal': atLeast(0.85, standard.perSecond),
    'throughput, sandbox at warn / minimal': atLeast(0.95, warn.perSecond),
    'throughput, sandbox / minimal, repeated orders': atLeast(0.75, standardRepeat.perSecond),
    'throughput, sandbox / sandbox without a journal': atLeast(0.9, standard.perSecond / noJournal.perSecond),
    'throughput, sandbox with a webhook that is down / minimal': atLeast(0.75, webhooks.perSecond),
    'throughput, sandbox with a webhook that is down / sandbox': atLeast(0.9, webhooks.perSecond / standard.perSecond),
    'throughput, sandbox with a state file / sandbox': atLeast(0.9, stateFile.perSecond / standard.perSecond),
    'throughput, sandbox with three inspectors open / sandbox': atLeast(0.9, inspected.perSecond / standard.perSecond),
    'p99, sandbox / minimal': atMost(1, standard.p99),
    'p99, sandbox at warn / minimal': atMost(1, warn.p99),
    'p99, sandbox with a webhook that is down / minimal': atMost(1.5, webhooks.p99),
    [`p99 with ${most.toLocaleString('en')} orders / with 0`]: atMost(1.15, full.p99 / storedOrders[0].p99),
    'ms, a reset with a thousand orders': atMost(1, control.resetMs),
    [`bytes per order with ${most.toLocaleString('en')} orders`]: atMost(2_560, full.bytesPerOrder ?? NaN),
  }
}

/** @param {number} bound @param {number} value */
const atLeast = (bound, value) => ({ value, atLeast: bound, met: value >= bound })

/** @param {number} bound @param {number} value */
const atMost = (bound, value) => ({ value, atMost: bound, met: value <= bound })
