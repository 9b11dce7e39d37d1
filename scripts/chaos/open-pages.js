'use strict'

const atOnce = 12

/**
 * Opens the `test_url` of every answered order, each on a different replica than the one that answered.
 *
 * @param {import('./history').History} history
 * @param {object} run
 * @param {import('../replica').Replica[]} run.replicas
 * @param {ReturnType<typeof import('../http-calls').httpCalls>} run.http
 */
exports.openPages = async function ({ calls }, { replicas, http }) {
  const orders = new Map(
    calls.flatMap((call) => (call.what === 'order' && call.outcome.status === 200 ? [[call.orderId, call]] : [])),
  )
  const left = [...orders.values()]
  /** @type {import('./history').Final['pages']} */
  const pages = []
  async function openNext() {
    for (let call = left.pop(); call !== undefined; call = left.pop()) {
      const { test_url: testUrl } = JSON.parse(call.outcome.text)
      const replica = (call.replica + 1) % replicas.length
      const { url } = /** @type {import('../replica').Replica} */ (replicas[replica])
      const { status } = await http.call({ method: 'GET', url: url + new URL(testUrl).pathname })
      pages.push({ testUrl, replica, status })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, openNext))
  return pages
}
