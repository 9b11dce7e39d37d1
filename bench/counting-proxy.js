'use strict'

const { once } = require('node:events')
const { connect, createServer } = require('node:net')

/**
 * @typedef {object} RoundTrip Everything sent before an answer, and that answer.
 * @property {number} begin By `performance.now()`, as is the next.
 * @property {number} end When the answer was forwarded; Infinity until then.
 */

/**
 * Sits in front of a server and counts round trips. It delays each answer by `delay` milliseconds, so that those that
 * block a response stand out from those that don't.
 *
 * @param {number} port Of the server, on this machine.
 * @param {number} delay
 */
exports.startCountingProxy = async function (port, delay) {
  /** @type {RoundTrip[]} */
  const roundTrips = []
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set()

  const proxy = createServer((client) => {
    const server = connect(port, '127.0.0.1')
    /** @type {RoundTrip | undefined} */
    let underWay
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.setNoDelay()
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        server.destroy()
      })
    }
    client.on('data', (chunk) => {
      if (underWay === undefined) {
        underWay = { begin: performance.now(), end: Infinity }
        roundTrips.push(underWay)
      }
      server.write(chunk)
    })
    server.on('data', (chunk) => {
      const answered = underWay
      underWay = undefined
      setTimeout(() => {
        if (answered !== undefined) answered.end = performance.now()
        client.write(chunk)
      }, delay)
    })
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    port: /** @type {import('node:net').AddressInfo} */ (proxy.address()).port,
    roundTrips,
    close() {
      proxy.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
