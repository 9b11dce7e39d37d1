import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

/**
 * Leaves nothing open that closing would wait for. Connections on which nothing was ever asked end at once: browsers and
 * pools open some to have them at hand, and Node counts them among the busy ones. Calls that run are the last of theirs.
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
      // Who has begun to send something gets the time to finish it.
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
