'use strict'

const count = 10

/** @typedef {{ id: string, testUrl: string, body: unknown, hasResult: boolean, isTaken: boolean }} LoadedOrder */

/**
 * @typedef {object} LoadedAccount
 * @property {string} id
 * @property {number} resets Incremented when a reset begins and when it ends.
 * @property {LoadedOrder[]} orders
 */

/**
 * The accounts under load, with the orders that each should have. Accounts are reset in turn, since orders are never
 * evicted; calls in progress during a reset may not find their order.
 */
exports.accountsToLoad = function () {
  /** @type {LoadedAccount[]} */
  const accounts = Array.from({ length: count }, (_, i) => ({ id: `soak-${i + 1}`, resets: 0, orders: [] }))
  let nextToReset = 0

  return {
    any: () => /** @type {LoadedAccount} */ (accounts[Math.floor(Math.random() * count)]),
    /** @param {(account: { id: string }) => Promise<void>} reset */
    async resetNext(reset) {
      const account = /** @type {LoadedAccount} */ (accounts[nextToReset++ % count])
      account.resets++
      account.orders = []
      await reset(account)
      account.resets++
      // Orders placed during the reset may or may not still exist.
      account.orders = []
    },
    orders: () => accounts.reduce((sum, { orders }) => sum + orders.length, 0),
  }
}

/** @typedef {ReturnType<typeof exports.accountsToLoad>} Accounts */
