'use strict'

const { groupBy } = require('../history')

/**
 * Every order that was answered has been told to the webhook as created, once. Every result that was answered has been
 * told, to the order's `results_update_url` and to the webhook; so has that of each candidate who finishes by itself.
 * Whoever reads a result that was answered sees it at every replica, and the last that is told is what is kept.
 *
 * "Told" means that it arrived at least once, be it that the receiver refused it.
 *
 * @param {import('../history').History} history
 * @returns {string[]} What breaks that.
 */
exports.resultsAreTold = function ({ calls, arrivals, final }) {
  const ofOrder = groupBy(arrivals, ({ orderId }) => orderId)
  const answered = calls.filter(({ outcome }) => outcome.status === 200)
  const orders = new Map(
    answered.flatMap((call) => (call.what === 'order' || call.what === 'repeat' ? [[call.orderId, call]] : [])),
  )
  const results = new Map(answered.flatMap((call) => (call.what === 'result' ? [[call.marker, call]] : [])))
  const arrivalsOf = (orderId) => ofOrder.get(orderId) ?? []
  return [
    ...[...orders.values()].flatMap((order) => orderTold(order, arrivalsOf(order.orderId))),
    ...[...results.values()].flatMap((result) => resultTold(result, arrivalsOf(result.orderId))),
    ...answered.flatMap((call) => (call.what === 'read' ? readShows(call) : [])),
    ...final.snapshots[0].orders.flatMap((order) => lastIsKept(order, arrivalsOf(order.id))),
  ]
}

function orderTold({ orderId, isMagic }, arrivals) {
  const created = new Set(arrivals.flatMap(({ event, number }) => (event.endsWith('.created') ? [number] : [])))
  const isTold = (event) => arrivals.some((arrival) => arrival.event === event)
  return [
    ...(created.size === 1 ? [] : [`${orderId} was told as created in ${created.size} deliveries`]),
    ...(isMagic ? ['callback', 'ats_assessments.updated'] : []).flatMap((event) =>
      isTold(event) ? [] : [`${orderId}, whose candidate finishes by itself, was not told: ${event}`],
    ),
  ]
}

const resultTold = ({ orderId, marker }, arrivals) =>
  ['callback', 'ats_assessments.updated'].flatMap((event) =>
    arrivals.some((arrival) => arrival.event === event && arrival.marker === marker)
      ? []
      : [`${orderId}: the result "${marker}" was answered with 200 and never told: ${event}`],
  )

function readShows({ orderId, replica, expected, outcome }) {
  const { summary } = JSON.parse(outcome.text).data
  return expected.includes(summary)
    ? []
    : [`${orderId} at replica ${replica + 1}: the result is "${summary}" after "${expected.join('" and "')}"`]
}

function lastIsKept({ id, result }, arrivals) {
  const kept = result === null ? undefined : JSON.parse(result).summary
  return ['callback', 'ats_assessments.updated'].flatMap((event) => {
    const told = arrivals.filter((arrival) => arrival.event === event)
    if (told.length === 0) return []
    const last = told.reduce((a, b) => (b.number > a.number ? b : a))
    return last.marker === kept ? [] : [`${id}: kept is "${kept}", and what ${event} tells last is "${last.marker}"`]
  })
}
