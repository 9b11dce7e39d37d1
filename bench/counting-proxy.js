'use strict'

const { once } = require('node:events')
const { connect, createServer } = require('node:net')

/**
 * @typedef {object} RoundTrip What was sent before an answer was waited for, and that answer.
 * @property {number} begin By `performance.now()`, as is the next.
 * @property {number} end When the answer was handed on; Infinity while there is none.
 */

/**
 * Stands before a server and counts the round trips. It holds each answer back for `delay` milliseconds, so that what
 * is waited for and what is not can be told apart.
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
