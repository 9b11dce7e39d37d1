'use strict'

const { firstSnapshot, groupBy } = require('../history')

/** @typedef {import('../history').KeptDelivery} KeptDelivery */

/**
 * The sandbox's list of deliveries matches what the receiver saw: nothing is pending in the end, the deliveries of an
 * order are numbered from 1 without gaps, delivered ones were accepted, and failed ones had five attempts and were not
 * accepted. The list is bounded: if some were dropped, only the others are compared.
 *
 * @param {import('../history').EndedHistory} history
 * @returns {string[]} The breaches.
 */
exports.bookkeepingIsRight = function (history) {
  const { arrivals, final } = history
  const { deliveries } = firstSnapshot(history)
  const taken = new Set(
    arrivals.flatMap(({ remoteId, number, answer }) => (answer === 'taken' ? [`${remoteId}.${number}`] : [])),
  )
  return [
    ...(final.pending === 0 ? [] : [`${final.pending} deliveries are still pending`]),
    ...deliveries.flatMap((delivery) => wrongStatus(delivery, taken)),
    ...(final.dropped > 0 ? [] : missing(deliveries, taken)),
  ]
}

/**
 * @param {KeptDelivery[]} deliveries
 * @param {Set<string>} taken
 */
function missing(deliveries, taken) {
  const listed = new Set(deliveries.map(({ remoteId, number }) => `${remoteId}.${number}`))
  return [
    ...[...groupBy(deliveries, ({ remoteId }) => remoteId).values()].flatMap(gaps),
    ...[...taken].filter((id) => !listed.has(id)).map((id) => `${id} was accepted, but is not listed`),
  ]
}

/** @param {import('../history').Group<KeptDelivery>} deliveries */
function gaps(deliveries) {
  const numbers = deliveries.map(({ number }) => number).sort((a, b) => a - b)
  return numbers.every((number, i) => number === i + 1)
    ? []
    : [`the deliveries of ${deliveries[0].orderId} are numbered ${numbers.join(', ')}`]
}

/**
 * @param {KeptDelivery} delivery
 * @param {Set<string>} taken
 */
function wrongStatus({ remoteId, orderId, number, event, status, attempts }, taken) {
  const name = `${orderId} ${event} ${number}`
  const isTaken = taken.has(`${remoteId}.${number}`)
  if (status === 'delivered') return isTaken ? [] : [`${name} is delivered, but was never accepted`]
  if (status !== 'failed') return [`${name} is ${status}`]
  if (isTaken) return [`${name} failed, but was accepted`]
  return attempts.length === 5 ? [] : [`${name} failed after ${attempts.length} attempts`]
}
