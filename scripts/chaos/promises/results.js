'use strict'

const { firstSnapshot, groupBy } = require('../history')

/** @typedef {import('../history').AskedCall} AskedCall */
/** @typedef {import('../history').Arrival} Arrival */

/**
 * Every answered order fires the created webhook once. Every answered result is sent to the order's
 * `results_update_url` and to the webhook, including results from magic email addresses. An answered result can be read
 * from every replica, and the last one sent is the current one.
 *
 * "Sent" means that it arrived at least once, even if the receiver refused it.
 *
 * @param {import('../history').EndedHistory} history
 * @returns {string[]} The breaches.
 */
exports.resultsAreTold = function (history) {
  const { calls, arrivals } = history
  const ofOrder = groupBy(arrivals, ({ orderId }) => orderId)
  const answered = calls.filter(({ outcome }) => outcome.status === 200)
  const orders = new Map(
    answered.flatMap((call) => (call.what === 'order' || call.what === 'repeat' ? [[call.orderId, call]] : [])),
  )
  const results = new Map(answered.flatMap((call) => (call.what === 'result' ? [[call.marker, call]] : [])))
  /** @param {string} orderId */
  const arrivalsOf = (orderId) => ofOrder.get(orderId) ?? []
  return [
    ...[...orders.values()].flatMap((order) => orderTold(order, arrivalsOf(order.orderId))),
    ...[...results.values()].flatMap((result) => resultTold(result, arrivalsOf(result.orderId))),
    ...answered.flatMap((call) => (call.what === 'read' ? readShows(call) : [])),
    ...firstSnapshot(history).orders.flatMap((order) => lastIsKept(order, arrivalsOf(order.id))),
  ]
}

/**
 * @param {AskedCall} order
 * @param {Arrival[]} arrivals
 */
function orderTold({ orderId, isMagic }, arrivals) {
  const created = new Set(arrivals.flatMap(({ event, number }) => (event.endsWith('.created') ? [number] : [])))
  /** @param {string} event */
  const isTold = (event) => arrivals.some((arrival) => arrival.event === event)
  return [
    ...(created.size === 1 ? [] : [`${orderId}: ${created.size} deliveries of the created event`]),
    ...(isMagic ? ['callback', 'ats_assessments.updated'] : []).flatMap((event) =>
      isTold(event) ? [] : [`${orderId}, whose candidate finishes automatically, never sent ${event}`],
    ),
  ]
}

/** @type {(result: AskedCall, arrivals: Arrival[]) => string[]} */
const resultTold = ({ orderId, marker }, arrivals) =>
  ['callback', 'ats_assessments.updated'].flatMap((event) =>
    arrivals.some((arrival) => arrival.event === event && arrival.marker === marker)
      ? []
      : [`${orderId}: the result "${marker}" was answered with 200, but ${event} never sent it`],
  )

/** @param {AskedCall} read */
function readShows({ orderId, replica, expected = [], outcome }) {
  const { summary } = JSON.parse(outcome.text).data
  return expected.includes(summary)
    ? []
    : [`${orderId} at replica ${replica + 1}: the result is "${summary}" after "${expected.join('" and "')}"`]
}

/**
 * @param {import('../history').KeptOrder} order
 * @param {Arrival[]} arrivals
 */
function lastIsKept({ id, result }, arrivals) {
  const kept = result === null ? undefined : JSON.parse(result).summary
  return ['callback', 'ats_assessments.updated'].flatMap((event) => {
    const told = arrivals.filter((arrival) => arrival.event === event)
    if (told.length === 0) return []
    const last = told.reduce((a, b) => (b.number > a.number ? b : a))
    return last.marker === kept
      ? []
      : [`${id}: the current result is "${kept}", but the last ${event} has "${last.marker}"`]
  })
}
