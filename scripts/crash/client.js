'use strict'

const { setTimeout: sleep } = require('node:timers/promises')
const { assessments, headersOf } = require('../http-calls')

/** Milliseconds between two calls, at most. */
const longestPause = 10
/** Bytes that make an order or a result longer, at most, so that the file is compacted every few seconds. */
const longestFiller = 16 * 1024

/**
 * Orders, reports and resets until the sandbox no longer answers. `count` goes on over restarts, so that ids and
 * summaries are never used twice.
 *
 * @param {import('./history').History} history
 * @param {object} run
 * @param {string} run.url
 * @param {ReturnType<typeof import('../http-calls').httpCalls>} run.http
 * @param {import('../chaos/chance').Chances} run.chances
 * @param {() => number} run.count
 * @param {() => boolean} run.isOver
 */
exports.runClient = async function (history, { url, http, chances, count, isOver }) {
  const { account, orders, resets } = history
  const headers = headersOf(account)
  const current = () => [...orders].filter(([, { era }]) => era === resets.length)

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async function answered(method, path, body) {
    const { status, end, text } = await http.call({ method, url: url + path, headers, body })
    if (status !== undefined && status >= 300) throw new Error(`${method} ${path} got ${status}: ${text}`)
    return status === undefined ? Infinity : end
  }

  for (let last = 0; last < Infinity && !isOver();) {
    const n = count()
    const about = [account, n]
    const filler = 'x'.repeat(chances.below(longestFiller, ...about, 'filler'))
    const choice = chances.chance(...about)
    const some = current()
    const [id, order] = some[chances.below(some.length, ...about, 'which')] ?? []
    if (choice < 0.02) {
      last = await answered('POST', `/_sandbox/reset?account=${account}`)
      resets.push(last)
    } else if (choice < 0.6 || id === undefined || order === undefined) {
      const fresh = { id: `${account}-${n}`, passthrough: { filler } }
      const version = { answeredAt: Infinity, summary: null, deliveries: 1 }
      orders.set(fresh.id, { era: resets.length, versions: [version] })
      last = version.answeredAt = await answered('POST', `${assessments}/orders`, fresh)
    } else {
      const { deliveries } = /** @type {import('./history').Version} */ (order.versions.at(-1))
      const version = { answeredAt: Infinity, summary: `summary ${n}`, deliveries: deliveries + 1 }
      order.versions.push(version)
      const body = { summary: version.summary, passthrough: { filler } }
      last = version.answeredAt = await answered('PATCH', `${assessments}/orders/${id}/result`, body)
    }
    await sleep(chances.below(longestPause, ...about, 'pause'))
  }
}
