'use strict'

const { createHistogram, performance } = require('node:perf_hooks')
const autocannon = require('autocannon')
const { headers, ordersPath } = require('./call')

const connections = 50

/**
 * @typedef {object} Load
 * @property {unknown} body
 * @property {number} [seconds] How long to call, or
 * @property {number} [amount] how many calls to make.
 */

/**
 * @typedef {object} LoadResult
 * @property {number} perSecond Answers a second.
 * @property {number} p50 Milliseconds, as are the next three.
 * @property {number} p97_5
 * @property {number} p99
 * @property {number} max
 * @property {number} generatorBusy The share of time, from 0 to 1, in which the load generator was busy.
 */

/**
 * Orders over 50 connections, each of which makes its next call as soon as it has an answer.
 *
 * @param {string | string[]} urls With several, connections are distributed in turn.
 * @param {Load} load
 * @returns {Promise<LoadResult>} Rejects if any answer is not 2xx.
 */
async function load(urls, { body, seconds, amount }) {
  // In microseconds, since autocannon's own histogram has whole milliseconds.
  const latencies = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 })
  let refused
  let end = 0

  const begin = performance.now()
  const idle = performance.eventLoopUtilization()
  // The types lack both several URLs and that the promise is also an instance.
  const all = /** @type {string} */ (/** @type {unknown} */ ([urls].flat().map((url) => url + ordersPath)))
  const running = autocannon({
    url: all,
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    connections,
    ...(seconds !== undefined && { duration: seconds }),
    ...(amount !== undefined && { amount }),
    // Milliseconds between checks whether it is time to stop.
    sampleInt: 50,
    bailout: 1,
    skipAggregateResult: true,
  })
  const run = /** @type {typeof running & import('autocannon').Instance} */ (running)
  void run.on('response', (_client, status, _bytes, ms) => {
    latencies.record(Math.max(1, Math.round(ms * 1000)))
    end = performance.now()
    if (status < 200 || status > 299) {
      refused = status
      run.stop()
    }
  })
  const { errors } = await run
  const { utilization } = performance.eventLoopUtilization(idle)

  if (refused !== undefined) throw new Error(`an order was answered with ${refused}`)
  if (errors > 0) throw new Error(`${errors} orders were not answered`)
  if (latencies.count === 0) throw new Error('no order was answered')
  const percentile = (/** @type {number} */ percent) => latencies.percentile(percent) / 1000
  return {
    perSecond: (latencies.count / (end - begin)) * 1000,
    p50: percentile(50),
    p97_5: percentile(97.5),
    p99: percentile(99),
    max: latencies.max / 1000,
    generatorBusy: utilization,
  }
}

module.exports = { connections, load }
