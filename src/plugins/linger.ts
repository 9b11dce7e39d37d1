import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { afterRealTime } from '../real-time'

/** Milliseconds of real time to read the rest of a request that was answered early. */
const patience = 5_000

/**
 * Keeps reading a request that was refused before all of it had arrived. Closing a connection with unread data resets
 * it, and the client would see a broken pipe instead of the answer (RFC 9112, 9.6).
 */
export const linger = fp(
  (app: FastifyInstance) => {
    app.addHook('onSend', ({ raw }, reply, _payload, done) => {
      if (hasMore(raw)) readOn(raw, reply)
      done()
    })
  },
  { name: 'linger' },
)

const hasMore = (request: IncomingMessage) =>
  !request.complete &&
  (request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0)

function readOn(request: IncomingMessage, reply: FastifyReply) {
  const { raw: response } = reply
  const isLast = !response.shouldKeepAlive
  // Node would close the connection after the answer. Once everything is read, the connection can be reused.
  reply.removeHeader('connection')
  response.shouldKeepAlive = true
  response.once('finish', () => {
    const { socket } = request
    const callOff = afterRealTime(patience, () => socket.destroy())
    request.once('close', () => {
      callOff()
      if (isLast) socket.end()
    })
    request.resume()
  })
}
