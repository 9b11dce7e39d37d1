'use strict'

// What one client did to its account. It makes one call after the other, so an order has a history of versions. A reset,
// and each load of a snapshot, begins an era of its own. Times are by `performance.now()`; Infinity: never answered, so
// that both before and after are right.

/**
 * @typedef {object} Version
 * @property {number} answeredAt
 * @property {string | null} summary The last one reported; null: none yet.
 * @property {number} deliveries How many there are about the order.
 */

/**
 * @typedef {object} Era
 * @property {number} answeredAt When the reset or the load that began it was answered.
 * @property {Map<string, Version[]>} orders By a key that no other order has: ids are used again.
 */

/** @typedef {{ account: string, eras: Era[] }} History */

/** An order as it is found after a restart. @typedef {{ key: string, summary: string | null, deliveries: number }} Found */

/** @param {string} account @returns {History} */
exports.newHistory = (account) => ({ account, eras: [{ answeredAt: -Infinity, orders: new Map() }] })

/** @param {History} history @returns {Era} */
exports.currentEra = ({ eras }) => /** @type {Era} */ (eras.at(-1))

/**
 * What contradicts the promise that everything answered until `cutoff` is there, and nothing half; and how far the oldest
 * answer that is missing lies before `until`, in milliseconds.
 *
 * @param {History} history
 * @param {readonly Found[]} found
 * @param {{ cutoff: number, until: number }} ended
 */
exports.compare = function ({ eras }, found, { cutoff, until }) {
  const least = eras.findLastIndex(({ answeredAt }) => answeredAt <= cutoff)
  const judged = eras.slice(least).map((era, i) => {
    const breaches = breachesOf(era, found, cutoff)
    const later = eras.slice(least + i + 1).map(({ answeredAt }) => answeredAt)
    return { breaches, loss: lossOf([...later, ...missingIn(era, found)], until) }
  })
  const fits = judged.filter(({ breaches }) => breaches.length === 0).sort((a, b) => a.loss - b.loss)
  const [best] = [...fits, ...judged.sort((a, b) => a.breaches.length - b.breaches.length)]
  return best ?? { breaches: ['there is no era'], loss: 0 }
}

/** @param {Era} era @param {readonly Found[]} found @param {number} cutoff */
function breachesOf({ orders }, found, cutoff) {
  const breaches = []
  const byKey = new Map(found.map((each) => [each.key, each]))
  for (const { key } of found) if (!orders.has(key)) breaches.push(`${key} is of another time`)
  for (const [key, versions] of orders) {
    const due = versions.findLastIndex(({ answeredAt }) => answeredAt <= cutoff)
    const there = byKey.get(key)
    if (there === undefined) {
      if (due >= 0) breaches.push(`${key} was answered, but is not there`)
      continue
    }
    const index = versionOf(versions, there)
    const what = `${key} with ${there.summary ?? 'no result'} and ${there.deliveries} deliveries`
    if (index < 0) breaches.push(`${what} never was so`)
    else if (index < due) breaches.push(`${what} is as it was before ${versions[due]?.summary} was answered`)
  }
  return breaches
}

/** @param {Version[]} versions @param {Found} found */
const versionOf = (versions, { summary, deliveries }) =>
  versions.findIndex((version) => version.summary === summary && version.deliveries === deliveries)

/** When what is missing of an era was answered. @param {Era} era @param {readonly Found[]} found */
function missingIn({ orders }, found) {
  const byKey = new Map(found.map((each) => [each.key, each]))
  return [...orders].flatMap(([key, versions]) => {
    const there = byKey.get(key)
    return versions.slice(there === undefined ? 0 : versionOf(versions, there) + 1).map(({ answeredAt }) => answeredAt)
  })
}

/** @param {number[]} times @param {number} until */
const lossOf = (times, until) => Math.max(0, ...times.filter(Number.isFinite).map((answeredAt) => until - answeredAt))

/**
 * Goes on from what was found: what is missing now is gone for good.
 *
 * @param {History} history
 * @param {readonly Found[]} found
 */
exports.goOnFrom = function (history, found) {
  history.eras = [{ answeredAt: -Infinity, orders: versionsOf(found, -Infinity) }]
}

/**
 * Each order with a single version.
 *
 * @param {readonly Found[]} found
 * @param {number} answeredAt
 * @returns {Era['orders']}
 */
const versionsOf = (found, answeredAt) =>
  new Map(found.map(({ key, summary, deliveries }) => [key, [{ answeredAt, summary, deliveries }]]))

exports.versionsOf = versionsOf
