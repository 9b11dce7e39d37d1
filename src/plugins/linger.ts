import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { afterRealTime } from '../real-time'

/** Milliseconds of real time for which the rest of a request is read that was answered before it had arrived. */
const patience = 5_000

/**
 * Reads on when a request was refused before all of it was there. Were the connection closed at once, with something
 * unread, it would be reset, and the client would see a broken pipe in place of the answer (RFC 9112, 9.6).
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
  (request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0)

function readOn(request: IncomingMessage, reply: FastifyReply) {
  const { raw: response } = reply
  const isLast = !response.shouldKeepAlive
  // Node would close the connection with the answer. Once all is read, the next request may come as after any other.
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
