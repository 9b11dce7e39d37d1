import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

/** Confirms `Prefer: heartbeat` (contract: Operations). Answers come at once, so no newline ever has to be sent. */
export const heartbeat = fp((app: FastifyInstance) => {
  app.addHook('onRequest', (request, reply, done) => {
    const prefer = request.headers['prefer'] as string | undefined
    if (prefer !== undefined && asksForHeartbeat(prefer)) reply.header('preference-applied', 'heartbeat')
    done()
  })
})

const asksForHeartbeat = (prefer: string) =>
  prefer.split(',').some((preference) => preference.trim().toLowerCase() === 'heartbeat')
