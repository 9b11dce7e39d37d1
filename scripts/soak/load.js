'use strict'

const { createHistogram } = require('node:perf_hooks')
const { httpCalls } = require('../http-calls')

/** Milliseconds. */
const patience = 15_000
const beat = 10
const resetEvery = 3_000
/** With more concurrent operations than this, the sandbox isn't keeping up, and operations that are due are skipped. */
const mostAtOnce = 200
const keptSurprises = 100

/**
 * @callback Ask
 * @param {string | null} about
 * @param {import('../http-calls').Call} call Its `url` is only the path.
 * @param {(status: number) => boolean} isAllowed
 * @returns {Promise<any>} The body; undefined if the answer is not allowed.
 */

/** @typedef {[weight: number, operation: () => Promise<void>]} Weighted */

/**
 * @typedef {object} Operations
 * @property {[Weighted, ...Weighted[]]} mix
 * @property {(account: { id: string }) => Promise<void>} reset
 */

/**
 * Starts `rate` operations a second, however long they take, and measures their latencies.
 *
 * @param {object} run
 * @param {string[]} run.urls Of the replicas, which are called in turn.
 * @param {(ask: Ask) => Operations} run.operations
 * @param {import('./accounts').Accounts} run.accounts
 * @param {number} run.rate
 */
exports.startLoad = function ({ urls, operations, accounts, rate }) {
  const http = httpCalls({ patience })
  /** Microseconds. */
  const latencies = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 })
  /** @type {string[]} */
  const surprises = []
  let calls = 0
  let surprised = 0
  let leftOut = 0
  let underWay = 0
  let turn = 0

  /** Calls the next replica; a call without a name (`about`) is not timed. @type {Ask} */
  async function ask(about, { url, ...call }, isAllowed) {
    const outcome = await http.call({ ...call, url: urls[turn++ % urls.length] + url })
    calls++
    if (about !== null) latencies.record(Math.max(1, Math.round((outcome.end - outcome.begin) * 1000)))
    if (outcome.status !== undefined && isAllowed(outcome.status)) return parsed(outcome)
    surprise(
      `${call.method} ${url}: ${outcome.broken ?? `${outcome.status} ${outcome.text.slice(0, 200).replaceAll(/\s+/g, ' ')}`}`,
    )
    return undefined
  }

  /** @param {string} text */
  function surprise(text) {
    surprised++
    if (surprises.length < keptSurprises) surprises.push(text)
  }

  const { mix, reset } = operations(ask)
  const total = mix.reduce((sum, [weight]) => sum + weight, 0)
  function any() {
    let left = Math.random() * total
    for (const [weight, operation] of mix) if ((left -= weight) < 0) return operation
    return mix[0][1]
  }

  /** @param {() => Promise<void>} operation */
  function begin(operation) {
    if (underWay >= mostAtOnce) {
      leftOut++
      return
    }
    underWay++
    operation()
      .catch((/** @type {Error} */ error) => surprise(error.stack ?? error.message))
      .finally(() => underWay--)
  }

  const start = performance.now()
  let begun = 0
  const beating = setInterval(() => {
    const due = ((performance.now() - start) / 1000) * rate
    for (; begun < due; begun++) begin(any())
  }, beat)
  const resetting = setInterval(() => begin(() => accounts.resetNext(reset)), resetEvery)

  return {
    /** The measurements since the last call. */
    read() {
      const read = {
        calls,
        p50: latencies.percentile(50) / 1000,
        p99: latencies.percentile(99) / 1000,
        leftOut,
        surprised,
      }
      latencies.reset()
      calls = 0
      return read
    },
    surprises,
    async stop() {
      clearInterval(beating)
      clearInterval(resetting)
      const deadline = performance.now() + patience
      while (underWay > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, beat))
      http.close()
    },
  }
}

/** @param {import('../http-calls').Outcome} outcome */
const parsed = ({ headers, text }) => (headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : {})
