'use strict'

const { once } = require('node:events')
const { createServer } = require('node:net')

/** @returns {Promise<number>} A port of this machine that nobody listens on. */
exports.freePort = async function () {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
