import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { isSecure } from '../http/tls'

/**
 * Closes connections that would delay closing the server. Those that never carried a request end immediately: browsers
 * and pools open spare ones, and Node takes them for busy. The others end with the call that is running.
 */
export const closeConnections = fp(
  (app: FastifyInstance) => {
    const unused = new Set<Socket>()
    const handshaking = new Set<Socket>()
    let isClosing = false
    if (isSecure(app.server)) {
      app.server.on('connection', keepIn(handshaking))
      app.server.on('secureConnection', (socket: Socket) => {
        for (const each of handshaking) if (isSamePeer(each, socket)) handshaking.delete(each)
      })
      app.server.on('secureConnection', keepIn(unused))
    } else {
      app.server.on('connection', keepIn(unused))
    }
    app.server.on('request', ({ socket }) => unused.delete(socket))
    app.addHook('preClose', (done) => {
      isClosing = true
      for (const socket of handshaking) socket.destroy()
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

const keepIn = (sockets: Set<Socket>) => (socket: Socket) => {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
}

/** Whether both belong to one connection: Node makes another socket for what a connection carries encrypted. */
const isSamePeer = (a: Socket, b: Socket) => a.remotePort === b.remotePort && a.remoteAddress === b.remoteAddress
