import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Logger } from 'pino'
import type { TLSSocket } from 'node:tls'
import { isSecure } from '../http/tls'

const hints: readonly [code: RegExp, hint: string][] = [
  [
    /HTTP_REQUEST$/,
    'The client speaks plain HTTP, and the sandbox serves HTTPS (--tls-cert): use https://, not http://.',
  ],
  [
    /ALERT_(UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE)$/,
    "The client doesn't trust the certificate of --tls-cert: give it the certificate, as with NODE_EXTRA_CA_CERTS or curl --cacert.",
  ],
]

/** Logs why clients cannot connect to a sandbox that serves HTTPS. They learn little themselves. */
export const failedHandshakes = fp<{ logger: Logger }>(
  (app: FastifyInstance, { logger }, done) => {
    if (isSecure(app.server)) {
      // Node would pass them on as requests that cannot be parsed, and an answer can't be sent.
      app.server.removeAllListeners('tlsClientError')
      app.server.on('tlsClientError', ({ code = '' }: NodeJS.ErrnoException, socket: TLSSocket) => {
        socket.destroy()
        // Browsers open spare connections.
        if (code === 'ECONNRESET') return
        const [, hint] = hints.find(([pattern]) => pattern.test(code)) ?? []
        logger.warn({ error: code, hint }, 'connection')
      })
    }
    done()
  },
  { name: 'failed-handshakes' },
)
