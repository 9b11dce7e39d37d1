'use strict'

const count = 10

/** @typedef {{ id: string, testUrl: string, body: unknown, hasResult: boolean, isTaken: boolean }} LoadedOrder */

/**
 * @typedef {object} LoadedAccount
 * @property {string} id
 * @property {number} resets Raised when a reset begins, and when it has ended.
 * @property {LoadedOrder[]} orders
 */

/**
 * The accounts that are loaded, with the orders that each should have. An account is reset now and then, since orders are
 * never forgotten otherwise; calls that were under way meanwhile may not find what they are about.
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
      // Of those that were placed in between, nobody knows whether they are still there.
      account.orders = []
    },
    orders: () => accounts.reduce((sum, { orders }) => sum + orders.length, 0),
  }
}

/** @typedef {ReturnType<typeof exports.accountsToLoad>} Accounts */
