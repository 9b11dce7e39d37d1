'use strict'

const { once } = require('node:events')
const { createServer } = require('node:net')

/** Below the ports that systems give to outgoing connections (from 32768 on Linux, from 49152 elsewhere). */
const first = 20_000
const count = 5_000

/**
 * A port for a server of this process, which stays its own while that server is away for a moment: the system gives
 * other ports to any connection, even to one that tries to reach the very server, and processes beside this one look
 * for ports too. So the port that lies `count` above is kept open until this process ends, as the sign that the one
 * below is taken.
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

/** A server that listens on `port`, or null if something else does. @param {number} port */
async function listen(port) {
  const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1')
  return once(server, 'listening').then(
    () => server,
    () => null,
  )
}
