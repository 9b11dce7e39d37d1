import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

/** Confirms `Prefer: heartbeat` (docs/contract.md: Operations). */
export const heartbeat = fp(
  (app: FastifyInstance) => {
    app.addHook('onRequest', (request, reply, done) => {
      if (asksForHeartbeat(request)) reply.header('preference-applied', 'heartbeat')
      done()
    })
  },
  { name: 'heartbeat' },
)

/** Whether the client wants newlines that keep the connection alive during a long call. */
export function asksForHeartbeat({ headers }: FastifyRequest): boolean {
  const prefer = headers['prefer'] as string | undefined
  return prefer?.split(',').some((preference) => preference.trim().toLowerCase() === 'heartbeat') ?? false
}
