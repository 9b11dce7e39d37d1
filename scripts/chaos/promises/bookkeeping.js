'use strict'

const { firstSnapshot, groupBy } = require('../history')

/** @typedef {import('../history').KeptDelivery} KeptDelivery */

/**
 * What the sandbox says of its deliveries is what the receiver saw: nothing is pending in the end, those about an order
 * are numbered from 1 without a gap, what is delivered was taken, and what failed was tried five times and not taken. It
 * keeps some thousands of them: when it had to drop some, the others alone are held against what was seen.
 *
 * @param {import('../history').EndedHistory} history
 * @returns {string[]} What breaks that.
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
    ...[...taken].filter((id) => !listed.has(id)).map((id) => `${id} was taken, and is not listed`),
  ]
}

/** @param {import('../history').Group<KeptDelivery>} deliveries */
function gaps(deliveries) {
  const numbers = deliveries.map(({ number }) => number).sort((a, b) => a - b)
  return numbers.every((number, i) => number === i + 1)
    ? []
    : [`the deliveries about ${deliveries[0].orderId} are numbered ${numbers.join(', ')}`]
}

/**
 * @param {KeptDelivery} delivery
 * @param {Set<string>} taken
 */
function wrongStatus({ remoteId, orderId, number, event, status, attempts }, taken) {
  const name = `${orderId} ${event} ${number}`
  const isTaken = taken.has(`${remoteId}.${number}`)
  if (status === 'delivered') return isTaken ? [] : [`${name} is delivered, and was never taken`]
  if (status !== 'failed') return [`${name} is ${status}`]
  if (isTaken) return [`${name} failed, and was taken`]
  return attempts.length === 5 ? [] : [`${name} failed after ${attempts.length} attempts`]
}
