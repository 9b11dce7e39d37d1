import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

/**
 * Closes connections that would delay closing the server. Those that never carried a request end immediately: browsers
 * and pools open spare ones, and Node takes them for busy. The others end with the call that is running.
 */
export const closeConnections = fp(
  (app: FastifyInstance) => {
    const unused = new Set<Socket>()
    let isClosing = false
    app.server.on('connection', (socket: Socket) => {
      unused.add(socket)
      socket.once('close', () => unused.delete(socket))
    })
    app.server.on('request', ({ socket }) => unused.delete(socket))
    app.addHook('preClose', (done) => {
      isClosing = true
      // A client that has begun to send may finish.
      for (const socket of unused) if (socket.bytesRead === 0) socket.destroy()
      done()
    })
    app.addHook('onSend', (_request, reply, _payload, done) => {
      if (isClosing) reply.header('connection', 'close')
      done()
    })
  },
  { name: 'close-connections' },
)
