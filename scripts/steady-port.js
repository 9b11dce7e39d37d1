'use strict'

const { once } = require('node:events')
const { createServer } = require('node:net')

/** Below the ephemeral ports of outgoing connections (from 32768 on Linux, from 49152 elsewhere). */
const first = 20_000
const count = 5_000

/**
 * Reserves a port for a server of this process, even while that server is briefly down. The system never assigns such a
 * port to an outgoing connection. Other processes that look for a port are kept away by a listener on the port `count`
 * above it, which stays open until this process ends.
 *
 * @returns {Promise<number>}
 */
exports.steadyPort = async function () {
  for (;;) {
    const port = first + Math.floor(Math.random() * count)
    const sign = await listen(port + count)
    if (sign === null) continue
    sign.unref()
    const probe = await listen(port)
    if (probe === null) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
}

/** A server that listens on `port`; null if something else does. @param {number} port */
async function listen(port) {
  const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1')
  return once(server, 'listening').then(
    () => server,
    () => null,
  )
}
