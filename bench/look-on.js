'use strict'

const { get } = require('node:http')

/**
 * Looks on as `count` open inspectors do, and throws away what they are told.
 *
 * @param {string} url
 * @param {number} count
 * @returns {Promise<() => void>} Resolves, once each is told, to what ends it.
 */
exports.lookOn = async function (url, count) {
  const streams = await Promise.all(Array.from({ length: count }, () => open(`${url}/_sandbox/live`)))
  return () => {
    for (const stream of streams) stream.destroy()
  }
}

/**
 * @param {string} url
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
const open = (url) =>
  new Promise((resolve, reject) => {
    const outgoing = get(url, { agent: false }, (response) => {
      // It ends when the server is killed.
      response.on('error', () => undefined)
      response.once('data', () => resolve(response))
    })
    outgoing.on('error', reject)
  })
