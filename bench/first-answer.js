'use strict'

const { request } = require('node:http')
const { setTimeout: sleep } = require('node:timers/promises')
const { headers, ordersPath } = require('./call')
const { orderWithId } = require('./order')

const body = JSON.stringify(orderWithId)
const pauseMs = 2
const patienceMs = 15_000

/**
 * Retries until an order is answered.
 *
 * @param {number} port
 * @param {() => boolean} isRunning Whether the server still runs.
 * @returns {Promise<void>}
 */
exports.firstAnswer = async function (port, isRunning) {
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline) {
    const status = await call(port)
    if (status === 200) return
    if (status !== undefined) throw new Error(`the first answer was ${status}`)
    if (!isRunning()) throw new Error('the server ended before it answered')
    await sleep(pauseMs)
  }
  throw new Error(`no answer within ${patienceMs} ms`)
}

/**
 * Resolves to the status; undefined if nothing listens yet.
 *
 * @param {number} port
 * @returns {Promise<number | undefined>}
 */
const call = (port) =>
  new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: ordersPath, method: 'POST', agent: false, timeout: 5_000, headers }
    const outgoing = request(options, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')))
    outgoing.on('error', () => resolve(undefined))
    outgoing.end(body)
  })
