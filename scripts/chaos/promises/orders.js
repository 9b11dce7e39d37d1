'use strict'

const { groupBy } = require('../history')

/** @typedef {import('../history').Group<import('../history').AskedCall>} Answers */

/**
 * Every answered order is kept exactly once: all answers to it are the same, every replica has it as it was answered,
 * nothing is kept that nobody ordered, and its page opens.
 *
 * @param {import('../history').EndedHistory} history
 * @returns {string[]} The breaches.
 */
exports.ordersAreKept = function ({ calls, final }) {
  const orders = calls.filter(({ what }) => what === 'order' || what === 'repeat')
  const asked = new Set(orders.map(({ account, orderId }) => `${account} ${orderId}`))
  const answered = groupBy(
    orders.filter(({ outcome }) => outcome.status === 200),
    ({ account, orderId }) => `${account} ${orderId}`,
  )
  return [
    ...[...answered].flatMap(([name, answers]) => sameAnswers(name, answers)),
    ...final.snapshots.flatMap((snapshot, i) =>
      keptOnce(answered, asked, snapshot).map((breach) => `replica ${i + 1}: ${breach}`),
    ),
    ...final.pages
      .filter(({ status }) => status !== 200)
      .map(({ testUrl, replica, status }) => `${testUrl} gets ${status} at replica ${replica + 1}`),
  ]
}

/**
 * @param {string} name
 * @param {Answers} answers
 */
function sameAnswers(name, answers) {
  const texts = new Set(answers.map(({ outcome }) => outcome.text))
  return texts.size === 1 ? [] : [`${name} was answered in ${texts.size} ways: ${[...texts].join(' and ')}`]
}

/**
 * @param {Map<string, Answers>} answered
 * @param {Set<string>} asked
 * @param {import('../history').Snapshot} snapshot
 */
function keptOnce(answered, asked, { orders }) {
  const kept = groupBy(orders, ({ accountId, id }) => `${accountId} ${id}`)
  const breaches = []
  for (const [name, [{ outcome }]] of answered) {
    const [order, ...others] = kept.get(name) ?? []
    const { id, remote_id, test_url } = JSON.parse(outcome.text)
    if (order === undefined) breaches.push(`${name} was answered with 200, but is not kept`)
    else if (others.length > 0) breaches.push(`${name} is kept ${others.length + 1} times`)
    else if (order.id !== id || order.remoteId !== remote_id || !test_url.endsWith(`/tests/${order.token}`))
      breaches.push(`${name} is kept as ${order.remoteId} ${order.token}, but was answered ${outcome.text}`)
  }
  for (const name of kept.keys()) if (!asked.has(name)) breaches.push(`${name} is kept, but nobody ordered it`)
  return breaches
}
