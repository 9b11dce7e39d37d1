'use strict'

const { setTimeout: sleep } = require('node:timers/promises')
const { assessments, headersOf } = require('../http-calls')
const { foundIn } = require('./found')
const { currentEra, versionsOf } = require('./history')

/** Milliseconds between two calls, at most. */
const longestPause = 10
/** Bytes that make an order or a result longer, at most, so that the file is compacted every few seconds. */
const longestFiller = 16 * 1024
/** An account uses this many ids, so that they are used again after a reset. */
const ids = 60

/**
 * Orders, reports, resets, and loads snapshots until the sandbox no longer answers. `count` goes on over restarts, so that
 * keys and summaries are never used twice.
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
  const { account } = history
  const headers = headersOf(account)
  const snapshotPath = `/_sandbox/snapshot?account=${account}`
  /** The last snapshot that was taken; empty: none yet. */
  let snapshot = ''

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async function called(method, path, body) {
    const type = { 'content-type': 'application/json' }
    const { status, end, text } = await http.call({
      method,
      url: url + path,
      headers: body === undefined ? headers : { ...headers, ...type },
      body,
    })
    if (status !== undefined && status >= 300) throw new Error(`${method} ${path} got ${status}: ${text}`)
    return { answeredAt: status === undefined ? Infinity : end, text }
  }

  /** @param {import('./history').Era['orders']} orders @param {Promise<{ answeredAt: number }>} call */
  async function beginEra(orders, call) {
    const era = { answeredAt: Infinity, orders }
    history.eras.push(era)
    return (era.answeredAt = (await call).answeredAt)
  }

  /** Orders whose id is free, with the next number. @param {number} n @param {string} filler */
  async function order(n, filler) {
    const key = `${account}-${n}`
    const version = { answeredAt: Infinity, summary: null, deliveries: 1 }
    currentEra(history).orders.set(key, [version])
    const body = { id: idOf(key), passthrough: { key, filler } }
    return (version.answeredAt = (await called('POST', `${assessments}/orders`, body)).answeredAt)
  }

  /** @param {string} key @param {import('./history').Version[]} versions @param {number} n @param {string} filler */
  async function report(key, versions, n, filler) {
    const { deliveries } = /** @type {import('./history').Version} */ (versions.at(-1))
    const version = { answeredAt: Infinity, summary: `summary ${n}`, deliveries: deliveries + 1 }
    versions.push(version)
    const body = { summary: version.summary, passthrough: { filler } }
    return (version.answeredAt = (await called('PATCH', `${assessments}/orders/${idOf(key)}/result`, body)).answeredAt)
  }

  /** Makes one call; resolves with when it was answered. @param {number} n */
  async function act(n) {
    const about = [account, n]
    const filler = 'x'.repeat(chances.below(longestFiller, ...about, 'filler'))
    const choice = chances.chance(...about)
    const { orders } = currentEra(history)
    if (choice < 0.015) return beginEra(new Map(), called('POST', `/_sandbox/reset?account=${account}`))
    if (choice < 0.03 && snapshot !== '') {
      const found = foundIn(snapshot).get(account) ?? []
      return beginEra(versionsOf(found, -Infinity), called('PUT', '/_sandbox/snapshot', snapshot))
    }
    if (choice < 0.045) {
      const taken = await called('GET', snapshotPath)
      if (taken.answeredAt < Infinity) snapshot = taken.text
      return taken.answeredAt
    }
    const isFree = ![...orders.keys()].some((key) => idOf(key) === idOf(`${account}-${n}`))
    if (choice < 0.6 && isFree) return order(n, filler)
    const [key, versions] = [...orders][chances.below(orders.size, ...about, 'which')] ?? []
    if (key === undefined || versions === undefined) return 0
    return report(key, versions, n, filler)
  }

  for (let last = 0; last < Infinity && !isOver();) {
    const n = count()
    last = await act(n)
    await sleep(chances.below(longestPause, account, n, 'pause'))
  }
}

/** @param {string} key */
const idOf = (key) => `order-${Number(key.split('-').at(-1)) % ids}`
