'use strict'

const { get } = require('node:http')

/**
 * Opens `count` live streams, as inspectors do, and discards what they receive.
 *
 * @param {string} url
 * @param {number} count
 * @returns {Promise<() => void>} Resolves, once each stream has sent something, to a function that closes them.
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
      // The stream breaks when the server is killed.
      response.on('error', () => undefined)
      response.once('data', () => resolve(response))
    })
    outgoing.on('error', reject)
  })
