'use strict'

/**
 * The orders of a snapshot, by account.
 *
 * @param {string} text
 * @returns {Map<string, import('./history').Found[]>}
 */
exports.foundIn = function (text) {
  const { orders, deliveries } = JSON.parse(text)
  /** @type {Map<string, number>} */
  const about = new Map()
  for (const { remoteId } of deliveries) about.set(remoteId, (about.get(remoteId) ?? 0) + 1)
  /** @type {Map<string, import('./history').Found[]>} */
  const found = new Map()
  for (const { accountId, remoteId, request, result } of orders) {
    const ofAccount = found.get(accountId) ?? []
    found.set(accountId, ofAccount)
    const { key } = JSON.parse(request).passthrough
    const summary = result === null ? null : JSON.parse(result).summary
    ofAccount.push({ key, summary, deliveries: about.get(remoteId) ?? 0 })
  }
  return found
}
