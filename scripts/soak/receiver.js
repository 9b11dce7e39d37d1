'use strict'

const { once } = require('node:events')
const { createServer } = require('node:http')

/** Accepts deliveries, except that one in fifty gets 503. */
exports.startReceiver = async function () {
  let count = 0
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      count++
      if (Math.random() < 0.02) response.writeHead(503, { 'retry-after': '1' })
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    /** How many deliveries arrived since the last call. */
    read() {
      const read = count
      count = 0
      return read
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
