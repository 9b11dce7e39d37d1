'use strict'

const { once } = require('node:events')
const { createServer } = require('node:net')

/** Below the ports that systems give to outgoing connections (from 32768 on Linux, from 49152 elsewhere). */
const first = 20_000
const last = 29_999

/**
 * A port that stays free while its server is away for a moment: of the others, the system may give one to any
 * connection, even to one that tries to reach the very server.
 *
 * @returns {Promise<number>}
 */
exports.steadyPort = async function () {
  for (;;) {
    const port = first + Math.floor(Math.random() * (last - first + 1))
    if (await isFree(port)) return port
  }
}

/** @param {number} port */
async function isFree(port) {
  const server = createServer().listen(port, '127.0.0.1')
  const isListening = await once(server, 'listening').then(
    () => true,
    () => false,
  )
  if (isListening) {
    server.close()
    await once(server, 'close')
  }
  return isListening
}
