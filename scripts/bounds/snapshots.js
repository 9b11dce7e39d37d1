'use strict'

const { randomUUID } = require('node:crypto')

/** @typedef {import('../../schemas/control/snapshot').Snapshot} Snapshot */

/**
 * A snapshot with `count` orders, as JSON; `request` adds properties to each.
 *
 * @param {number} count
 * @param {object} [options]
 * @param {string} [options.account]
 * @param {(i: number) => object} [options.request]
 * @param {(order: Snapshot['orders'][number]) => Snapshot['deliveries']} [options.makeDelivery]
 */
exports.snapshotOf = function (count, { account = 'acme', request = () => ({}), makeDelivery } = {}) {
  const orders = []
  const deliveries = []
  for (let i = 0; i < count; i++) {
    /** @type {Snapshot['orders'][number]} */
    const order = {
      accountId: account,
      id: `order-${i}`,
      remoteId: randomUUID(),
      token: randomUUID(),
      origin: 'http://127.0.0.1:4600',
      orderedAt: 1_770_000_000_000 + i,
      openedAt: null,
      startedAt: null,
      resultAt: null,
      state: 'ordered',
      request: JSON.stringify({ id: `order-${i}`, candidate: { first_name: 'Mia' }, ...request(i) }),
      result: null,
    }
    orders.push(order)
    if (makeDelivery) deliveries.push(...makeDelivery(order))
  }
  return JSON.stringify({
    format: 'stackone-assessments-sandbox',
    version: 1,
    takenAt: '2026-01-31T09:30:00.000Z',
    account: null,
    orders,
    webhooks: [],
    deliveries,
    faults: [],
  })
}
