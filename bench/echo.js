'use strict'

const { createServer } = require('node:http')

/** The least that a Node.js server can do: read the body and send it back. */
createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.end(body)
  })
}).listen(Number(process.env['PORT']), '127.0.0.1')
