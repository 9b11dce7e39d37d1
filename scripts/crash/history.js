'use strict'

// What one client did to its account. It makes one call after the other, so each order has a history of versions, and
// the account a history of resets. Times are by `performance.now()`; Infinity: never answered, so either is right.

/**
 * @typedef {object} Version
 * @property {number} answeredAt
 * @property {string | null} summary The last one reported; null: none yet.
 * @property {number} deliveries How many there are about the order.
 */

/**
 * @typedef {object} Order
 * @property {number} era How often the account was reset before.
 * @property {Version[]} versions
 */

/**
 * @typedef {object} History
 * @property {string} account
 * @property {number[]} resets When each reset was answered.
 * @property {Map<string, Order>} orders By id.
 */

/** An order as it is found after a restart. @typedef {{ id: string, summary: string | null, deliveries: number }} Found */

/** @param {string} account @returns {History} */
exports.newHistory = (account) => ({ account, resets: [], orders: new Map() })

/**
 * What contradicts the promise that everything answered until `cutoff` is there, and nothing half.
 *
 * @param {History} history
 * @param {readonly Found[]} found
 * @param {number} cutoff
 * @returns {string[]}
 */
exports.breachesOf = function (history, found, cutoff) {
  const { orders, resets } = history
  const unknown = found.filter(({ id }) => !orders.has(id))
  if (unknown.length > 0) return unknown.map(({ id }) => `nobody ordered ${id}`)
  const eras = [...new Set(found.map(({ id }) => orders.get(id)?.era))]
  if (eras.length > 1) return [`orders of before and after a reset: ${eras.join(' and ')}`]
  const least = resets.filter((answeredAt) => answeredAt <= cutoff).length
  const possible = eras.length === 1 ? eras : rangeOf(least, resets.length)
  const byEra = possible.map((era) => breachesOfEra(history, found, { era: Number(era), least, cutoff }))
  return byEra.find((breaches) => breaches.length === 0) ?? byEra[0] ?? []
}

/** @param {number} first @param {number} last */
const rangeOf = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

/**
 * @param {History} history
 * @param {readonly Found[]} found
 * @param {{ era: number, least: number, cutoff: number }} expected
 */
function breachesOfEra({ orders }, found, { era, least, cutoff }) {
  const breaches = era < least ? [`reset ${least} was answered, but there are orders of before`] : []
  const byId = new Map(found.map((each) => [each.id, each]))
  for (const [id, order] of orders) {
    if (order.era !== era) continue
    const due = order.versions.findLastIndex(({ answeredAt }) => answeredAt <= cutoff)
    const there = byId.get(id)
    if (there === undefined) {
      if (due >= 0) breaches.push(`${id} was answered, but is not there`)
      continue
    }
    const index = versionOf(order, there)
    const what = `${id} with ${there.summary ?? 'no result'} and ${there.deliveries} deliveries`
    if (index < 0) breaches.push(`${what} never was so`)
    else if (index < due) breaches.push(`${what} is as it was before ${order.versions[due]?.summary} was answered`)
  }
  return breaches
}

/** @param {Order} order @param {Found} found */
const versionOf = ({ versions }, { summary, deliveries }) =>
  versions.findIndex((version) => version.summary === summary && version.deliveries === deliveries)

/**
 * How far the oldest answered change that is missing lies before `until`, in milliseconds; 0: none is missing.
 *
 * @param {History} history
 * @param {readonly Found[]} found
 * @param {number} until
 */
exports.lossOf = function ({ orders, resets }, found, until) {
  const byId = new Map(found.map((each) => [each.id, each]))
  // Without orders, the last reset is there.
  const era = Math.min(resets.length, ...found.map(({ id }) => orders.get(id)?.era ?? 0))
  const missing = [...orders].flatMap(([id, order]) => {
    if (order.era < era) return []
    const there = byId.get(id)
    const kept = there === undefined ? -1 : versionOf(order, there)
    return order.versions.slice(kept + 1).map(({ answeredAt }) => answeredAt)
  })
  return missing.filter(Number.isFinite).reduce((loss, answeredAt) => Math.max(loss, until - answeredAt), 0)
}

/**
 * Goes on from what was found: what is missing now is gone for good.
 *
 * @param {History} history
 * @param {readonly Found[]} found
 */
exports.goOnFrom = function (history, found) {
  history.resets = []
  history.orders = new Map(
    found.map(({ id, summary, deliveries }) => [
      id,
      { era: 0, versions: [{ answeredAt: -Infinity, summary, deliveries }] },
    ]),
  )
}
